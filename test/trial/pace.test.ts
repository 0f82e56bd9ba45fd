import { describe, expect, it } from 'vitest';
import { Ledger } from '../../src/trial/ledger.js';
import { pace } from '../../src/trial/pace.js';
import { fillSchedule } from '../../src/trial/pacing.js';

/** A pacer on scripted time: it sleeps exactly, but for what `oversleepMs` says of each sleep. */
function scripted(dueMs: readonly number[], oversleepMs: (sleep: number) => number = () => 0) {
  const ledger = Ledger.allocate(dueMs.length, false, { load: 'rate' });
  ledger.reset(dueMs.length);
  ledger.arrivals.dueMs.set(dueMs);
  let nowMs = -3;
  const sleeps: number[] = [];
  const time = {
    elapsedMs: () => nowMs,
    sleep: (ms: number) => {
      nowMs += ms + oversleepMs(sleeps.length);
      sleeps.push(ms);
    },
  };
  return { ledger, sleeps, run: (maxBacklog = 1_000) => pace(ledger, maxBacklog, time) };
}

describe('pace', () => {
  it('releases each task when it is due, and closes after the last', () => {
    const { ledger, sleeps, run } = scripted([0, 2, 4, 6]);
    expect(run()).toBe(false);
    expect([...ledger.arrivals.releasedMs]).toEqual([0, 2, 4, 6]);
    expect(sleeps).toEqual([3, 2, 2, 2]);
    expect([ledger.arrivals.released, ledger.arrivals.closed]).toEqual([4, true]);
  });

  it('keeps to absolute times: one late sleep delays no other task, and shows as lateness', () => {
    const { ledger, run } = scripted([0, 2, 4, 6, 8], sleep => (sleep === 1 ? 3.5 : 0));
    run();
    expect([...ledger.arrivals.releasedMs]).toEqual([0, 5.5, 5.5, 6, 8]);
  });

  it('releases no more than the limit of the backlog, and says so', () => {
    const { ledger, run } = scripted([0, 1, 2, 3, 4, 5]);
    expect(run(4)).toBe(true);
    expect([ledger.arrivals.released, ledger.arrivals.closed]).toEqual([4, true]);
  });

  it('does not call the backlog overfull while tasks end', () => {
    const dueMs = [0, 1, 2, 3, 4, 5];
    const { ledger, run } = scripted(dueMs, () => {
      // Whatever was released has ended before the next one is due.
      const { arrivals } = ledger;
      while (arrivals.ended < arrivals.released) arrivals.countEnded();
      return 0;
    });
    expect(run(2)).toBe(false);
    expect(ledger.arrivals.released).toBe(6);
  });

  it('ends when the trial is aborted', () => {
    const { ledger, run } = scripted([0, 1, 2, 3], sleep => {
      if (sleep === 2) ledger.abort();
      return 0;
    });
    expect(run()).toBe(false);
    expect([ledger.arrivals.released, ledger.arrivals.closed]).toEqual([2, true]);
  });
});

describe('fillSchedule', () => {
  const schedule = (tasks: number, arrivals: 'constant' | 'poisson', seed = 1) => {
    const dueMs = new Float64Array(tasks);
    fillSchedule(dueMs, { perSecond: 500, arrivals, seed });
    return dueMs;
  };

  it('is every 2 ms at 500/s, without rounding that adds up', () => {
    const dueMs = schedule(100_001, 'constant');
    expect([...dueMs.subarray(0, 3)]).toEqual([0, 2, 4]);
    expect(dueMs[100_000]).toBe(200_000);
  });

  it('is a Poisson process when asked for: exponential gaps of the same mean, the same for the same seed', () => {
    const dueMs = schedule(20_000, 'poisson');
    const gaps = dueMs.slice(1).map((due, at) => due - dueMs[at]!);
    const mean = gaps.reduce((sum, gap) => sum + gap, 0) / gaps.length;
    const deviation = Math.sqrt(gaps.reduce((sum, gap) => sum + (gap - mean) ** 2, 0) / gaps.length);
    // 20,000 gaps: the standard error of the mean is 0.7 %.
    expect(Math.abs(mean / 2 - 1)).toBeLessThan(0.03);
    // An exponential distribution's deviation is its mean; e⁻¹ of its values exceed that.
    expect(Math.abs(deviation / mean - 1)).toBeLessThan(0.03);
    expect(Math.abs(gaps.filter(gap => gap > mean).length / gaps.length - Math.exp(-1))).toBeLessThan(0.015);
    expect(schedule(20_000, 'poisson')).toEqual(dueMs);
    expect(schedule(20_000, 'poisson', 2)).not.toEqual(dueMs);
  });
});
