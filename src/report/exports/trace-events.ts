import { familyOf, workerName } from '../words/labels.js';
import type { RecordedTask, Recording } from './recordings.js';
import { rowsOf } from './rows.js';

/** Chrome's trace event format; times are microseconds. */
export type TraceEvent = MetadataEvent | TaskEvent | AsyncEvent;

interface MetadataEvent {
  readonly ph: 'M';
  readonly name:
    | 'process_name'
    | 'process_labels'
    | 'process_sort_index'
    | 'thread_name'
    | 'thread_sort_index';
  readonly pid: number;
  readonly tid: number;
  readonly args: { readonly [key: string]: string | number };
}

interface TaskEvent {
  readonly ph: 'X';
  readonly name: string;
  /** `task`, and what became of it where that was not to complete. */
  readonly cat: string;
  readonly pid: number;
  readonly tid: number;
  readonly ts: number;
  readonly dur: number;
  /** A colour of Chrome's own viewer; Perfetto colours by name. */
  readonly cname?: string;
  readonly args: { readonly index: number; readonly outcome: string; readonly says?: string };
}

/** Beside the tracks: waiting tasks overlap. */
interface AsyncEvent {
  readonly ph: 'b' | 'e';
  readonly name: 'waiting' | 'delivery';
  readonly cat: 'waiting' | 'delivery';
  readonly id: string;
  readonly pid: number;
  readonly tid: number;
  readonly ts: number;
  readonly args: { readonly index: number };
}

/** A task in whole nanoseconds, of which sums and differences are exact. */
interface Span {
  readonly task: RecordedTask;
  readonly startNs: number;
  readonly endNs: number;
}

/** A process of the trace for the executor, a track for each row of each of its workers. */
export function processEvents(recording: Recording, pid: number): TraceEvent[] {
  const { result, executor, tasks, trialTasks } = recording;
  const family = familyOf(executor.variant);
  const workers = [...new Set(tasks.map(({ worker }) => worker))].sort((a, b) => a - b);
  const tracks = workers.flatMap(worker => {
    const spans = tasks.filter(task => task.worker === worker).map(spanOf);
    return rowsOf(spans).map((row, at) => ({ row, name: trackName(workerName(family, worker), at) }));
  });
  const shown = tasks.length < trialTasks ? `${tasks.length} of ${trialTasks} tasks` : `${trialTasks} tasks`;
  return [
    metadata('process_name', pid, 0, { name: `${result.scenario.id} · ${executor.variant.id}` }),
    metadata('process_labels', pid, 0, { labels: shown }),
    metadata('process_sort_index', pid, 0, { sort_index: pid }),
    ...tracks.flatMap(({ row, name }, at) => trackEvents(row, name, pid, at + 1)),
  ];
}

function trackName(worker: string, row: number): string {
  return row === 0 ? worker : `${worker}, row ${row + 1}`;
}

function trackEvents(row: readonly Span[], name: string, pid: number, tid: number): TraceEvent[] {
  return [
    metadata('thread_name', pid, tid, { name }),
    metadata('thread_sort_index', pid, tid, { sort_index: tid }),
    ...row.flatMap(span => taskEvents(span, pid, tid)),
  ];
}

function metadata(
  name: MetadataEvent['name'],
  pid: number,
  tid: number,
  args: MetadataEvent['args'],
): MetadataEvent {
  return { ph: 'M', name, pid, tid, args };
}

function taskEvents({ task, startNs, endNs }: Span, pid: number, tid: number): TraceEvent[] {
  const { index, outcome, says, queuedMs, deliveredMs } = task;
  const isCompleted = outcome === 'completed';
  const asyncEvents = (name: AsyncEvent['name'], fromNs: number, toNs: number): AsyncEvent[] => {
    if (toNs <= fromNs) return [];
    const event = { name, cat: name, id: `${pid}.${index}`, pid, tid, args: { index } };
    return [
      { ph: 'b', ts: fromNs / 1_000, ...event },
      { ph: 'e', ts: toNs / 1_000, ...event },
    ];
  };
  return [
    ...(queuedMs === null ? [] : asyncEvents('waiting', nanoseconds(queuedMs), startNs)),
    {
      ph: 'X',
      name: `${isCompleted ? 'task' : outcome} ${index}`,
      cat: isCompleted ? 'task' : `task,${outcome === 'cancelled' ? 'cancelled' : 'failed'}`,
      pid,
      tid,
      ts: startNs / 1_000,
      dur: (endNs - startNs) / 1_000,
      ...(isCompleted ? {} : { cname: 'terrible' }),
      args: { index, outcome, ...(says !== null && { says }) },
    },
    ...(deliveredMs === null ? [] : asyncEvents('delivery', endNs, nanoseconds(deliveredMs))),
  ];
}

function spanOf(task: RecordedTask): Span {
  const startNs = nanoseconds(task.startedMs);
  return { task, startNs, endNs: Math.max(startNs, nanoseconds(task.finishedMs)) };
}

function nanoseconds(ms: number): number {
  return Math.round(ms * 1e6);
}
