import { UsageError } from '../../errors.js';
import type { ExecutorResult, Report, ScenarioResult, Trace } from '../../schema/index.js';

/** A task of the trial that was recorded; times are after its start. */
export interface RecordedTask {
  /** As the task was called with. */
  readonly index: number;
  /** From 0. */
  readonly worker: number;
  /** When it was handed in or due; null: not recorded. */
  readonly queuedMs: number | null;
  readonly startedMs: number;
  readonly finishedMs: number;
  /** When its result was on the main thread; null: not recorded. */
  readonly deliveredMs: number | null;
  /** `completed`, `cancelled`, or the kind of failure. */
  readonly outcome: string;
  readonly says: string;
}

/** One trial of an executor, task by task. */
export interface Recording {
  readonly result: ScenarioResult;
  readonly executor: ExecutorResult;
  /** That the trial had, recorded or not. */
  readonly trialTasks: number;
  /** By index. */
  readonly tasks: readonly RecordedTask[];
}

/**
 * The only place that knows how a trial's tasks are kept.
 *
 * @param format who asks
 * @throws UsageError for a report that has none
 */
export function recordingsOf({ scenarios }: Report, format: string): Recording[] {
  const recordings = scenarios.flatMap(result =>
    result.executors.flatMap(executor => {
      const { trace } = executor;
      if (trace === null || trace.first.length === 0) return [];
      return [{ result, executor, trialTasks: trace.tasks, tasks: tasksOf(trace) }];
    }),
  );
  if (recordings.length > 0) return recordings;
  const remedy = 'Measure again with --timeline, which records one trial of each executor.';
  throw new UsageError(format, 'results with tasks that were recorded', 'results without any', remedy);
}

function tasksOf({ first }: Trace): RecordedTask[] {
  return first.map(({ queuedMs = null, deliveredMs = null, ...task }) => ({
    ...task,
    queuedMs,
    deliveredMs,
  }));
}
