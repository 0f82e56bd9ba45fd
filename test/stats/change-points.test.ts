import { describe, expect, it, test } from 'vitest';
import { createRandom, type Random } from '../../src/random.js';
import { changePoints, FALSE_ALARMS, type MeasuredPoint } from '../../src/stats/change-points.js';
import { meanOf, standardErrorOf } from '../../src/stats/comparison.js';

const normal = (random: Random) =>
  Math.sqrt(-2 * Math.log(1 - random.next())) * Math.cos(2 * Math.PI * random.next());
const student = (degrees: number) => (random: Random) => {
  const squares = Array.from({ length: degrees }, () => normal(random) ** 2);
  return normal(random) / Math.sqrt(squares.reduce((sum, one) => sum + one, 0) / degrees);
};

/** A run whose forks scatter around `center`. */
function runOf(
  center: number,
  forks: number,
  spread: number,
  draw: (random: Random) => number,
  random: Random,
) {
  const values = Array.from({ length: forks }, () => center + spread * draw(random));
  return { value: meanOf(values), standardError: standardErrorOf(values), degreesOfFreedom: forks - 1 };
}

interface World {
  readonly runs: number;
  readonly forks: (run: number) => number;
  /** Of forks. */
  readonly spread: (run: number) => number;
  readonly draw: (random: Random) => number;
  /** Of runs, beyond what their forks show. */
  readonly between?: (random: Random) => number;
}

const QUIET: World = { runs: 20, forks: () => 6, spread: () => 0.02, draw: normal };

function seriesOf(world: World, random: Random, levelAt: (run: number) => number = () => 0): MeasuredPoint[] {
  return Array.from({ length: world.runs }, (_, run) =>
    runOf(
      levelAt(run) + (world.between?.(random) ?? 0),
      world.forks(run),
      world.spread(run),
      world.draw,
      random,
    ),
  );
}

const SERIES = 400;
/** Three standard errors of a share of that many. */
const slack = (share: number) => 3 * Math.sqrt((share * (1 - share)) / SERIES);

describe('a series in which nothing changed has a change point in 5 of 100 at most', () => {
  const unequal = (run: number) => (run % 3 === 0 ? 0.06 : 0.01);
  it.each<readonly [string, World]>([
    ['of 3 runs', { ...QUIET, runs: 3 }],
    ['of 5 runs', { ...QUIET, runs: 5 }],
    ['of 7 runs', { ...QUIET, runs: 7 }],
    ['of 8 runs', { ...QUIET, runs: 8 }],
    ['of 20 runs', QUIET],
    ['of 60 runs', { ...QUIET, runs: 60 }],
    ['of runs of three forks', { ...QUIET, forks: () => 3 }],
    ['of five runs of three forks', { ...QUIET, runs: 5, forks: () => 3 }],
    ['with tails of a t of 3', { ...QUIET, draw: student(3) }],
    ['of 6 runs with tails of a t of 3', { ...QUIET, runs: 6, draw: student(3) }],
    ['with unequal standard errors', { ...QUIET, spread: unequal }],
    ['of 6 runs with unequal standard errors', { ...QUIET, runs: 6, spread: unequal }],
    ['with more forks in the later half', { ...QUIET, forks: run => (run < 10 ? 3 : 24) }],
    [
      'with runs that differ by more than their forks',
      { ...QUIET, between: random => 0.03 * normal(random) },
    ],
    [
      'with runs that differ so, and more forks in the later half',
      { ...QUIET, forks: run => (run < 10 ? 3 : 24), between: random => 0.03 * normal(random) },
    ],
    [
      'with runs that differ so, with tails of a t of 3',
      { ...QUIET, runs: 30, between: random => 0.02 * student(3)(random) },
    ],
  ])('%s', (_, world) => {
    const random = createRandom(1);
    let alarms = 0;
    for (let at = 0; at < SERIES; at++) alarms += changePoints(seriesOf(world, random)).length > 0 ? 1 : 0;
    expect(alarms / SERIES).toBeLessThanOrEqual(FALSE_ALARMS + slack(FALSE_ALARMS));
  });
});

