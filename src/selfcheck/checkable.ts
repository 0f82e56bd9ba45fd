import type { Executor } from '../executors/executor.js';
import { executorNames, findExecutor } from '../executors/registry.js';
import { hasPackage } from '../plan/requested-executors.js';

/** The built-in executors, by whether they can be checked here. */
export interface Checkable {
  readonly names: readonly string[];
  /** Those whose optional package is not installed, with its name. */
  readonly without: readonly { readonly name: string; readonly needsPackage: string }[];
}

/** @param isInstalled for tests */
export async function checkableExecutors(
  isInstalled: (executor: Executor) => boolean = hasPackage,
): Promise<Checkable> {
  const all = await Promise.all(executorNames.map(name => findExecutor(name)!.load()));
  // A broker would have to be installed: what is known is to be found out with Node alone.
  const executors = all.filter(({ capabilities }) => capabilities.hasBroker !== true);
  return {
    names: executors.filter(isInstalled).map(({ name }) => name),
    without: executors
      .filter(executor => !isInstalled(executor))
      .map(({ name, needsPackage }) => ({ name, needsPackage: [needsPackage ?? name].flat().join(' ') })),
  };
}
