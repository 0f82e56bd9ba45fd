import type { Executor } from '../executors/executor.js';
import { loadExecutorModule } from '../executors/registry.js';
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
 * @param executor a module with one as its default export, or the executor itself
 * @throws UsageError when the module has none
 */
export async function executorChecks(executor: URL | string | Executor): Promise<readonly Check[]> {
  const loaded =
    executor instanceof URL || typeof executor === 'string' ? await loadExecutorModule(String(executor)) : executor;
  return [
    ...batchChecks(loaded),
    ...resultChecks(loaded),
    ...faultChecks(loaded),
    ...loadChecks(loaded),
  ];
}
