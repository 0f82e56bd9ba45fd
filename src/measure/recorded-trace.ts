import { gzipSync } from 'node:zlib';
import { MOST_RECORDED_TASKS, type Trace } from '../schema/index.js';
import { packTasks, unitMsOf } from '../stats/packed-tasks.js';
import type { TrialOutput } from '../trial/trial.js';

/** What a trial was told task by task, with the times of all of them where they are not too many. */
export function traceFrom({ trace, columns }: Pick<TrialOutput, 'trace' | 'columns'>): Trace | null {
  if (trace === null || columns === undefined || trace.tasks > MOST_RECORDED_TASKS) return trace;
  const unitMs = unitMsOf(trace.wallMs);
  const data = gzipSync(packTasks(columns, unitMs)).toString('base64');
  return { ...trace, all: { tasks: trace.tasks, unitMs, data } };
}
