/**
 * What flows from plan to report, one file per noun: zod schemas, and the types that are inferred from them.
 *
 * Units are in the names: `…Ms` milliseconds, `…Ns` nanoseconds, `…Bytes` bytes, `…Share` 0 … 1, `…PerSecond`.
 *
 * From here come types and constants alone: whoever validates imports the noun's own file, and zod with it.
 */
export type * from './broker.js';
export type * from './comparison.js';
export * from './constants.js';
export type * from './environment.js';
export type * from './executor-result.js';
export type * from './failure.js';
export type * from './finding.js';
export type * from './fork-result.js';
export type * from './gate.js';
export type * from './half-done.js';
export type * from './load.js';
export type * from './loss.js';
export type * from './machine.js';
export type * from './map.js';
export type * from './origin.js';
export type * from './params.js';
export type * from './plan.js';
export type * from './predicate.js';
export type * from './remote.js';
export type * from './report.js';
export type * from './run-changes.js';
export type * from './scaling.js';
export type * from './scenario-result.js';
export type * from './serve.js';
export type * from './task-alone.js';
export type * from './trace.js';
export type * from './trends.js';
export type * from './trial.js';
export type * from './tune.js';
