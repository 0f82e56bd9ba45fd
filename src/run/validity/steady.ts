import type { ExecutorResult, MeasuredTrial, Steadiness } from '../../schema/index.js';
import { median } from '../../stats/quantile.js';
import { tQuantile } from '../../stats/student-t.js';
import { LONGER_FORK } from '../warm-plan.js';
import { counted, type Evidence, percent } from './evidence.js';

/** Isolates that were not warm, or that do not look as if they had been. */
export function steadyReasons({ steadiness, executors, machine }: Evidence): string[] {
  const reasons = stateReasons(steadiness);
  if (steadiness.state !== 'steady') return reasons;
  const jumped = executors.filter(executor => isFasterWhenWarmedLonger(executor));
  if (jumped.length > 0)
    reasons.push(
      `still warming: the fork of ${namesOf(jumped)} that was warmed twice as long takes less CPU time a task; --warmup with more tasks shows how much less`,
    );
  return [...reasons, ...dearWorkers(executors, machine.cores)];
}

function stateReasons({ state, neededTasks, hadTasks }: Steadiness): string[] {
  switch (state) {
    case 'not warm':
      return neededTasks === null ? [] : [notWarm(neededTasks, hadTasks ?? 0)];
    case 'no steady state':
      return ['no steady state: the CPU time of a task still changed when the longest pilot ended'];
    default:
      return [];
  }
}

function notWarm(neededTasks: number, hadTasks: number): string {
  const needs = `not warm: an isolate needs about ${neededTasks.toLocaleString('en-US')} tasks`;
  return hadTasks >= neededTasks
    ? `${needs} before its trials count, and the budget has no room for both`
    : `${needs} and had ${hadTasks.toLocaleString('en-US')}`;
}

/** As much as a later jump of V8's has to save to be told from noise. */
const JUMP = 1.1;
const CONFIDENCE = 0.99;
const FEWEST_OTHERS = 3;

/**
 * No rule excludes that code becomes faster later. Where the fork that was warmed twice as long lies outside of what
 * the others let expect (one-sided prediction interval of a t distribution), and by more than a tenth, it did.
 */
function isFasterWhenWarmedLonger(executor: ExecutorResult): boolean {
  const byFork = new Map<number, number[]>();
  for (const { fork, cpuMsPerTask } of counted(executor)) {
    if (cpuMsPerTask === null || cpuMsPerTask <= 0) continue;
    byFork.set(fork, [...(byFork.get(fork) ?? []), Math.log(cpuMsPerTask)]);
  }
  const levels = [...byFork].map(([fork, logs]) => ({ fork, level: median(logs)! }));
  const longer = levels.find(({ fork }) => fork === LONGER_FORK);
  const others = levels.filter(({ fork }) => fork !== LONGER_FORK).map(({ level }) => level);
  if (longer === undefined || others.length < FEWEST_OTHERS) return false;
  const mean = others.reduce((sum, level) => sum + level, 0) / others.length;
  const variance = others.reduce((sum, level) => sum + (level - mean) ** 2, 0) / (others.length - 1);
  const expected = tQuantile(CONFIDENCE, others.length - 1) * Math.sqrt(variance * (1 + 1 / others.length));
  return mean - longer.level > Math.max(Math.log(JUMP), expected);
}

/** More CPU time a task than the loop takes: code in a thread is compiled by itself. */
const DEARER = 1.15;
const COMPUTING = 0.8;

/** Workers that need more CPU time a task than a loop does, where computing decides. What the main thread does is its own. */
function dearWorkers(executors: readonly ExecutorResult[], cores: number): string[] {
  const loops = executors.filter(
    ({ kind, loop }) => kind === 'loop' && (loop?.utilization ?? 0) >= COMPUTING,
  );
  const ofLoop = Math.min(...loops.map(({ cpuMsPerTask }) => cpuMsPerTask ?? Number.POSITIVE_INFINITY));
  if (!Number.isFinite(ofLoop)) return [];
  const dear = executors.flatMap(executor => {
    const busy = (executor.coresUsed ?? 0) >= COMPUTING * Math.min(executor.threads, cores);
    const ofWorker = executor.kind === 'threads' && busy ? cpuMsOfWorkers(counted(executor)) : null;
    return ofWorker !== null && ofWorker > DEARER * ofLoop ? [{ executor, more: ofWorker / ofLoop - 1 }] : [];
  });
  if (dear.length === 0) return [];
  const most = Math.max(...dear.map(({ more }) => more));
  return [
    `dear workers: a task takes up to ${percent(most)} more CPU time in the threads of ${namesOf(dear.map(({ executor }) => executor))} than on the loop: they share caches and cores, or are not as warm; --warmup with more tasks tells which`,
  ];
}

/** Of a task, without what the main thread is busy with. */
function cpuMsOfWorkers(trials: readonly MeasuredTrial[]): number | null {
  const perTask = trials.flatMap(({ cpuMs, wallMs, loop, outcomes }) =>
    outcomes.completed > 0 ? [(cpuMs - loop.utilization * wallMs) / outcomes.completed] : [],
  );
  return median(perTask);
}

function namesOf(executors: readonly ExecutorResult[]): string {
  return executors.map(({ id }) => id).join(', ');
}
