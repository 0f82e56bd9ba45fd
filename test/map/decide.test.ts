import { describe, expect, it } from 'vitest';
import { viewOf } from '../../src/map/cell.js';
import { decide } from '../../src/map/decide.js';
import { boundaryOf, rowOf } from '../../src/map/row.js';
import { summaryOf } from '../../src/map/summary.js';
import type { MapCell } from '../../src/schema/index.js';
import {
  CPUS_MS,
  type Mapped,
  mapSurface,
  STARTS,
  type Surface,
  spaceFrom,
  TWO_CORES,
  trueBoundaryMs,
  WAITS_MS,
} from './surfaces.js';

const SEEDS = Array.from({ length: 40 }, (_, seed) => seed);
const ENDS = [CPUS_MS[0]!, CPUS_MS.at(-1)!] as const;
const SHAPE = { inFlight: 64, threadCount: 2, cores: 2 };

const boundariesOf = ({ cells }: Mapped, waitsMs = WAITS_MS) =>
  waitsMs.map(waitMs => boundaryOf(rowOf(waitMs, cells.map(viewOf)), CPUS_MS));

/** Without noise, for what is said of the order. */
const still: Surface = { ...TWO_CORES, forkNoise: 1e-4, trialNoise: 1e-4 };

describe('a row', () => {
  it('begins at the start, and goes on in doubling steps until both sides are known', () => {
    const cpusOf = (start: number) =>
      mapSurface(still, 1, { space: spaceFrom([start], [100]), most: 5 }).steps.map(({ cpuMs }) => cpuMs);
    // 1.6 ms is where the loop is full; from 2 ms on threads pay.
    expect(cpusOf(6).slice(0, 2)).toEqual([2, 1]);
    expect(cpusOf(1).slice(0, 4)).toEqual([0.05, 0.1, 0.5, 20]);
    expect(cpusOf(9).slice(0, 4)).toEqual([20, 10, 2, 0.02]);
  });

  it('of which the least is known comes first: an early end leaves none behind', () => {
    const { steps } = mapSurface(still, 1, { most: 5 });
    expect(steps.map(({ waitMs }) => waitMs)).toEqual(WAITS_MS);
  });

  it('is narrowed between the places of the axis, until its neighbours are close', () => {
    const boundaries = boundariesOf(mapSurface(still, 1));
    for (const { kind, lowMs, highMs } of boundaries.filter(one => one.kind === 'between')) {
      expect(highMs! / lowMs!).toBeLessThanOrEqual(1.3);
      expect(kind).toBe('between');
    }
    expect(boundaries.filter(({ kind }) => kind === 'between').length).toBeGreaterThanOrEqual(3);
  });

  it('says where threads always or never pay', () => {
    const always = { ...still, loopMs: 0.1 };
    expect(boundariesOf(mapSurface(always, 1))[0]).toMatchObject({
      kind: 'always',
      highMs: 0.02,
      lowMs: null,
    });
    const never = { ...still, cores: 1 };
    expect(boundariesOf(mapSurface(never, 1)).map(({ kind }) => kind)).toEqual(WAITS_MS.map(() => 'never'));
  });

  it('without a boundary costs one cell where it was expected so, and its check', () => {
    const never = { ...still, cores: 1 };
    const { steps } = mapSurface(never, 1, { space: spaceFrom([9], [0]) });
    expect(steps.map(({ cpuMs, purpose }) => [cpuMs, purpose])).toEqual([
      [20, 'bisect'],
      [0.02, 'check'],
    ]);
  });
});

describe('undecided cells', () => {
  it('are given more forks, up to a limit, and do not keep it from an end', () => {
    // Two cores that do no more than 5 % more, whatever is computed.
    const even = { ...TWO_CORES, cores: 1.05, threadsMs: 0.002, forkNoise: 0.03 };
    for (const seed of SEEDS) {
      const { cells, isDone } = mapSurface(even, seed);
      expect(isDone).toBe(true);
      expect(Math.max(...cells.map(({ forks }) => forks.length))).toBeLessThanOrEqual(12);
    }
  });

  it('that were lost are not asked for again', () => {
    const lost: MapCell = {
      waitMs: 0,
      cpuMs: 0.02,
      purpose: 'bisect',
      busy: false,
      forks: [{ loop: [null, null], threads: [1, 1] }],
    };
    const { steps } = mapSurface(still, 1, { space: spaceFrom([0], [0]), known: [lost] });
    expect(steps.map(({ cpuMs }) => cpuMs)).not.toContain(0.02);
  });
});

it('what comes next follows from the cells alone: one that is resumed goes on as if it had not ended', () => {
  for (const at of [3, 9, 16]) {
    const whole = mapSurface(TWO_CORES, 5);
    const first = mapSurface(TWO_CORES, 5, { most: at });
    const second = mapSurface(TWO_CORES, 5, { known: first.cells });
    expect([...first.steps, ...second.steps]).toEqual(whole.steps);
    expect(second.cells).toEqual(whole.cells);
  }
  const { cells } = mapSurface(TWO_CORES, 5);
  expect(decide(spaceFrom(STARTS), cells)).toEqual({ kind: 'done' });
});

