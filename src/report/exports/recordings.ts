import { gunzipSync } from 'node:zlib';
import { UsageError } from '../../errors.js';
import type { ExecutorResult, Report, ScenarioResult, Trace } from '../../schema/index.js';
import { TASK_OUTCOMES, type TaskTable, unpackTasks } from '../../stats/packed-tasks.js';
import { failureText } from '../words/failures.js';

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
  /** `completed`, `cancelled`, or the kind of failure; `failed` where that is not recorded. */
  readonly outcome: string;
  /** Its result or failure in a few words; null: not recorded. */
  readonly says: string | null;
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
  const remedy =
    'Measure again with --timeline, which records one trial of each executor; a load by duration keeps no tasks.';
  throw new UsageError(format, 'results with tasks that were recorded', 'results without any', remedy);
}

/** The first with what they said, and the times of all where they were kept. */
function tasksOf({ first, all }: Trace): RecordedTask[] {
  const withWords = first.map(({ queuedMs = null, deliveredMs = null, ...task }) => ({
    ...task,
    queuedMs,
    deliveredMs,
    says: failureText(task.says),
  }));
  if (all === null) return withWords;
  const byIndex = new Map(withWords.map(task => [task.index, task]));
  const table = unpackTasks(gunzipSync(Buffer.from(all.data, 'base64')), all.tasks, all.unitMs);
  return Array.from(table.outcome, (_, index) => byIndex.get(index) ?? taskAt(table, index)).filter(
    task => task !== null,
  );
}

/** Null: it was not started, or never ended. */
function taskAt(table: TaskTable, index: number): RecordedTask | null {
  const outcome = TASK_OUTCOMES[table.outcome[index]!];
  if (outcome === undefined || outcome === 'not started' || outcome === 'running') return null;
  const [queuedMs, startedMs, finishedMs, deliveredMs] = [
    table.queuedMs[index]!,
    table.startedMs[index]!,
    table.finishedMs[index]!,
    table.deliveredMs[index]!,
  ];
  const worker = table.worker[index]!;
  return { index, worker, queuedMs, startedMs, finishedMs, deliveredMs, outcome, says: null };
}
