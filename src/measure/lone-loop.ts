import { nodeOf } from '../analysis/alternatives.js';
import { WorkerLost } from '../errors.js';
import { findExecutor } from '../executors/registry.js';
import type { Host, Launcher } from '../hosts/launcher.js';
import type { Scenario } from '../schema/index.js';
import { type RunEnv, type StartedVariant, startMessageOf } from './start-message.js';
import { asBatch, saltOf } from './trial-spec.js';

/** A loop that no scenario has asked for: to measure a task by itself. */
export interface LoneLoop {
  readonly purpose: 'alone' | 'pilot';
  readonly executor: 'sequential' | 'limited';
  readonly inFlight: number;
  readonly tasks: number;
}

/**
 * Measures a batch of a scenario's tasks on a fresh loop, in processes of its own with nothing else running.
 *
 * @returns null when the host or the origin is lost: the forks will show why
 */
export async function onLoneLoop<Result>(
  scenario: Scenario,
  loop: LoneLoop,
  env: Omit<RunEnv, 'originUrl'>,
  launcher: Launcher,
  measure: (host: Host, batch: Scenario, salt: number) => Promise<Result>,
): Promise<Result | null> {
  try {
    const seed = saltOf(env.seed, loop.purpose);
    const batch = asBatch(scenario, loop.tasks);
    await using origin = scenario.origin && (await launcher.startOrigin(scenario.origin, seed, 0));
    const execPath = nodeOf(scenario)?.execPath ?? null;
    await using host = await launcher.startHost({ uvThreads: null, execPath });
    const hostEnv = { ...env, seed, originUrl: origin?.url ?? null };
    await host.start(startMessageOf(batch, variantOf(loop), hostEnv));
    return await measure(host, batch, seed);
  } catch (error) {
    if (error instanceof WorkerLost) return null;
    throw error;
  }
}

function variantOf({ executor: name, inFlight }: LoneLoop): StartedVariant {
  const { moduleUrl } = findExecutor(name)!;
  const limits = { threads: 1, inFlight, inFlightPerWorker: inFlight };
  const asScenario = { params: {}, workload: null, alternative: null };
  return { name, moduleUrl, options: {}, ...asScenario, ...limits, results: 'drop' };
}
