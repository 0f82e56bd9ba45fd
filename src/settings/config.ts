import type { Settings } from './settings.js';
import type { ScenarioSpec } from './suite.js';

/** What a project says once for all its runs: `threads-vs-loop.config.ts`, `.mts`, `.mjs`, `.js` or `.json`. */
export interface Config {
  /** Of JSON, for editors. */
  readonly $schema?: string | undefined;
  /** What `run` without targets runs; each is a target by its name. Paths in it start from the config's folder. */
  readonly scenarios?: readonly ScenarioSpec[] | undefined;
  /** What is compared in scenarios that name no executors. */
  readonly executors?: Settings['executors'];
  /** Objective of scenarios that have none, e.g. `p99<50ms`; in a batch its latencies mean nothing and are left out. */
  readonly slo?: Settings['slo'];
  /** Of scenarios that say nothing of a setting; a flag beats them. */
  readonly defaults?: (Settings & { readonly seed?: number | undefined }) | undefined;
}

/** @example export default defineConfig({ scenarios: [{ name: 'mine', workload: './bench/my-task.mjs' }] }) */
export function defineConfig(config: Config): Config {
  return config;
}
