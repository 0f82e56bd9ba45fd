import { TRIAL_OVERHEAD_MS } from '../analysis/expected.js';
import type { Learned } from '../measure/session.js';
import { FORKS_FOR_LONGER, forkStartMs } from '../measure/warm-costs.js';
import { AMPLE_CPU_MS } from '../measure/warm-plan.js';
import { COLD_TRIAL_MS, type Scenario, type TunePoint, type WarmUp } from '../schema/index.js';
import { tasksForObjective } from '../stats/objective-samples.js';
import { ROUNDS, USUAL_RULES } from './decide.js';

/** What the forks of a tune take. */
export interface Effort {
  readonly trialMs: number;
  /** Of the confirmation: longer where an objective needs more tasks for its percentile. */
  readonly confirmTrialMs: number;
  /** Of such a trial; null where its length is no number of tasks. */
  readonly confirmTasks: number | null;
  /** What a trial takes beside that: a lead-in, and its last tasks. */
  readonly aroundMs: number;
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
    aroundMs: TRIAL_OVERHEAD_MS + 2 * (learned?.alone?.serviceMs ?? 0),
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
  const needed = Math.max(tasks!, tasksForObjective(slo, ROUNDS));
  const trialMs = (needed / load.perSecond) * 1_000;
  return trialMs * USUAL_CONFIRM_TRIALS <= MOST_OVER_BUDGET * budgetMs ? needed : tasks;
}

/** Of the budget, for the screen. */
const SCREEN_SHARE = 0.4;
const FEWEST_SCREENED = 6;

/** Points that there is time for in a screen of two rounds. */
export function mostScreened({ trialMs, aroundMs }: Effort, budgetMs: number): number {
  const perPointMs = 2 * (trialMs + aroundMs);
  return Math.max(FEWEST_SCREENED, Math.floor((SCREEN_SHARE * budgetMs) / perPointMs));
}

/** Six forks of three finalists, each with a cold trial before its rounds. */
const USUAL_CONFIRM_TRIALS = USUAL_RULES.confirmForks * 3 * (ROUNDS + 1);
/** A confirmation may take that much longer than the budget, for an objective that could not be judged otherwise. */
const MOST_OVER_BUDGET = 1.5;
/** Of the budget, at most, for a confirmation that is longer than others because of its objective: or nothing would be searched. */
const CONFIRM_SHARE = 0.5;

/** What is kept of the budget to confirm these in so many fresh forks, ms. */
export function keptForConfirmMs(
  finalists: readonly TunePoint[],
  effort: Effort,
  { budgetMs, ...setting }: ConfirmSetting & { readonly budgetMs: number },
): number {
  const usualMs = confirmMs(finalists, { ...effort, confirmTrialMs: effort.trialMs }, setting);
  return Math.max(usualMs, Math.min(confirmMs(finalists, effort, setting), CONFIRM_SHARE * budgetMs));
}

interface ConfirmSetting {
  readonly forks: number;
  readonly cores: number;
}

/** What it takes to confirm these, ms: one fork is warmed twice as long, and a trial of each is recorded in hosts of its own. */
export function confirmMs(
  finalists: readonly TunePoint[],
  { confirmTrialMs: trialMs, ...effort }: Effort,
  { forks, cores }: ConfirmSetting,
): number {
  if (forks === 0) return 0;
  const hosts = finalists.map(hostOf);
  const warmMs = warmUpMsOf(hosts, { ...effort, trialMs }, cores);
  const longerMs = forks >= FORKS_FOR_LONGER ? warmMs : 0;
  const recordedMs = forkStartMs(hosts) + warmMs + finalists.length * (trialMs + effort.aroundMs);
  return (
    forks * forkMs(finalists, { ...effort, trialMs }, { cores, sharesHosts: false }) + longerMs + recordedMs
  );
}

/** What a fork of these takes, ms: a cold trial of each host, what warms it, and the rounds. */
export function forkMs(
  points: readonly TunePoint[],
  effort: Omit<Effort, 'confirmTrialMs'>,
  { cores, sharesHosts = true }: { readonly cores: number; readonly sharesHosts?: boolean },
): number {
  const { trialMs, aroundMs, warmUp } = effort;
  // Those that differ in nothing but what is in flight share a host.
  const series = sharesHosts ? [...new Map(points.map(point => [seriesOf(point), point])).values()] : points;
  const hosts = series.map(hostOf);
  const coldMs = hosts.length * (coldTrialMs(trialMs) + aroundMs);
  const rounds = warmUp.kind === 'none' ? 0 : ROUNDS;
  const trialsMs = points.length * rounds * (trialMs + aroundMs);
  return forkStartMs(hosts) + coldMs + warmUpMsOf(hosts, effort, cores) + trialsMs;
}

type HostSize = Pick<TunePoint, 'workers'> & { readonly threads: number };

function hostOf({ workers }: TunePoint): HostSize {
  return { workers, threads: Math.max(1, workers) };
}

function coldTrialMs(trialMs: number): number {
  return Math.min(trialMs, COLD_TRIAL_MS);
}

/** Side by side where it is CPU time; by time one after the other, what the cold trial took being a part of it. */
function warmUpMsOf(
  hosts: readonly HostSize[],
  { warmUp, warmUpMs, trialMs }: Pick<Effort, 'warmUp' | 'warmUpMs' | 'trialMs'>,
  cores: number,
): number {
  if (warmUp.kind === 'none') return 0;
  if (warmUp.kind === 'time') return hosts.length * Math.max(0, warmUp.ms - coldTrialMs(trialMs));
  const isolates = hosts.reduce((sum, { threads }) => sum + threads, 0);
  const cpuMs = warmUp.kind === 'cpu' ? warmUp.msPerWorker : warmUpMs;
  return (cpuMs * isolates) / Math.max(1, Math.min(cores, isolates));
}

function seriesOf({ executor, workers, setting, uvThreads }: TunePoint): string {
  return JSON.stringify([executor, workers, setting, uvThreads]);
}
