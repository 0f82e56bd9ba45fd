import { WorkerLost } from '../errors.js';
import { findExecutor } from '../executors/registry.js';
import type { Distribution, ExecutorVariant, Scenario, TaskAlone } from '../model.js';
import type { TrialSpec } from '../trial/trial.js';
import type { Lengths } from './ideal.js';
import type { Host, Launcher } from './launcher.js';
import { startMessageOf } from './start-message.js';

/** A task alone, as it was measured. */
export interface AloneMeasured extends TaskAlone {
  /** Whether the loop was busy all the time: it waits for nothing, and warm code takes less. */
  readonly computes: boolean;
  /** Null: tasks are as long as each other, or nobody knows because some failed: those count as their time limit. */
  readonly lengths: Lengths | null;
}

const WARM_UP_TASKS = 3;
/** Long enough for CPU time to be told from nothing. */
const WANTED_MS = 250;
const FEWEST_TASKS = 3;
const MOST_TASKS = 2_000;
/** From here on a scenario has as many tasks as are wanted of most. */
const ENOUGH_TASKS = 25;
const GRACE_MS = 15_000;

/**
 * A task alone: a few of them, one after the other, in processes of their own with nothing else running. Service and
 * CPU time of a task in an idle machine are what the ideal of each executor is made of.
 *
 * @returns null when tasks fail or the host is lost: the forks will show why
 */
export async function measureAlone(
  scenario: Scenario,
  env: { readonly seed: number; readonly cpuIterationsPerMs: number },
  launcher: Launcher,
): Promise<AloneMeasured | null> {
  try {
    await using origin = scenario.origin && (await launcher.startOrigin(scenario.origin, env.seed, 0));
    await using host = await launcher.startHost({ uvThreads: null });
    const tasks = scenario.tasks ?? MOST_TASKS;
    const hostEnv = { ...env, originUrl: origin?.url ?? null };
    await host.start(startMessageOf(scenario, oneAtATime(), hostEnv, { kind: 'batch', tasks }));
    return await measureOnHost(scenario, host);
  } catch (error) {
    if (error instanceof WorkerLost) return null;
    throw error;
  }
}

/** What the measurement depends on: equal for scenarios of which one measurement does. */
export function aloneKey({ workload, params, origin, tasks, payloadBytes, taskTimeoutMs }: Scenario): string {
  const available = Math.min(tasks ?? MOST_TASKS, ENOUGH_TASKS);
  return JSON.stringify([workload, params, origin, available, payloadBytes, taskTimeoutMs]);
}

async function measureOnHost(scenario: Scenario, host: Host): Promise<AloneMeasured | null> {
  const trial = async (tasks: number) => {
    const { taskTimeoutMs } = scenario;
    const spec: TrialSpec = {
      load: { kind: 'batch', tasks },
      taskTimeoutMs,
      digest: false,
      gauge: false,
      trace: false,
    };
    return (await host.trial(spec, tasks * scenario.taskTimeoutMs + GRACE_MS)).figures;
  };
  const available = scenario.tasks ?? MOST_TASKS;
  const warmUp = await trial(Math.min(WARM_UP_TASKS, available));
  const affordable = Math.round(WANTED_MS / (warmUp.wallMs / WARM_UP_TASKS));
  const tasks = Math.min(available, MOST_TASKS, Math.max(FEWEST_TASKS, affordable));
  const { serviceMs, cpuMs, loop, outcomes } = await trial(tasks);
  const expected = scenario.expectedFailures.reduce((sum, kind) => sum + (outcomes.failed[kind] ?? 0), 0);
  if (outcomes.completed + expected < tasks || serviceMs.p50 === null) return null;
  // Most have failed: what is in the middle is their limit.
  if (serviceMs.p50 >= scenario.taskTimeoutMs) return null;
  return {
    tasks,
    serviceMs: serviceMs.p50,
    cpuMs: cpuMs / tasks,
    // What libuv's threads do, the loop does not tell.
    computes: loop.utilization >= BUSY_LOOP && scenario.workload.kind !== 'libuv',
    lengths: outcomes.completed === tasks ? lengthsOf(serviceMs) : null,
  };
}

/** Utilization from which on a loop never waited for its tasks. */
const BUSY_LOOP = 0.9;
/** Below this tasks differ by what the machine does meanwhile. */
const SHORTEST_MS = 1;
/** Times the median: the shortest is shorter, or one in ten is longer. */
const SHORTER = 0.75;
const LONGER = 1.5;

function lengthsOf({ min, mean, p50, p90, max }: Distribution): Lengths | null {
  if (p50! < SHORTEST_MS) return null;
  const differ = min! < SHORTER * p50! || (p90 ?? max!) > LONGER * p50!;
  return differ ? { meanMs: mean!, maxMs: max! } : null;
}

function oneAtATime(): ExecutorVariant {
  const name = 'sequential';
  const { moduleUrl } = findExecutor(name)!;
  return {
    name,
    moduleUrl,
    id: name,
    kind: 'loop',
    sync: false,
    options: {},
    threads: 1,
    inFlight: 1,
    inFlightPerWorker: 1,
    concurrency: 1,
    axis: null,
    params: {},
    uvThreads: null,
    results: 'drop',
  };
}
