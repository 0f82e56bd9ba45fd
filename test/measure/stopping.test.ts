import { describe, expect, it } from 'vitest';
import { decideNextFork, type ForksSoFar } from '../../src/measure/stopping.js';
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

const run = { run: true };
const stop = (reason: string) => ({ run: false, reason });

describe('decideNextFork', () => {
  it.each<[string, ForksSoFar, object]>([
    ['the first fork runs, budget or not', forksIn(0, { elapsedMs: 99_000 }), run],
    ['not precise yet', forksIn(5), run],
    ['precise, but fewer than the minimum', forksIn(4, { halfWidthsLog: [0.001] }), run],
    ['precise at the minimum', forksIn(5, { halfWidthsLog: [wanted] }), stop('precision')],
    ['every rival must be precise', forksIn(5, { halfWidthsLog: [0.001, 0.0296] }), run],
    ['a rival without an interval is not precise', forksIn(9, { halfWidthsLog: [0.001, null] }), run],
    ['no rivals: the minimum will do', forksIn(5, { halfWidthsLog: [] }), stop('precision')],
    ['the maximum', forksIn(12), stop('max-forks')],
    ['precise with the last fork', forksIn(12, { halfWidthsLog: [0.01] }), stop('precision')],
    ['the next fork just fits', forksIn(6, { elapsedMs: 19_000 }), run],
    ['the next fork does not fit', forksIn(6, { elapsedMs: 19_001 }), stop('budget')],
    ['the budget goes before the minimum', forksIn(2, { elapsedMs: 19_500 }), stop('budget')],
    [
      'precise and out of budget',
      forksIn(5, { halfWidthsLog: [0.01], elapsedMs: 99_000 }),
      stop('precision'),
    ],
  ])('%s', (_, soFar, expected) => {
    expect(decideNextFork(soFar)).toEqual(expected);
  });

  it('predicts from the typical fork, not from one that stalled', () => {
    const forkDurationsMs = [1_000, 9_000, 1_000];
    expect(decideNextFork(forksIn(3, { elapsedMs: 18_000, forkDurationsMs }))).toEqual(run);
  });

  it('keeps to a fixed number of forks, precise or not, in budget or not', () => {
    const fixed = { ...measurement, forks: 3 };
    const spent = { measurement: fixed, elapsedMs: 99_000, halfWidthsLog: [0.001] };
    expect([0, 1, 2, 3].map(forks => decideNextFork(forksIn(forks, spent)))).toEqual([
      run,
      run,
      run,
      stop('fixed'),
    ]);
  });
});
