import type { MeasuredTrial, Scenario } from '../schema/index.js';

/** What follows from the way in which tasks come. */
export interface LoadRules {
  /** What a warm trial takes by its load alone, ms; null: as long as its tasks take, and that is a result. */
  readonly plannedTrialMs: number | null;
  readonly compared: 'throughput' | 'latency';
  /** False: a task's latency is its place in the line. */
  readonly hasLatency: boolean;
  /** Threads that release tasks beside those of the executor. */
  readonly pacers: number;
  /** The time that the load does not fix: what a cold trial takes longer than a warm one. */
  timeMs(trial: MeasuredTrial): number | null;
}

export function loadRulesOf({ load, tasks }: Pick<Scenario, 'load' | 'tasks'>): LoadRules {
  const closed = { plannedTrialMs: null, compared: 'throughput', hasLatency: false, pacers: 0 } as const;
  switch (load.kind) {
    case 'batch':
      return { ...closed, timeMs: batchMsOf };
    case 'duration':
      return {
        ...closed,
        plannedTrialMs: load.durationMs,
        hasLatency: true,
        timeMs: trial => 1 / trial.tasksPerSecond,
      };
    case 'rate':
      return {
        plannedTrialMs: (tasks! / load.perSecond) * 1_000,
        compared: 'latency',
        hasLatency: true,
        pacers: 1,
        timeMs: trial => trial.latencyMs.p50,
      };
  }
}

/** What a batch of the trial took: trials may have several. */
export function batchMsOf({ wallMs, batches }: MeasuredTrial): number {
  return wallMs / batches;
}