describe('a change is found', () => {
  /** Of a run of six forks. */
  const standardError = 0.02 / Math.sqrt(6);

  it('of three standard errors in the middle of 20 runs in 90 of 100 at least, within a run of its place mostly', () => {
    const random = createRandom(2);
    let [found, near, held] = [0, 0, 0];
    for (let at = 0; at < SERIES; at++) {
      const points = changePoints(seriesOf(QUIET, random, run => (run < 10 ? 0 : -3 * standardError)));
      if (points.length === 0) continue;
      found++;
      near += points.some(one => Math.abs(one.at - 10) <= 1) ? 1 : 0;
      held += points.some(({ low, high }) => low <= -3 * standardError && high >= -3 * standardError) ? 1 : 0;
    }
    expect(found / SERIES).toBeGreaterThanOrEqual(0.9);
    expect(near / found).toBeGreaterThanOrEqual(0.9);
    expect(held / found).toBeGreaterThanOrEqual(0.85);
  });

  it('of four of them that went again, with both its ends', () => {
    const random = createRandom(3);
    let found = 0;
    for (let at = 0; at < 100; at++) {
      const points = changePoints(
        seriesOf(QUIET, random, run => (run >= 7 && run < 13 ? -4 * standardError : 0)),
      );
      found += points.length === 2 && points[0]!.change < 0 && points[1]!.change > 0 ? 1 : 0;
    }
    expect(found).toBeGreaterThanOrEqual(80);
  });

  it('that is large in five runs too', () => {
    const random = createRandom(4);
    const world = { ...QUIET, runs: 5 };
    const counts = Array.from({ length: 100 }, () =>
      changePoints(seriesOf(world, random, run => (run < 3 ? 0 : 0.2))).some(({ at }) => at === 3),
    );
    expect(counts.filter(Boolean).length).toBeGreaterThanOrEqual(80);
  });
});

const exactly = (values: readonly number[], standardError = 0.01): MeasuredPoint[] =>
  values.map(value => ({ value, standardError, degreesOfFreedom: 5 }));

test('says the levels before and after, and the change with its interval', () => {
  const noise = [0.004, -0.003, 0.002, -0.004, 0.001, 0.003, -0.002, 0, -0.001, 0.002];
  const found = changePoints(exactly(noise.map((one, at) => one + (at < 4 ? 0.6 : 0.4))));
  expect(found).toHaveLength(1);
  const [{ at, before, after, change, low, high }] = found as [(typeof found)[0]];
  expect(at).toBe(4);
  expect(before).toBeCloseTo(0.6, 2);
  expect(after).toBeCloseTo(0.4, 2);
  expect(change).toBeCloseTo(after - before, 12);
  // ± t(0.975) standard errors of 0.01 √(1/4 + 1/6).
  expect((high - low) / 2).toBeCloseTo(0.01 * Math.sqrt(1 / 4 + 1 / 6) * 2.02, 3);
});

test('is the same each time, and of a mirrored or shifted series the same mirrored or shifted', () => {
  const random = createRandom(5);
  const points = seriesOf(QUIET, random, run => (run < 12 ? 0 : 0.05));
  const found = changePoints(points);
  expect(found.map(({ at }) => at)).toEqual([12]);
  expect(changePoints(points)).toEqual(found);
  const moved = changePoints(points.map(one => ({ ...one, value: 3 - one.value })));
  expect(moved.map(({ at, change }) => [at, change.toFixed(9)])).toEqual(
    found.map(({ at, change }) => [at, (-change).toFixed(9)]),
  );
});

test('nothing changes in what is equal, or too short to say', () => {
  expect(changePoints([])).toEqual([]);
  expect(changePoints(exactly([0, 1]))).toEqual([]);
  for (const length of [3, 7, 8, 30]) {
    expect(changePoints(exactly(Array.from({ length }, () => 0.5)))).toEqual([]);
    expect(
      changePoints(
        exactly(
          Array.from({ length }, () => 0.5),
          0,
        ),
      ),
    ).toEqual([]);
  }
});

test('one run that is far off is no change: it takes two', () => {
  const values = Array.from({ length: 12 }, (_, at) => (at === 11 ? 1 : 0.001 * (at % 3)));
  expect(changePoints(exactly(values))).toEqual([]);
});
