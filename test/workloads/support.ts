import { type OriginServer, startOrigin } from '../../src/origin/server.js';
import type { Params } from '../../src/schema/index.js';
import { originOf } from '../../src/workloads/origin-of.js';
import type { Workload, WorkloadEnv } from '../../src/workloads/workload.js';

export const ENV: WorkloadEnv = { originUrl: null, inFlight: 8, cpuIterationsPerMs: 1000, seed: 7 };

/** The workload's parameters, with these in place of their defaults. */
export function paramsOf(workload: Workload, given: Params = {}): Params {
  const defaults = Object.entries(workload.params).map(([name, spec]) => [name, spec.default]);
  return { ...Object.fromEntries(defaults), ...given };
}

export interface Opened extends AsyncDisposable {
  readonly origin: OriginServer;
  readonly context: unknown;
}

/** The workload, opened on an origin of its own in this process. */
export async function openOnOrigin(workload: Workload, given: Params = {}): Promise<Opened> {
  const params = paramsOf(workload, given);
  workload.check?.(params);
  const settings = originOf(workload, params);
  if (settings === null) throw new Error('asks for no origin');
  const origin = await startOrigin({ settings, seed: ENV.seed });
  const context = await workload.open(params, { ...ENV, originUrl: origin.url });
  return {
    origin,
    context,
    async [Symbol.asyncDispose]() {
      await workload.close(context);
      await origin.close();
    },
  };
}
