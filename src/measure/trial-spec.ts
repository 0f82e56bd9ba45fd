import { hash32 } from '../random.js';
import { COLD_TRIAL_MS, type ExecutorVariant, type Scenario } from '../schema/index.js';
import { drainLimitMs } from '../trial/pacing.js';
import type { TrialSpec } from '../trial/trial.js';
import type { TrialLoad } from '../trial/trial-load.js';

/** A trial that hangs is stopped this much after all of its tasks must have timed out. */
const TRIAL_GRACE_MS = 15_000;

/** What is known of a trial before it is run. */
export interface TrialRequest {
  readonly cold: boolean;
  /** Decides the random arrivals: the same for all executors of a round. */
  readonly arrivalsSeed: number;
  readonly gauge: boolean;
  readonly trace: TrialSpec['trace'];
  /** How many times a batch is run; default 1. */
  readonly repeats?: number;
}

export function trialSpecOf(scenario: Scenario, asked: TrialRequest): TrialSpec {
  const { cold, arrivalsSeed, gauge, trace, repeats = 1 } = asked;
  const { taskTimeoutMs } = scenario;
  const load = trialLoadOf(scenario, cold, arrivalsSeed);
  const probeSeed = hash32(arrivalsSeed, 'probes');
  return { load, repeats, taskTimeoutMs, probeSeed, digest: cold, gauge, trace };
}

function trialLoadOf({ load, tasks }: Scenario, cold: boolean, seed: number): TrialLoad {
  switch (load.kind) {
    case 'batch':
      return { kind: 'batch', tasks: tasks! };
    case 'duration':
      return {
        kind: 'duration',
        durationMs: cold ? Math.min(load.durationMs, COLD_TRIAL_MS) : load.durationMs,
      };
    case 'rate': {
      const inColdTrial = Math.ceil((load.perSecond * COLD_TRIAL_MS) / 1_000);
      return { ...load, tasks: cold ? Math.min(tasks!, inColdTrial) : tasks!, seed };
    }
  }
}

/** Of trials that are in no result. */
export function unrecordedSpecOf(scenario: Scenario, salt: number): TrialSpec {
  return trialSpecOf(scenario, { cold: false, arrivalsSeed: salt, gauge: false, trace: false });
}

/** The same tasks, so many of them, all there at the start. */
export function asBatch(scenario: Scenario, tasks: number): Scenario {
  return { ...scenario, load: { kind: 'batch' }, tasks };
}

/**
 * What is random, each kind with draws of its own. `trial` is what the origin draws from, and `arrivals` when tasks come:
 * new for each fork and round (the cold trial is that of round 0), the same for all executors of a round, so that their
 * pairs stay pairs. What is outside of rounds must not draw the same as a measured trial.
 */
export function saltOf(
  seed: number,
  purpose: 'alone' | 'arrivals' | 'pilot' | 'trial' | 'warm-up' | 'workload',
  ...numbers: readonly number[]
): number {
  return hash32(seed, purpose, ...numbers);
}

/** When every task, one after the other where it must be so, has had its time-out. */
export function trialLimitMs({ load, repeats, taskTimeoutMs }: TrialSpec, variant: ExecutorVariant): number {
  switch (load.kind) {
    case 'batch':
      return repeats * Math.ceil(load.tasks / variant.inFlight) * taskTimeoutMs + TRIAL_GRACE_MS;
    case 'duration':
      return load.durationMs + taskTimeoutMs + TRIAL_GRACE_MS;
    case 'rate':
      return drainLimitMs(load) + taskTimeoutMs + TRIAL_GRACE_MS;
  }
}
