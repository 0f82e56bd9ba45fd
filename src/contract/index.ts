import type { Executor } from '../executors/executor.js';
import { loadExecutorModule } from '../executors/registry.js';
import { moduleUrlOf } from '../plan/user-module.js';
import { batchChecks } from './batches.js';
import type { Check } from './check.js';
import { faultChecks } from './faults.js';
import { loadChecks } from './loads.js';
import { resultChecks } from './results.js';

export type { Check } from './check.js';

/**
 * What every executor has to keep, for authors of one to run in their own tests:
 *
 *     for (const { name, run } of await executorChecks(new URL('./my-pool.js', import.meta.url))) test(name, run);
 *
 * @param executor a module with one as its default export, JavaScript or TypeScript, or the executor itself
 * @throws UsageError when there is no such file, or no executor in it
 */
export async function executorChecks(executor: URL | string | Executor): Promise<readonly Check[]> {
  const isFile = executor instanceof URL || typeof executor === 'string';
  const given = String(executor);
  const loaded = isFile ? await loadExecutorModule(moduleUrlOf(given, process.cwd()), given) : executor;
  return [...batchChecks(loaded), ...resultChecks(loaded), ...faultChecks(loaded), ...loadChecks(loaded)];
}
