import type { Load, Scenario } from '../../schema/index.js';
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

type Strategies = {
  readonly [Kind in Load['kind']]: (
    load: Extract<Load, { readonly kind: Kind }>,
    tasks: number,
  ) => ReportedLoad;
};

const STRATEGIES: Strategies = {
  batch: (_, tasks) => ({
    compares: 'throughput',
    batchTasks: tasks,
    perSecond: null,
    durationMs: null,
    workText: (workload, of) => `${count(tasks)} ${workload} ${tasks === 1 ? 'task' : 'tasks'}${of}`,
  }),
  duration: ({ durationMs }) => ({
    compares: 'throughput',
    batchTasks: null,
    perSecond: null,
    durationMs,
    workText: (workload, of) => `${workload} tasks${of} for ${duration(durationMs)}`,
  }),
  rate: ({ perSecond, arrivals }, tasks) => {
    const durationMs = (tasks / perSecond) * 1_000;
    const how = arrivals === 'poisson' ? ' (Poisson)' : '';
    return {
      compares: 'latency',
      batchTasks: null,
      perSecond,
      durationMs,
      workText: (workload, of) =>
        `${rateText(perSecond)}${how} for ${duration(durationMs)}, ${workload} tasks${of}`,
    };
  },
};

export function loadOf({ load, tasks }: Pick<Scenario, 'load' | 'tasks'>): ReportedLoad {
  const strategy = STRATEGIES[load.kind] as (load: Load, tasks: number) => ReportedLoad;
  return strategy(load, tasks ?? 0);
}
