import type { Scenario } from '../../schema/index.js';
import { count, duration } from '../format.js';
import { rateText } from './labels.js';

/** What reports have to know of a kind of load; nothing else here asks which kind it is. */
export interface ReportedLoad {
  /** What executors are compared by, and the table is about. */
  readonly compares: 'throughput' | 'latency';
  /** All of them there at the start; null: how many there are follows from a rate or a time. */
  readonly batchTasks: number | null;
  /** At which tasks arrive; null: in-flight is kept full. */
  readonly perSecond: number | null;
  /** How long tasks go on to start; null: until all of a batch have. */
  readonly durationMs: number | null;
  /** `200 http tasks of 51 ms`, `500/s (Poisson) for 2.0 s, http tasks of 51 ms`. @param of ` of 51 ms`, or nothing */
  workText(workload: string, of: string): string;
}

export function loadOf({ load, tasks: planned }: Pick<Scenario, 'load' | 'tasks'>): ReportedLoad {
  const tasks = planned ?? 0;
  const closed = { compares: 'throughput', batchTasks: null, perSecond: null, durationMs: null } as const;
  switch (load.kind) {
    case 'batch':
      return {
        ...closed,
        batchTasks: tasks,
        workText: (workload, of) => `${count(tasks)} ${workload} ${tasks === 1 ? 'task' : 'tasks'}${of}`,
      };
    case 'duration':
      return {
        ...closed,
        durationMs: load.durationMs,
        workText: (workload, of) => `${workload} tasks${of} for ${duration(load.durationMs)}`,
      };
    case 'rate': {
      const { perSecond, arrivals } = load;
      const durationMs = (tasks / perSecond) * 1_000;
      const rate = `${rateText(perSecond)}${arrivals === 'poisson' ? ' (Poisson)' : ''}`;
      return {
        compares: 'latency',
        batchTasks: null,
        perSecond,
        durationMs,
        workText: (workload, of) => `${rate} for ${duration(durationMs)}, ${workload} tasks${of}`,
      };
    }
  }
}
