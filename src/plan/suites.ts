import type { Suite } from './suite.js';

/** In the order in which they are listed. A new suite is a file in bench/suites and a line here. */
const loaders: readonly (() => Promise<{ readonly default: Suite }>)[] = [
  () => import('../../bench/suites/articles.js'),
  () => import('../../bench/suites/comments.js'),
  () => import('../../bench/suites/default.js'),
  () => import('../../bench/suites/feed.js'),
  () => import('../../bench/suites/movies.js'),
  () => import('../../bench/suites/payload.js'),
  () => import('../../bench/suites/ping.js'),
  () => import('../../bench/suites/todos.js'),
];

export async function loadSuites(): Promise<readonly Suite[]> {
  const modules = await Promise.all(loaders.map(load => load()));
  return modules.map(module => module.default);
}
