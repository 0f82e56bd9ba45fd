import { describe, expect, it } from 'vitest';
import { boundsOf } from '../../src/analysis/bounds.js';
import type { ExecutorHistory } from '../../src/analysis/history.js';
import { idealOf } from '../../src/analysis/ideal.js';
import type { MeasuredTrial } from '../../src/schema/index.js';
import { makeDistribution, makeMeasuredTrial, waitingScenario } from '../support/report-fixture.js';

const [variant] = waitingScenario().scenario.executors;
const resources = { cores: 2, uvThreads: 4 };

/** An executor with a trial of this service in each round. */
function byRound(...rounds: readonly (readonly [mean: number, max: number])[]): ExecutorHistory {
  const trials = rounds.map(([mean, max], at) =>
    makeMeasuredTrial({ round: at + 1, serviceMs: { ...makeDistribution(mean), mean, max } }),
  );
  const one = executor({});
  return { ...one, forks: [{ ...one.forks[0]!, trials }] };
}

/** An executor whose trials all came out like this. */
function executor(more: Partial<MeasuredTrial>, sync = false): ExecutorHistory {
  const trial = makeMeasuredTrial(more);
  const fork = {
    id: 'x',
    startupMs: 1,
    trials: [trial],
    histograms: [],
    digests: null,
    examples: [],
    trace: null,
    warmedUp: null,
  };
  return { variant: { ...variant!, sync }, coldOnly: false, forks: [fork] };
}

describe('boundsOf', () => {
  const alone = { tasks: 20, serviceMs: 12, cpuMs: 3, computes: false, lengths: null };

  it('has nothing to narrow without a task alone', () => {
    expect(boundsOf(null, resources, [executor({})])).toEqual({ alone: null, resources });
  });

  it('takes the least CPU time, and of a task that only computes the service time with it', () => {
    const computing = { ...alone, computes: true };
    const least = [executor({ cpuMsPerTask: 0.5 }), executor({ cpuMsPerTask: 1 })];
    expect(boundsOf(computing, resources, least).alone).toMatchObject({ serviceMs: 0.5, cpuMs: 0.5 });
    const bounds = boundsOf(alone, resources, [
      executor({ cpuMsPerTask: 0.5 }),
      executor({ cpuMsPerTask: 1 }),
    ]);
    expect(bounds.alone).toEqual({ tasks: 20, serviceMs: 12, cpuMs: 0.5, lengths: null });
  });

  it('takes nothing off where executors compute more', () => {
    expect(boundsOf(alone, resources, [executor({ cpuMsPerTask: 5 })]).alone).toMatchObject({
      serviceMs: 12,
      cpuMs: 3,
    });
  });

  it('has no part of taskSync, which is other code', () => {
    expect(boundsOf(alone, resources, [executor({ cpuMsPerTask: 0.01 }, true)]).alone).toMatchObject({
      cpuMs: 3,
    });
  });

  it('knows the lengths of all tasks from the executor that was the least in their way', () => {
    const lengths = { meanMs: 20, maxMs: 40 };
    const served = (mean: number, max: number) =>
      executor({ serviceMs: { ...makeDistribution(mean), mean, max } });
    const differing = { ...alone, lengths };
    expect(boundsOf(differing, resources, [served(30, 90), served(35, 80)]).alone?.lengths).toEqual({
      meanMs: 30,
      maxMs: 80,
    });
    expect(boundsOf(differing, resources, []).alone?.lengths).toEqual(lengths);
    const failed = executor({
      serviceMs: { ...makeDistribution(1_000), mean: 10, max: 10 },
      outcomes: { issued: 200, completed: 199, cancelled: 0, failed: { timeout: 1 } },
    });
    expect(boundsOf(differing, resources, [served(30, 90), failed]).alone?.lengths).toEqual({
      meanMs: 30,
      maxMs: 90,
    });
  });

  it('has the mean and the longest of each round by itself: they are drawn anew in each', () => {
    const differing = { ...alone, lengths: { meanMs: 20, maxMs: 40 } };
    const slower = byRound([12, 420], [11, 130], [31, 150]);
    const bounds = boundsOf(differing, resources, [byRound([10, 400], [13, 110], [30, 120]), slower]);
    expect(bounds.alone?.lengthsByRound).toEqual([
      { meanMs: 10, maxMs: 400 },
      { meanMs: 11, maxMs: 110 },
      { meanMs: 30, maxMs: 120 },
    ]);
    expect(bounds.alone?.lengths).toEqual({ meanMs: 11, maxMs: 120 });
    // 100 tasks, 10 in flight: 400, 110 and 300 ms, where the longest, both, and the mean decide.
    const scenario = { ...waitingScenario().scenario, tasks: 100 };
    const ideal = idealOf(
      scenario,
      { ...variant!, concurrency: 10 },
      { ...bounds.alone!, cpuMs: 0.1 },
      resources,
      null,
    );
    expect(ideal?.perSecond).toBeCloseTo(100 / 0.3, 6);
  });
});
