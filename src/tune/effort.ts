import { TRIAL_OVERHEAD_MS } from '../analysis/expected.js';
import type { Learned } from '../measure/session.js';
import { forkStartMs } from '../measure/warm-costs.js';
import { AMPLE_CPU_MS } from '../measure/warm-plan.js';
import type { Scenario, TunePoint, WarmUp } from '../schema/index.js';
import { tasksForObjective } from '../stats/objective-samples.js';
import { USUAL_RULES } from './decide.js';

/** What the forks of a tune take. */
export interface Effort {
  readonly trialMs: number;
  /** Of the confirmation: longer where an objective needs more tasks for its percentile. */
  readonly confirmTrialMs: number;
  /** Of such a trial; null where its length is no number of tasks. */
  readonly confirmTasks: number | null;
  /** CPU time that each isolate is given. */
  readonly warmUpMs: number;
  /** What the pilot found that isolates need, unless something else was asked for. */
  readonly warmUp: WarmUp;
}

/** A trial has so many of a task's times in it, within these limits, ms. */
const TASKS_DEEP = 25;
const SHORTEST_TRIAL_MS = 250;
const LONGEST_TRIAL_MS = 2_000;
const WARM_UP_SHARE = 1 / 40;
/** Connections are opened, and code that waits most of its time is fast enough. */
const WAITING_WARM_UP_MS = 150;

/** @param learned null: nothing is known yet */
export function effortOf(scenario: Scenario, learned: Learned | null, budgetMs: number): Effort {
  const pilot = learned?.pilot ?? null;
  // As far as the budget has room for that in every fork.
  const warmUpMs = Math.min(pilot?.settling.need.cpuMs ?? 0, AMPLE_CPU_MS, budgetMs * WARM_UP_SHARE);
  const asked = scenario.measurement.warmup;
  const found: WarmUp =
    pilot === null || pilot.waits
      ? { kind: 'time', ms: WAITING_WARM_UP_MS }
      : { kind: 'cpu', msPerWorker: warmUpMs };
  const trialMs = trialMsOf(scenario, learned);
  const confirmTasks = confirmTasksOf(scenario, budgetMs);
  const longer = confirmTasks === null || scenario.tasks === null ? 1 : confirmTasks / scenario.tasks;
  return {
    trialMs,
    confirmTrialMs: trialMs * longer,
    confirmTasks,
    warmUpMs,
    warmUp: asked.kind === 'auto' ? found : asked,
  };
}

/** Long enough that what is cut off at the end is little. */
function trialMsOf({ load, tasks }: Scenario, learned: Learned | null): number {
  if (load.kind === 'rate') return (tasks! / load.perSecond) * 1_000;
  const serviceMs = learned?.alone?.serviceMs ?? 0;
  return Math.min(LONGEST_TRIAL_MS, Math.max(SHORTEST_TRIAL_MS, TASKS_DEEP * serviceMs));
}

/** As many as the percentiles of its objective need, unless that takes far more time than there is: fewer would tell as little. */
function confirmTasksOf({ load, slo, tasks }: Scenario, budgetMs: number): number | null {
  if (load.kind !== 'rate') return tasks;
  const needed = Math.max(tasks!, tasksForObjective(slo, CONFIRM_ROUNDS));
  const trialMs = (needed / load.perSecond) * 1_000;
  return trialMs * USUAL_CONFIRM_TRIALS <= MOST_OVER_BUDGET * budgetMs ? needed : tasks;
}

/** Of the budget, for the screen. */
const SCREEN_SHARE = 0.4;
const FEWEST_SCREENED = 6;

/** Points that there is time for in a screen of two rounds. */
export function mostScreened({ trialMs }: Effort, budgetMs: number): number {
  const perPointMs = 2 * (trialMs + TRIAL_OVERHEAD_MS);
  return Math.max(FEWEST_SCREENED, Math.floor((SCREEN_SHARE * budgetMs) / perPointMs));
}

const CONFIRM_ROUNDS = 2;
/** Six forks of three finalists, each with a cold trial before its rounds. */
const USUAL_CONFIRM_TRIALS = USUAL_RULES.confirmForks * 3 * (CONFIRM_ROUNDS + 1);
/** A confirmation may take that much longer than the budget, for an objective that could not be judged otherwise. */
const MOST_OVER_BUDGET = 1.5;
/** Its cold one too. */
const CONFIRM_TRIALS = CONFIRM_ROUNDS + 1;
/** Of the budget, at most, for a confirmation that is longer than others because of its objective: or nothing would be searched. */
const CONFIRM_SHARE = 0.5;

/** What is kept of the budget to confirm these in so many fresh forks, ms. */
export function confirmMs(
  finalists: readonly TunePoint[],
  effort: Effort,
  { forks, cores, budgetMs }: { readonly forks: number; readonly cores: number; readonly budgetMs: number },
): number {
  const ms = (trialMs: number) =>
    forks * forkMs(finalists, { ...effort, trialMs }, { rounds: CONFIRM_TRIALS, cores });
  return Math.max(ms(effort.trialMs), Math.min(ms(effort.confirmTrialMs), CONFIRM_SHARE * budgetMs));
}

/** What a fork of these takes: those that differ in nothing but what is in flight share a host. */
export function forkMs(
  points: readonly TunePoint[],
  { trialMs, warmUpMs }: Pick<Effort, 'trialMs' | 'warmUpMs'>,
  { rounds, cores }: { readonly rounds: number; readonly cores: number },
): number {
  const hosts = [...new Map(points.map(point => [seriesOf(point), point])).values()].map(({ workers }) => ({
    threads: Math.max(1, workers),
  }));
  const isolates = hosts.reduce((sum, { threads }) => sum + threads, 0);
  const trialsMs = points.length * rounds * (trialMs + TRIAL_OVERHEAD_MS);
  return forkStartMs(hosts) + (warmUpMs * isolates) / cores + trialsMs;
}

function seriesOf({ executor, workers, setting, uvThreads }: TunePoint): string {
  return JSON.stringify([executor, workers, setting, uvThreads]);
}
