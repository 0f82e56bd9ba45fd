import { expectedTrialMs, TRIAL_OVERHEAD_MS } from '../analysis/expected.js';
import { type WarmUpNeed, warmCpuMsPerTask } from '../analysis/steady.js';
import type { AloneMeasured, ExecutorVariant, Measurement, Scenario, WarmUpBlock } from '../schema/index.js';
import type { Pilot } from './pilot.js';

/** What is known of a scenario before its forks. */
export interface BeforeForks {
  readonly scenario: Scenario;
  /** Those that are run. */
  readonly executors: readonly ExecutorVariant[];
  readonly alone: AloneMeasured | null;
  /** Null: none was run, or its host was lost. */
  readonly pilot: Pilot | null;
  readonly cores: number;
  /** Spent on the scenario so far, pilot included. */
  readonly elapsedMs: number;
}

/**
 * Of a host, and of each of its workers. Three hosts with five workers in all, together 0.6 s, took 0.8 to 1.6 s on two cores
 * that were shared with others: what is planned by it is the least.
 */
const HOST_START_MS = 120;
const WORKER_START_MS = 50;

/** What the processes of a fork take to start, with their workers. */
export function forkStartMs(hosts: readonly Pick<ExecutorVariant, 'threads'>[]): number {
  const workers = hosts.reduce((sum, { threads }) => sum + threads, 0);
  return HOST_START_MS * hosts.length + WORKER_START_MS * workers;
}

/** A shorter one says little, and runs its batch several times. */
const LEAST_TRIAL_MS = 60;
/** Fewer than were asked for do, where the budget has no room for more: executors that are slow take part in some only. */
const FEWEST_ROUNDS = 2;
/** Code that V8 has not compiled yet, where no pilot has told. */
const USUAL_COLD_FACTOR = 2.5;
/** Forks are not all as long as they are expected to be. */
export const ROOM = 1.1;

/** What a scenario takes in all when all isolates of its forks are warmed, and what the one takes longer that is warmed twice as long. */
export function costsOf(
  known: BeforeForks,
  need: Pick<WarmUpNeed, 'cpuMs'>,
  mostRounds = FEWEST_ROUNDS,
): { readonly totalMs: number; readonly longerMs: number } {
  const { scenario, executors, alone, pilot, cores, elapsedMs } = known;
  const { measurement } = scenario;
  const rounds = Math.min(measurement.rounds, mostRounds);
  const blocks = pilot?.blocks ?? [];
  const coldFactor = coldFactorOf(blocks);
  const warm = alone && warmed(alone, blocks);
  const trialsMs = executors.map(variant =>
    expectedTrialMs(scenario, variant, warm, { cores, uvThreads: null }),
  );
  const warmMs = warmMsOf(known, need.cpuMs);
  const coldMs = trialsMs.reduce((sum, ms) => sum + coldFactor * ms + TRIAL_OVERHEAD_MS, 0);
  const roundMs = trialsMs.reduce((sum, ms) => sum + Math.max(ms, LEAST_TRIAL_MS) + TRIAL_OVERHEAD_MS, 0);
  const forkMs = forkStartMs(executors) + coldMs + warmMs + rounds * roundMs;
  const longerMs = hasLongerFork(measurement) ? warmMs : 0;
  return { totalMs: elapsedMs + ROOM * (plannedForks(measurement) * forkMs + longerMs), longerMs };
}

/** What a fork takes to give each of its isolates so much CPU time, side by side. */
export function warmMsOf(
  { executors, cores }: Pick<BeforeForks, 'executors' | 'cores'>,
  cpuMs: number,
): number {
  const isolates = executors.reduce((sum, { threads }) => sum + threads, 0);
  return (cpuMs * isolates) / Math.max(1, Math.min(cores, isolates));
}

/** How many times as long as a warm trial a cold one takes. */
function coldFactorOf([first, ...others]: readonly WarmUpBlock[]): number {
  if (first === undefined || others.length === 0 || first.tasks === 0) return USUAL_COLD_FACTOR;
  return Math.max(1, first.cpuMs / first.tasks / warmCpuMsPerTask([first, ...others]));
}

/** A task alone is measured in code that is not yet warm. */
function warmed(alone: AloneMeasured, blocks: readonly WarmUpBlock[]): AloneMeasured {
  const cpuMs = blocks.length === 0 ? alone.cpuMs : Math.min(alone.cpuMs, warmCpuMsPerTask(blocks));
  return { ...alone, cpuMs, serviceMs: alone.computes ? Math.min(alone.serviceMs, cpuMs) : alone.serviceMs };
}

export function plannedForks({ forks, minForks }: Measurement): number {
  return forks ?? minForks;
}

/** Of few forks none can be spared. */
export const FORKS_FOR_LONGER = 3;

/** Whether one fork is warmed twice as long. */
export function hasLongerFork(measurement: Measurement): boolean {
  return plannedForks(measurement) >= FORKS_FOR_LONGER;
}
