import { describe, expect, it } from 'vitest';
import { TRIAL_OVERHEAD_MS } from '../../src/analysis/expected.js';
import { forkStartMs } from '../../src/measure/warm-costs.js';
import { makePlan } from '../../src/plan/plan.js';
import type { TunePoint } from '../../src/schema/index.js';
import {
  confirmMs,
  type Effort,
  effortOf,
  forkMs,
  keptForConfirmMs,
  mostScreened,
} from '../../src/tune/effort.js';

const EFFORT: Effort = {
  trialMs: 250,
  confirmTrialMs: 250,
  confirmTasks: null,
  aroundMs: TRIAL_OVERHEAD_MS,
  warmUpMs: 1_000,
  warmUp: { kind: 'cpu', msPerWorker: 1_000 },
};

const point = (workers: number): TunePoint => ({
  id: `queue ${workers}`,
  executor: 'queue',
  workers,
  inFlightPerWorker: 1,
  uvThreads: null,
  setting: '',
  bound: null,
  tier: 0,
});

describe('what forks of a tune take', () => {
  it('is what forks of a scenario are expected to take', () => {
    const hosts = [{ threads: 1 }, { threads: 4 }];
    const trialsMs = 2 * 3 * (250 + TRIAL_OVERHEAD_MS);
    // Five isolates on two cores.
    const oneMs = forkStartMs(hosts) + 2_500 + trialsMs;
    // One is warmed twice as long, and a trial of each is recorded in hosts of its own.
    const recordedMs = forkStartMs(hosts) + 2_500 + 2 * (250 + TRIAL_OVERHEAD_MS);
    const setting = { forks: 6, cores: 2 };
    expect(confirmMs([point(0), point(4)], EFFORT, setting)).toBe(6 * oneMs + 2_500 + recordedMs);
    expect(keptForConfirmMs([point(0), point(4)], EFFORT, { ...setting, budgetMs: 90_000 })).toBe(
      confirmMs([point(0), point(4)], EFFORT, setting),
    );
  });

  it('of several in one host has one cold trial and one warm-up', () => {
    const more = { ...point(4), id: 'queue 4 x 16', inFlightPerWorker: 16 };
    const trialMs = 250 + TRIAL_OVERHEAD_MS;
    const shared = forkStartMs([{ threads: 4 }]) + 2_000 + trialMs + 2 * 2 * trialMs;
    expect(forkMs([point(4), more], EFFORT, { cores: 2 })).toBe(shared);
    // In a confirmation each has its own.
    expect(forkMs([point(4), more], EFFORT, { cores: 2, sharesHosts: false })).toBe(
      2 * forkMs([point(4)], EFFORT, { cores: 2 }),
    );
  });

  it('by time is warmed for what its cold trial has left of that', () => {
    const forMs = (ms: number) =>
      forkMs([point(4)], { ...EFFORT, warmUp: { kind: 'time', ms } }, { cores: 2 });
    expect(forMs(1_000) - forMs(150)).toBe(1_000 - EFFORT.trialMs);
    expect(forMs(150)).toBe(forMs(0));
  });

  it('a screen has as many points as 40 % of the budget, and six at least', () => {
    expect(mostScreened(EFFORT, 90_000)).toBe(Math.floor(36_000 / (2 * (250 + TRIAL_OVERHEAD_MS))));
    expect(mostScreened(EFFORT, 1_000)).toBe(6);
  });

  it('a trial has 25 tasks in it, from 250 ms to 2 s, and isolates are warmed as was asked', async () => {
    const plan = await makePlan({ targets: ['noop'], executors: ['limited'], durationMs: 300 });
    const scenario = plan.scenarios[0]!;
    const trialMs = (serviceMs: number) => {
      const alone = { tasks: 5, serviceMs, cpuMs: serviceMs, computes: true, lengths: null };
      return effortOf(scenario, { alone, allFail: false, pilot: null }, 90_000).trialMs;
    };
    expect([1, 20, 1_000].map(trialMs)).toEqual([250, 500, 2_000]);
    expect(effortOf(scenario, null, 90_000).warmUp).toEqual({ kind: 'time', ms: 150 });
    const asked = await makePlan({ targets: ['noop'], executors: ['limited'], warmup: '5s' });
    expect(effortOf(asked.scenarios[0]!, null, 90_000).warmUp).toEqual({ kind: 'time', ms: 5_000 });
  });

  it('is longer where a percentile needs more tasks, unless that takes far more than the budget', async () => {
    const tasksAt = async (rate: number, budgetMs: number) => {
      const plan = await makePlan({
        targets: ['timer'],
        executors: ['limited'],
        load: `rate=${rate}/s`,
        slo: 'p99<50ms',
      });
      const { confirmTasks, confirmTrialMs } = effortOf(plan.scenarios[0]!, null, budgetMs);
      return [confirmTasks, confirmTrialMs];
    };
    expect(await tasksAt(200, 90_000)).toEqual([500, 2_500]);
    // 54 trials of 10 s would be six times the budget.
    expect(await tasksAt(50, 90_000)).toEqual([50, 1_000]);
    expect(await tasksAt(50, 600_000)).toEqual([500, 10_000]);
  });
});
