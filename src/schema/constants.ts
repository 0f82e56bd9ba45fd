/** What is needed where zod must not be loaded: hosts, workers and `--help`. */

/** Raised when a field of the results file changes its meaning or goes away. */
export const SCHEMA_VERSION = 5;

export const WORKLOAD_KINDS = ['wait', 'cpu', 'mixed', 'libuv', 'blocking'] as const;

/** What an executor starts its tasks on; decides how many cores its ideal may use. */
export const EXECUTOR_KINDS = ['loop', 'threads', 'processes'] as const;

/** What becomes of results in measured trials: let go of as they come, or kept until the trial ends. */
export const RESULTS_KEPT = ['drop', 'keep'] as const;

/**
 * How it is shown that executors did the same work: by the contents of results, by what the workload's `digest` makes of
 * them, by its `sameResult`, or not at all, since they may differ.
 */
export const RESULTS_COMPARED = ['contents', 'digest', 'sameResult', 'may differ'] as const;
