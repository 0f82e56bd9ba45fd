import { executorNames, findExecutor, usualExecutorNames } from '../executors/registry.js';
import type { Suite } from '../settings/suite.js';
import { findWorkload, workloadNames } from '../workloads/registry.js';

/** What can be asked for by name. A test brings its own. */
export interface Catalogue {
  readonly executorNames: readonly string[];
  /** What is compared when nobody says. */
  readonly usualExecutorNames: readonly string[];
  readonly findExecutor: typeof findExecutor;
  readonly workloadNames: readonly string[];
  readonly findWorkload: typeof findWorkload;
  suites(): Promise<readonly Suite[]>;
}

/** Where a name or a path is looked up. */
export interface Lookup {
  /** Where it was asked for, for messages. */
  readonly subject: string;
  readonly catalogue: Catalogue;
  /** What a path is relative to. */
  readonly baseDir: string;
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
  workloadNames,
  findWorkload,
  suites: async () => {
    const modules = await Promise.all(suiteLoaders.map(load => load()));
    return modules.map(module => module.default);
  },
};
