import { describe, expect, it } from 'vitest';
import { type ForksSoFar, reasonToStop } from '../../src/measure/stopping.js';
import type { StopReason } from '../../src/schema/index.js';
import { makeMeasurement } from '../support/report-fixture.js';

const measurement = makeMeasurement();
const wanted = Math.log1p(0.03);

const forksIn = (forksDone: number, more: Partial<ForksSoFar> = {}): ForksSoFar => ({
  measurement,
  forksDone,
  halfWidthsLog: [0.1],
  elapsedMs: forksDone * 1_000,
  forkDurationsMs: new Array<number>(forksDone).fill(1_000),
  ...more,
});

describe('reasonToStop', () => {
  it.each<[string, ForksSoFar, StopReason | null]>([
    ['the first fork runs, budget or not', forksIn(0, { elapsedMs: 99_000 }), null],
    ['not precise yet', forksIn(5), null],
    ['precise, but fewer than the minimum', forksIn(4, { halfWidthsLog: [0.001] }), null],
    ['precise at the minimum', forksIn(5, { halfWidthsLog: [wanted] }), 'precision'],
    ['every rival must be precise', forksIn(5, { halfWidthsLog: [0.001, 0.0296] }), null],
    ['a rival without an interval is not precise', forksIn(9, { halfWidthsLog: [0.001, null] }), null],
    ['no rivals: the minimum will do', forksIn(5, { halfWidthsLog: [] }), 'precision'],
    ['the maximum', forksIn(12), 'max-forks'],
    ['precise with the last fork', forksIn(12, { halfWidthsLog: [0.01] }), 'precision'],
    ['the next fork just fits', forksIn(6, { elapsedMs: 19_000 }), null],
    ['the next fork does not fit', forksIn(6, { elapsedMs: 19_001 }), 'budget'],
    ['the budget goes before the minimum', forksIn(2, { elapsedMs: 19_500 }), 'budget'],
    ['the last fork of the fewest may end a tenth later', forksIn(4, { elapsedMs: 21_000 }), null],
    ['and not after that', forksIn(4, { elapsedMs: 21_001 }), 'budget'],
    ['precise and out of budget', forksIn(5, { halfWidthsLog: [0.01], elapsedMs: 99_000 }), 'precision'],
  ])('%s', (_, soFar, expected) => {
    expect(reasonToStop(soFar)).toBe(expected);
  });

  it('predicts from the typical fork, not from one that stalled', () => {
    const forkDurationsMs = [1_000, 9_000, 1_000];
    expect(reasonToStop(forksIn(3, { elapsedMs: 18_000, forkDurationsMs }))).toBeNull();
  });

  it('keeps to a fixed number of forks, precise or not, in budget or not', () => {
    const fixed = { ...measurement, forks: 3 };
    const spent = { measurement: fixed, elapsedMs: 99_000, halfWidthsLog: [0.001] };
    expect([0, 1, 2, 3].map(forks => reasonToStop(forksIn(forks, spent)))).toEqual([
      null,
      null,
      null,
      'fixed',
    ]);
  });
});
