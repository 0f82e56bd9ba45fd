import { describe, expect, it } from 'vitest';
import { breakEvenMs, costsOf, PAYS, ratioAt, USUAL_COSTS } from '../../../src/ui/page/explain/model.js';
import { raceOf } from '../../support/ui-server.js';

const SETTING = { cores: 4, inFlight: 16, threads: 2, ...USUAL_COSTS };
const RANGE = { lowMs: 0.01, highMs: 20 };

describe('where threads pay, by the ideals', () => {
  it('is nowhere for tasks that only wait, and as many times as there are threads for those that compute', () => {
    expect(ratioAt(SETTING, 100, 0.01)).toBeCloseTo(1, 2);
    expect(ratioAt(SETTING, 0, 20)).toBeCloseTo(2, 2);
  });

  it('is no more than there are cores, however many threads', () => {
    expect(ratioAt({ ...SETTING, threads: 64 }, 0, 20)).toBeCloseTo(4, 2);
  });

  it('begins where the loop has no time left for more: in flight tasks wait while one computes', () => {
    const computeMs = breakEvenMs(SETTING, 30, RANGE)!;
    // One loop is full when 16 tasks compute for as long as one of them waits and computes.
    expect(computeMs).toBeGreaterThan(30 / 16);
    expect(computeMs).toBeLessThan(30 / 12);
    expect(ratioAt(SETTING, 30, computeMs)).toBeCloseTo(PAYS, 1);
  });

  it('begins sooner with more in flight', () => {
    expect(breakEvenMs({ ...SETTING, inFlight: 64 }, 30, RANGE)!).toBeLessThan(
      breakEvenMs(SETTING, 30, RANGE)!,
    );
  });

  it('is not told where one thread can be no faster', () => {
    expect(breakEvenMs({ ...SETTING, threads: 1 }, 30, RANGE)).toBeNull();
  });
});

describe('what a task costs besides its computing', () => {
  const race = raceOf({ kind: 'race', plan: { preset: 'mixed' } });

  it('is told by a race that has a loop and threads', () => {
    const task = { waitsMs: 5, computesMs: 0.1, blocksMs: 0 };
    const costs = costsOf({ ...race, task })!;
    expect(costs.loopCostMs).toBeCloseTo(0.04);
    expect(costs.threadCostMs).toBeCloseTo(0.1);
  });

  it('is unknown without either, and without a task alone', () => {
    const loops = race.entrants.filter(({ family }) => family === 'loop');
    expect(costsOf({ ...race, entrants: loops })).toBeNull();
    expect(costsOf({ ...race, task: null })).toBeNull();
  });
});
