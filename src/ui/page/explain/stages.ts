import { TASK_OUTCOMES, type TaskTable } from '../../../stats/packed-tasks.js';
import type { RaceResult } from '../../protocol.js';

/** What happens to a task, one after the other. */
export type StageName = 'queue' | 'computing' | 'waiting' | 'delivery';

/** The mean of a trial's tasks, in ms. */
export type Stages = Readonly<Record<StageName, number>>;

const COMPLETED = TASK_OUTCOMES.indexOf('completed');

/**
 * How long tasks were in each stage. What lies between start and end is split as a task alone has it: computing takes as long as
 * it takes alone, all else is waiting: for an answer, or for a turn.
 */
export function stagesOf(table: TaskTable, task: RaceResult['task']): Stages | null {
  let [tasks, queue, ran, delivery] = [0, 0, 0, 0];
  for (let at = 0; at < table.outcome.length; at++) {
    if (table.outcome[at] !== COMPLETED) continue;
    tasks++;
    queue += Math.max(0, table.startedMs[at]! - table.queuedMs[at]!);
    ran += table.finishedMs[at]! - table.startedMs[at]!;
    delivery += Math.max(0, (table.deliveredMs[at]! || table.finishedMs[at]!) - table.finishedMs[at]!);
  }
  if (tasks === 0) return null;
  const held = Math.min(ran / tasks, (task?.computesMs ?? 0) + (task?.blocksMs ?? 0));
  return {
    queue: queue / tasks,
    computing: held,
    waiting: ran / tasks - held,
    delivery: delivery / tasks,
  };
}

/** Where most of a task's time went. */
export function longestStage(stages: Stages): StageName {
  const names = Object.keys(stages) as StageName[];
  return names.reduce((longest, name) => (stages[name] > stages[longest] ? name : longest));
}
