import type { Executor } from '../executors/executor.js';
import {
  executorNames,
  findExecutor,
  loadExecutorModule,
  usualExecutorNames,
} from '../executors/registry.js';
import type { ModuleRef } from '../schema/index.js';
import type { Suite } from '../settings/suite.js';
import { findWorkload, loadWorkloadModule, workloadNames } from '../workloads/registry.js';
import type { Workload } from '../workloads/workload.js';

export interface Entry<T> extends ModuleRef {
  load(): Promise<T>;
}

/** What can be asked for by name. A test brings its own. */
export interface Catalogue {
  readonly executorNames: readonly string[];
  /** What is compared when nobody says. */
  readonly usualExecutorNames: readonly string[];
  findExecutor(name: string): Entry<Executor> | undefined;
  /** @throws UsageError when the module has no executor as its default export */
  loadExecutorModule(moduleUrl: string, given: string): Promise<Executor>;
  readonly workloadNames: readonly string[];
  findWorkload(name: string): Entry<Workload> | undefined;
  /** @throws UsageError when the module has no workload as its default export */
  loadWorkloadModule(moduleUrl: string, given: string): Promise<Workload>;
  suites(): Promise<readonly Suite[]>;
}

/** In the order in which they are listed. A new suite is a file in bench/suites and a line here. */
const suiteLoaders: readonly (() => Promise<{ readonly default: Suite }>)[] = [
  () => import('../../bench/suites/articles.js'),
  () => import('../../bench/suites/comments.js'),
  () => import('../../bench/suites/default.js'),
  () => import('../../bench/suites/feed.js'),
  () => import('../../bench/suites/movies.js'),
  () => import('../../bench/suites/payload.js'),
  () => import('../../bench/suites/ping.js'),
  () => import('../../bench/suites/todos.js'),
];

export const builtIns: Catalogue = {
  executorNames,
  usualExecutorNames,
  findExecutor,
  loadExecutorModule,
  workloadNames,
  findWorkload,
  loadWorkloadModule,
  suites: async () => {
    const modules = await Promise.all(suiteLoaders.map(load => load()));
    return modules.map(module => module.default);
  },
};
