import { readdir } from 'node:fs/promises';
import type { Executor } from '../executors/executor.js';
import {
  executorNames,
  findExecutor,
  loadExecutorModule,
  usualExecutorNames,
} from '../executors/registry.js';
import type { ModuleRef } from '../schema/index.js';
import { findWorkload, loadWorkloadModule, workloadNames } from '../workloads/registry.js';
import type { Workload } from '../workloads/workload.js';
import { isSuite, type Suite } from './suite.js';

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

const SUITES = new URL('../../bench/suites/', import.meta.url);
/** Compiled suites beside compiled code, sources beside sources (as tests run them). */
const EXTENSION = import.meta.url.endsWith('.ts') ? '.ts' : '.js';

export const builtIns: Catalogue = {
  executorNames,
  usualExecutorNames,
  findExecutor,
  loadExecutorModule,
  workloadNames,
  findWorkload,
  loadWorkloadModule,
  suites: () => loadSuites(SUITES),
};

/** Every suite of a folder, a module each; `src` knows none of them by name. */
export async function loadSuites(folder: URL): Promise<readonly Suite[]> {
  const files = await readdir(folder).catch(() => []);
  const modules = files.filter(file => file.endsWith(EXTENSION) && !file.endsWith(`.d${EXTENSION}`)).sort();
  const loaded = await Promise.all(
    modules.map(file => import(new URL(file, folder).href) as Promise<{ default?: unknown }>),
  );
  return loaded.map(module => module.default).filter(isSuite);
}