it.each([
  ['quiet', TWO_CORES],
  ['noisy', { ...TWO_CORES, forkNoise: 0.1 }],
])(
  'on a %s machine a row takes about four cells until it is known, or seems, where its boundary lies',
  (_, surface) => {
    const bisected = SEEDS.map(seed => {
      const { steps } = mapSurface(surface, seed);
      const coarse = steps.slice(
        0,
        steps.findIndex(({ purpose }) => purpose === 'check'),
      );
      return coarse.filter(({ purpose }) => purpose === 'bisect').length;
    }).sort((a, b) => a - b);
    expect(bisected[20]).toBeLessThanOrEqual(18);
    expect(bisected.at(-1)).toBeLessThanOrEqual(22);
  },
);

it.each([0.01, 0.05])(
  'boundaries hold what is true, in nearly all of 200 rows with a noise of %s',
  forkNoise => {
    const surface = { ...TWO_CORES, forkNoise };
    let held = 0;
    let all = 0;
    for (const seed of SEEDS) {
      for (const { waitMs, kind, lowMs, highMs, atMs } of boundariesOf(mapSurface(surface, seed))) {
        const truth = trueBoundaryMs(surface, waitMs, ENDS);
        all++;
        if (truth === null) held += kind === 'always' || kind === 'open' ? 1 : 0;
        else held += (lowMs ?? 0) <= truth && truth <= (highMs ?? Infinity) ? 1 : 0;
        if (atMs !== null && lowMs !== null && highMs !== null) {
          expect(atMs).toBeGreaterThanOrEqual(lowMs * 0.999);
          expect(atMs).toBeLessThanOrEqual(highMs * 1.001);
        }
      }
    }
    expect(all).toBe(200);
    expect(held).toBeGreaterThanOrEqual(190);
  },
);

describe('threads that pay, and with more computing do not', () => {
  const cell = (cpuMs: number, ratio: number): MapCell => {
    const forks = [0.99, 1, 1.01].map(level => ({ loop: [0], threads: [Math.log(ratio * level)] }));
    return { waitMs: 0, cpuMs, purpose: 'bisect', busy: false, forks };
  };

  it('have no boundary, and nobody looks for it', () => {
    const cells = [cell(0.1, 1.5), cell(1, 0.8)];
    expect(boundaryOf(rowOf(0, cells.map(viewOf)), CPUS_MS)).toMatchObject({ kind: 'mixed', atMs: null });
    const step = decide(spaceFrom([0], [0]), cells);
    expect(step).toMatchObject({ purpose: 'check' });
  });
});

describe('a summary', () => {
  const { cells } = mapSurface(TWO_CORES, 3);
  const summary = summaryOf({ waitsMs: WAITS_MS, cpusMs: CPUS_MS }, cells, SHAPE);

  it('has every place of the axes, wait by wait', () => {
    const places = WAITS_MS.flatMap(waitMs => CPUS_MS.map(cpuMs => ({ waitMs, cpuMs })));
    expect(summary.places.map(({ waitMs, cpuMs }) => ({ waitMs, cpuMs }))).toEqual(places);
  });

  it('marks what was not measured as filled, and what was as measured', () => {
    const measured = new Set(cells.map(({ waitMs, cpuMs }) => `${waitMs} ${cpuMs}`));
    for (const { waitMs, cpuMs, state, low } of summary.places) {
      expect(state === 'filled' || state === 'blank').toBe(!measured.has(`${waitMs} ${cpuMs}`));
      if (state === 'filled') expect(low).toBeNull();
    }
    expect(summary.places.some(({ state }) => state === 'filled')).toBe(true);
  });

  it('guesses a boundary within its interval, nearer than half of that', () => {
    for (const seed of SEEDS.slice(0, 10)) {
      const { cells: few } = mapSurface(TWO_CORES, seed, { most: 22 });
      const { boundaries } = summaryOf({ waitsMs: WAITS_MS, cpusMs: CPUS_MS }, few, SHAPE);
      for (const { kind, waitMs, atMs, lowMs, highMs } of boundaries.filter(one => one.kind === 'between')) {
        expect(kind).toBe('between');
        expect(atMs).toBeGreaterThanOrEqual(lowMs!);
        expect(atMs).toBeLessThanOrEqual(highMs!);
        const truth = trueBoundaryMs(TWO_CORES, waitMs, ENDS)!;
        expect(Math.abs(Math.log(atMs! / truth))).toBeLessThan(0.15);
      }
    }
  });

  it('leaves a row blank in which the model is far off', () => {
    // At 25 ms threads are three times as fast as anything explains.
    const odd = cells.map(cell =>
      cell.waitMs === 25
        ? {
            ...cell,
            forks: cell.forks.map(fork => ({ ...fork, threads: fork.threads.map(log => log! + 1) })),
          }
        : cell,
    );
    const { places } = summaryOf({ waitsMs: WAITS_MS, cpusMs: CPUS_MS }, odd, SHAPE);
    const unmeasured = places.filter(({ waitMs, low }) => waitMs === 25 && low === null);
    expect(new Set(unmeasured.map(({ state }) => state))).toEqual(new Set(['blank']));
  });
});
