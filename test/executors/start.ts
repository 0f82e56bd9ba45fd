import { type Started, type StartRequest, startExecutor } from '../../src/contract/start.js';
import { findExecutor } from '../../src/executors/registry.js';

/** Starts an executor of the registry in this process, on the probe. */
export async function startProbe(name: string, asked: StartRequest): Promise<Started> {
  return startExecutor(await findExecutor(name)!.load(), asked);
}
