import { WorkerLost } from '../errors.js';
import { findExecutor } from '../executors/registry.js';
import type { Host, Launcher } from '../hosts/launcher.js';
import type { Scenario } from '../schema/index.js';
import { type RunEnv, type StartedVariant, startMessageOf } from './start-message.js';

/** A loop that no scenario has asked for: to measure a task by itself. */
export interface LoneLoop {
  readonly executor: 'sequential' | 'limited';
  readonly inFlight: number;
}

/**
 * Measures on a fresh loop, in processes of its own with nothing else running.
 *
 * @returns null when the host or the origin is lost: the forks will show why
 */
export async function onLoneLoop<Result>(
  scenario: Scenario,
  loop: LoneLoop,
  env: Omit<RunEnv, 'originUrl'>,
  launcher: Launcher,
  measure: (host: Host) => Promise<Result>,
): Promise<Result | null> {
  try {
    await using origin = scenario.origin && (await launcher.startOrigin(scenario.origin, env.seed, 0));
    await using host = await launcher.startHost({ uvThreads: null });
    const hostEnv = { ...env, originUrl: origin?.url ?? null };
    await host.start(startMessageOf(scenario, variantOf(loop), hostEnv));
    return await measure(host);
  } catch (error) {
    if (error instanceof WorkerLost) return null;
    throw error;
  }
}

function variantOf({ executor: name, inFlight }: LoneLoop): StartedVariant {
  const { moduleUrl } = findExecutor(name)!;
  const limits = { threads: 1, inFlight, inFlightPerWorker: inFlight };
  return { name, moduleUrl, options: {}, params: {}, ...limits, results: 'drop' };
}
