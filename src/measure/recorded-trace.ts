import { gzipSync } from 'node:zlib';
import type { Trace } from '../schema/index.js';
import { packTasks, unitMsOf } from '../stats/packed-tasks.js';
import type { TrialOutput } from '../trial/trial.js';

/** More make a results file that nobody mails, and a picture that shows no more. */
const MOST_TASKS = 50_000;

/** What a trial was told task by task, with the times of all of them where they are not too many. */
export function traceFrom({ trace, columns }: Pick<TrialOutput, 'trace' | 'columns'>): Trace | null {
  if (trace === null || columns === undefined || trace.tasks > MOST_TASKS) return trace;
  const unitMs = unitMsOf(trace.wallMs);
  const data = gzipSync(packTasks(columns, unitMs)).toString('base64');
  return { ...trace, all: { tasks: trace.tasks, unitMs, data } };
}
