import type { AloneMeasured, Lengths, MeasuredTrial } from '../schema/index.js';
import { medianOfKnown } from '../stats/quantile.js';
import { allCounted, type ExecutorHistory } from './history.js';
import { leastCpuMs, poolMs, type Resources, type TaskProfile, withoutDisprovedPool } from './ideal.js';
import { scaledParts } from './nature.js';

/** What a task alone allows, narrowed by what executors were seen to do. */
export interface Bounds {
  readonly alone: TaskProfile | null;
  readonly resources: Resources;
}

export function boundsOf(
  alone: AloneMeasured | null,
  resources: Resources,
  executors: readonly ExecutorHistory[],
): Bounds {
  if (alone === null) return { alone, resources };
  // What `taskSync` takes is not what `task` does.
  const likes = executors.filter(({ variant }) => !variant.sync);
  const cpuMs = leastCpuMs(
    alone.cpuMs,
    likes.map(executor => typical(executor, trial => trial.cpuMsPerTask)),
  );
  const observed = executors.map(executor => ({
    variant: executor.variant,
    tasksPerSecond: typicalThroughput(executor),
  }));
  // Code is not yet warm when it runs alone.
  const parts = alone.parts && scaledParts(alone.parts, alone.cpuMs > 0 ? cpuMs / alone.cpuMs : 1);
  const known = {
    tasks: alone.tasks,
    // Where it does nothing but compute and block it takes less when it is warm, but never less than it blocks.
    serviceMs: alone.computes ? Math.min(alone.serviceMs, cpuMs + (parts?.blocksMs ?? 0)) : alone.serviceMs,
    cpuMs,
    parts,
    ...(alone.lengths === null ? { lengths: null } : observedLengths(likes, alone.lengths)),
  };
  return { alone: known, resources: withoutDisprovedPool(resources, poolMs(known), observed) };
}

/** Of all tasks of a trial; alone only some are measured. */
function observedLengths(executors: readonly ExecutorHistory[], alone: Lengths) {
  const rounds = lengthsByRound(executors);
  if (rounds.length === 0) return { lengths: alone };
  const typicalOf = (of: (lengths: Lengths) => number) => medianOfKnown(rounds.map(of))!;
  return {
    lengths: { meanMs: typicalOf(({ meanMs }) => meanMs), maxMs: typicalOf(({ maxMs }) => maxMs) },
    lengthsByRound: rounds,
  };
}

/**
 * Of each round in the executor that was the least in its way: all of them met the same tasks. A trial of which some failed
 * says nothing: those count as their time limit.
 */
function lengthsByRound(executors: readonly ExecutorHistory[]): Lengths[] {
  const rounds = new Map<string, Lengths>();
  const trials = executors.flatMap(allCounted);
  for (const trial of trials.filter(({ outcomes }) => outcomes.completed === outcomes.issued)) {
    const { mean, max } = trial.serviceMs;
    if (mean === null || max === null) continue;
    const key = `${trial.fork} ${trial.round}`;
    const least = rounds.get(key);
    rounds.set(key, {
      meanMs: Math.min(mean, least?.meanMs ?? mean),
      maxMs: Math.min(max, least?.maxMs ?? max),
    });
  }
  return [...rounds.values()];
}

export function typicalThroughput(executor: ExecutorHistory): number | null {
  return typical(executor, trial => trial.tasksPerSecond);
}

/** The median over all trials that count; null where none has the figure. */
function typical(executor: ExecutorHistory, of: (trial: MeasuredTrial) => number | null): number | null {
  return medianOfKnown(allCounted(executor).map(of));
}
