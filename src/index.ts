/**
 * The public API: measure a plan from your own program, and define workloads, executors and suites. Light to load, as
 * every thread loads it with a workload.
 *
 * @example
 * const report = await run({ targets: ['http'], executors: ['limited', 'queue'], budgetMs: 10_000 });
 * console.log(render(report));
 */

export { makePlan, measure, parseReport, render, run } from './api.js';
export { TaskError, UsageError, WorkerLost } from './errors.js';
export type { Executor, RunningExecutor, StartOptions } from './executors/executor.js';
export { defineExecutor } from './executors/executor.js';
export type { ForkEvent, RankedExecutor, RunEvent, TrialEvent } from './measure/events.js';
export type { MeasureDeps } from './measure/measure.js';
export type { PlanInput, PlanOptions } from './plan/plan.js';
export type * from './schema/index.js';
export type { ExecutorEntry } from './settings/checks.js';
export type { Config } from './settings/config.js';
export { defineConfig } from './settings/config.js';
export type { OneOrMore, ParamInput } from './settings/setting.js';
export type { Settings } from './settings/settings.js';
export type { ScenarioSpec, Suite } from './settings/suite.js';
export { defineSuite } from './settings/suite.js';
export { compareRuns, type RunComparison } from './stats/welch.js';
export type { Batch } from './tasks/batch.js';
export { type Mix, type MixPart, mix } from './workloads/mix.js';
export type { NetworkEnv } from './workloads/network.js';
export type { SetupEnv } from './workloads/setup.js';
export type { TaskSignal } from './workloads/task-signal.js';
export type {
  RemoteRequest,
  Workload,
  WorkloadDefaults,
  WorkloadEnv,
  WorkloadRef,
} from './workloads/workload.js';
export { defineWorkload } from './workloads/workload.js';
