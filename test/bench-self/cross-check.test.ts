import { describe, expect, test } from 'vitest';
import { judge } from '../../bench/self/support/check.js';
import {
  cpuMsPerFurtherRequest,
  crossFigure,
  type Side,
  seenByOrigin,
  spanOf,
} from '../../bench/self/support/cross-figures.js';
import { renderCrossTable } from '../../bench/self/support/cross-table.js';
import { formatBound } from '../../bench/self/support/format.js';
import { onePair } from '../../bench/self/support/pairs.js';

const side = (perSecond: number, cpuMsPerRequest: number | null = 0.02): Side => ({
  perSecond,
  p50Ms: 10.5,
  cpuMsPerRequest,
  heldByOriginMs: 10.2,
  countedShare: 1,
  originBusyShare: 0.5,
});

describe('agreement within a share', () => {
  const within = (interval: readonly [number, number] | undefined, value = 1) =>
    judge({ value, bound: { within: 0.05 }, ...(interval && { interval }) });

  test.each([
    [[0.99, 1.01], 'ok'],
    // One end outside, or one only just inside: not the whole of it is off.
    [[0.9, 0.96], 'ok'],
    [[1.04, 1.2], 'ok'],
    [[0.8, 1.3], 'ok'],
    [[1.05, 1.2], 'ok'],
    [[1.051, 1.2], 'MISSED'],
    // 1 ÷ 1.05 = 0.95238: the same distance the other way round.
    [[0.9, 0.9524], 'ok'],
    [[0.9, 0.9523], 'MISSED'],
    [[Number.NaN, Number.NaN], 'MISSED'],
  ] as const)('%j: %s', (interval, verdict) => {
    expect(within(interval)).toBe(verdict);
  });

  test('without an interval the ratio itself is judged', () => {
    expect(within(undefined, 1.04)).toBe('ok');
    expect(within(undefined, 0.94)).toBe('MISSED');
    expect(formatBound({ within: 0.05 }, '×')).toBe('within 5 %');
  });
});

describe('a figure over forks', () => {
  test('the ratio is the geometric mean of the forks, with the t interval of their logarithms', () => {
    const ratios = [0.96, 0.98, 1, 1.02, 1.04];
    const figure = crossFigure(
      'perSecond',
      ratios.map(ratio => [side(6_000 * ratio), side(6_000)]),
    );
    const logs = ratios.map(Math.log);
    const mean = logs.reduce((sum, log) => sum + log) / 5;
    const deviation = Math.sqrt(logs.reduce((sum, log) => sum + (log - mean) ** 2, 0) / 4);
    // t(0.975) of 4 degrees of freedom, from a table.
    const halfWidth = (2.776445 * deviation) / Math.sqrt(5);
    expect(figure).toMatchObject({ ours: 6_000, theirs: 6_000 });
    expect(figure.comparison.ratio).toBeCloseTo(Math.exp(mean), 10);
    const [low, high] = spanOf(figure.comparison)!;
    expect(low).toBeCloseTo(Math.exp(mean - halfWidth), 6);
    expect(high).toBeCloseTo(Math.exp(mean + halfWidth), 6);
  });

  test('two forks have a range', () => {
    const { comparison } = crossFigure('perSecond', [
      [side(90), side(100)],
      [side(110), side(100)],
    ]);
    expect(comparison.low).toBeNull();
    expect(spanOf(comparison)).toEqual([expect.closeTo(0.9, 12), expect.closeTo(1.1, 12)]);
  });

  test('what a side cannot tell has no ratio', () => {
    const { ours, theirs, comparison } = crossFigure('cpuMsPerRequest', [[side(1), side(1, null)]]);
    expect([ours, theirs, comparison.ratio, spanOf(comparison)]).toEqual([0.02, null, null, null]);
  });
});

test('the origin: time held by its own count, and how far the counts agree', () => {
  const counters = { requests: 100, responses: 100, connections: 0, maxConcurrency: 64, cpuMs: 10 };
  // 5 requests there on average for 200 ms are 1,000 ms of waiting, of 100 answers: 10 ms each.
  const seen = seenByOrigin({ ...counters, meanConcurrency: 5, elapsedMs: 200, loopActiveMs: 60 }, 98);
  expect(seen).toEqual({ heldByOriginMs: 10, countedShare: 0.98, originBusyShare: 0.3 });
});

describe('CPU time of a further request', () => {
  const run = (requests: number, cpuMs: number | null) => ({ requests, cpuMs, perSecond: 1, p50Ms: 1 });

  test('start-up, which both runs have, leaves', () => {
    // 300 ms to start, 0.02 ms a request.
    expect(cpuMsPerFurtherRequest(run(5_000, 400), run(10_000, 500))).toBeCloseTo(0.02, 12);
  });

  test.each([
    ['no CPU time of the shorter', run(1, null), run(2, 5)],
    ['no CPU time of the longer', run(1, 5), run(2, null)],
    ['not more requests', run(2, 5), run(2, 6)],
    ['not more CPU time', run(1, 6), run(2, 6)],
  ])('%s: none', (_, shorter, longer) => {
    expect(cpuMsPerFurtherRequest(shorter, longer)).toBeNull();
  });
});

test('the nth pair: the first side begins in every other one', async () => {
  const order: string[] = [];
  const run = (name: string) => async () => {
    order.push(name);
    return name;
  };
  for (const n of [0, 1, 2]) expect(await onePair(n, run('a'), run('b'))).toEqual(['a', 'b']);
  expect(order.join('')).toBe('abbaab');
});

describe('the table', () => {
  const pairs = [
    [side(5_940), side(6_000)],
    [side(6_060), side(6_000)],
  ] as const;
  const section = {
    origin: 'answers after 10 ms',
    figures: [crossFigure('perSecond', pairs), crossFigure('cpuMsPerRequest', [[side(1), side(1, null)]])],
  };

  test('is Markdown, names the origin once, and has a dash where there is no figure', () => {
    expect(renderCrossTable('wrk', 2, [section])).toEqual([
      '| origin | | ours | wrk | ours ÷ wrk | range of 2 forks |',
      '|---|---|--:|--:|--:|--:|',
      '| answers after 10 ms | requests per second | 6,000 | 6,000 | 1.000 | 0.990 to 1.010 |',
      '|  | CPU per request, µs | 20.0 | – | – | – |',
    ]);
  });

  test('three forks have an interval', () => {
    expect(renderCrossTable('wrk', 3, [])[0]).toContain('| 95 % interval |');
  });
});
