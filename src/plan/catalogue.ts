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
import type { Suite } from './suite.js';
import { loadSuites } from './suites.js';

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

export const builtIns: Catalogue = {
  executorNames,
  usualExecutorNames,
  findExecutor,
  loadExecutorModule,
  workloadNames,
  findWorkload,
  loadWorkloadModule,
  suites: loadSuites,
};
