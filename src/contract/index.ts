import type { Executor } from '../executors/executor.js';
import { loadExecutorModule } from '../executors/registry.js';
import { moduleUrlOf } from '../plan/user-module.js';
import { batchChecks } from './batches.js';
import type { Check, CheckSetting } from './check.js';
import { faultChecks } from './faults.js';
import { loadChecks } from './loads.js';
import { resultChecks } from './results.js';

export type { Check } from './check.js';

/** Many times what any of them takes. */
const LIMIT_MS = 15_000;
/** Where a lock has to run out twice before a task is given up. */
const TAKE_OVER_LIMIT_MS = 60_000;

/**
 * What every executor has to keep, for authors of one to run in their own tests:
 *
 *     for (const { name, run } of await executorChecks(new URL('./my-pool.js', import.meta.url))) test(name, run);
 *
 * @param executor a module with one as its default export, JavaScript or TypeScript, or the executor itself
 * @param options.limitMs how long a check may take; it fails when it takes longer, and so does an executor that hangs
 * @param options.broker of an executor that goes through one, in place of a private one for each check
 * @throws UsageError when there is no such file, or no executor in it
 */
export async function executorChecks(
  executor: URL | string | Executor,
  { limitMs, broker }: Partial<CheckSetting> = {},
): Promise<readonly Check[]> {
  const isFile = executor instanceof URL || typeof executor === 'string';
  const given = String(executor);
  const loaded = isFile ? await loadExecutorModule(moduleUrlOf(given, process.cwd()), given) : executor;
  const checks = [batchChecks, resultChecks, faultChecks, loadChecks].flatMap(of => of(loaded));
  const usualMs = loaded.capabilities.takesOver === true ? TAKE_OVER_LIMIT_MS : LIMIT_MS;
  return checks.map(({ name, run }) => ({
    name,
    run: () => run(loaded, { limitMs: limitMs ?? usualMs, broker }),
  }));
}
