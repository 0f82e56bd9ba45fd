/** What is needed where zod must not be loaded: hosts, workers and `--help`. */

/** Raised when a field of the results file changes its meaning or goes away. */
export const SCHEMA_VERSION = 6;

/** The same of the file that `compare --json` writes. */
export const COMPARISON_VERSION = 1;

export const WORKLOAD_KINDS = ['wait', 'cpu', 'mixed', 'libuv', 'blocking'] as const;

/** What becomes of results in measured trials: let go of as they come, or kept until the trial ends. */
export const RESULTS_KEPT = ['drop', 'keep'] as const;

/**
 * How it is shown that executors did the same work: by the contents of results, by what the workload's `digest` makes of
 * them, by its `sameResult`, or not at all, since they may differ.
 */
export const RESULTS_COMPARED = ['contents', 'digest', 'sameResult', 'may differ'] as const;

/** What of a result cannot be sent to another thread or process. */
export const UNCLONEABLE_PARTS = [
  ...(['function', 'symbol', 'proxy', 'instance', 'detached-buffer', 'view-of-detached'] as const),
  ...(['unreadable', 'nested-too-deeply', 'refused'] as const),
] as const;

/** Why a worker on another machine does not do what it is asked. */
export const WORKER_REFUSALS = ['other-module', 'files-changed', 'busy', 'too-small', 'not-working'] as const;
export type WorkerRefusal = (typeof WORKER_REFUSALS)[number];

/** Where the load says how long a trial takes, a cold one takes this: long enough to open connections and to be digested. Its percentiles are not shown. */
export const COLD_TRIAL_MS = 1_000;

/** From 0: this fork is warmed twice as long, to see whether that makes a difference. */
export const LONGER_FORK = 1;

/** Utilization of a loop from which on it has work nearly all the time: a bystander queues there, and what it does is computing. */
export const BUSY_LOOP_SHARE = 0.8;

/** Fewer forks make wide intervals. */
export const USUAL_FORKS = 5;

/** Tasks of a trial of which all times are kept: more make a results file that nobody mails, and a picture that shows no more. */
export const MOST_RECORDED_TASKS = 50_000;
