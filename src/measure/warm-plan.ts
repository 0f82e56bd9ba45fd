import { heldMs } from '../analysis/nature.js';
import { LEAST_PILOT_CPU_MS, sumOf, type WarmUpNeed } from '../analysis/steady.js';
import type { AloneMeasured, ExecutorVariant, Measurement, Scenario, Steadiness } from '../schema/index.js';
import { forkBudgetOf } from './rounds.js';
import { type BeforeForks, costsOf, hasLongerFork, plannedForks, ROOM, warmMsOf } from './warm-costs.js';

/** How the hosts of a fork are warmed. */
export type Warming =
  /** Not at all: cold trials are the only ones. */
  | { readonly kind: 'none' }
  /** One after the other, for so long, the cold trial included; in the one fork that tells whether that was enough, twice as long. */
  | { readonly kind: 'time'; readonly ms: number; readonly isDoubled?: boolean }
  /** Side by side, since no clock is read: so many tasks for each worker, or so much CPU time. */
  | { readonly kind: 'need'; readonly need: WarmUpNeed; readonly byCpu: boolean };

/** What a scenario does about warming, decided once, before its forks. */
export interface WarmPlan {
  readonly warming: Warming;
  readonly steadiness: Steadiness;
  /** Of the scenario, pilot included. */
  readonly budgetMs: number;
  /** A fork's share of what is left after the pilot. */
  readonly forkBudgetMs: number;
}

/** Where waiting decides, code that is not yet fast changes little: this long is enough to open connections. */
const WAITING_WARM_UP_MS = 250;
/** Tasks that compute so long are compiled while they run: what counts is CPU time, not their number. */
const LONG_TASK_MS = 200;
const LONG_TASKS_CPU_MS = 5_000;
/** Of code whose pilot was lost, with its process: it computes, and nobody knows how long it takes to its speed. */
const UNKNOWN_NEED: WarmUpNeed = { tasks: 0, cpuMs: LONG_TASKS_CPU_MS, settledTasks: null };
/** Bounds are of a cold task, so three times is far enough. */
const WAITING_DECIDES = 3;
/** A named budget holds on a slower day too. */
const NAMED_MARGIN = 1.6;
/** No pilot is longer, whatever the budget; and none takes a larger share of it. */
const LONGEST_PILOT_MS = 20_000;
const PILOT_SHARE = 1 / 5;

/** Before anything is known: of a scenario that ends before its forks. */
export function unwarmed(scenario: Scenario): WarmPlan {
  const state = scenario.measurement.warmup.kind === 'none' ? 'cold' : 'not warm';
  return planOf({ scenario, elapsedMs: 0 }, { kind: 'none' }, unneeded(state));
}

/** Whether a pilot is worth its time, with its longest duration in ms; null: it is known without one what isolates need. */
export function pilotMs({ scenario, executors, alone, cores }: Omit<BeforeForks, 'pilot' | 'elapsedMs'>) {
  const { warmup, mostBudgetMs } = scenario.measurement;
  if (warmup.kind !== 'auto') return null;
  if (alone !== null && (waitingDecides(executors, alone, cores) || alone.cpuMs > LONG_TASK_MS)) return null;
  return Math.min(LONGEST_PILOT_MS, mostBudgetMs * PILOT_SHARE);
}

/** In every executor the cold CPU bound is at least three times the waiting bound. */
function waitingDecides(
  executors: readonly ExecutorVariant[],
  { serviceMs, cpuMs, parts }: AloneMeasured,
  cores: number,
): boolean {
  return executors.every(({ threads: workers, concurrency }) => {
    const computing = Math.min(workers, cores) / cpuMs;
    // Tasks that block wait for their thread too.
    const held = parts != null && parts.blocksMs > 0 ? workers / heldMs(parts) : Number.POSITIVE_INFINITY;
    return computing >= WAITING_DECIDES * Math.min(concurrency / serviceMs, held);
  });
}

/** Pure. */
export function planWarmUp(known: BeforeForks): WarmPlan {
  const { scenario, alone, pilot } = known;
  const { warmup } = scenario.measurement;
  switch (warmup.kind) {
    case 'none':
      return unwarmed(scenario);
    case 'time':
      return planAsked(known, { kind: 'time', ms: warmup.ms, isDoubled: true }, unneeded('as asked'));
    case 'tasks': {
      const need = { tasks: warmup.tasksPerWorker, cpuMs: 0, settledTasks: null };
      const steadiness = { ...unneeded('as asked'), neededTasks: warmup.tasksPerWorker };
      return planAsked(known, { kind: 'need', need, byCpu: false }, steadiness);
    }
    case 'cpu': {
      const need = { tasks: 0, cpuMs: warmup.msPerWorker, settledTasks: null };
      return planAsked(known, { kind: 'need', need, byCpu: true }, unneeded('as asked'));
    }
    case 'auto':
      break;
  }
  if (alone !== null && alone.cpuMs > LONG_TASK_MS) {
    const tasks = Math.ceil(LONG_TASKS_CPU_MS / alone.cpuMs);
    return affordable(known, { tasks, cpuMs: LONG_TASKS_CPU_MS, settledTasks: null }, 'long tasks');
  }
  if (pilot === null && pilotMs(known) !== null) return affordable(known, UNKNOWN_NEED, 'lost pilot');
  if (pilot === null || pilot.waits) {
    const steadiness = { ...unneeded('steady'), by: 'waiting' as const };
    const ms = waitingWarmUpMs(scenario.measurement);
    return planOf(known, { kind: 'time', ms }, steadiness);
  }
  return affordable(known, pilot.settling.need, 'pilot');
}

/** Of a fork's budget, where few forks were asked for in so little time that warming up would eat it. */
const SHARE_OF_FORK = 0.1;

function waitingWarmUpMs({ forks, budgetMs }: Measurement): number {
  if (forks === null) return WAITING_WARM_UP_MS;
  return Math.min(WAITING_WARM_UP_MS, (SHARE_OF_FORK * budgetMs) / forks);
}

/** Within the budget as it was given. */
function planOf(
  { scenario: { measurement }, elapsedMs }: Pick<BeforeForks, 'scenario' | 'elapsedMs'>,
  warming: Warming,
  steadiness: Steadiness,
): WarmPlan {
  const { budgetMs } = measurement;
  const forkBudgetMs = forkBudgetOf({ ...measurement, budgetMs: budgetMs - elapsedMs });
  return { warming, steadiness, budgetMs, forkBudgetMs };
}

/** As it was set by hand: the budget has room for the fork that is warmed twice as long. */
function planAsked(known: BeforeForks, warming: Warming, steadiness: Steadiness): WarmPlan {
  return planOf(
    { ...known, elapsedMs: known.elapsedMs + askedLongerMs(known, warming) },
    warming,
    steadiness,
  );
}

/** At most half of what is left: that fork may take it, not the rounds of all others. */
const MOST_LONGER_SHARE = 1 / 2;

function askedLongerMs(known: BeforeForks, warming: Warming): number {
  const { scenario, executors, alone, elapsedMs } = known;
  const { measurement } = scenario;
  if (!hasLongerFork(measurement) || warming.kind === 'none') return 0;
  const leftMs = Math.max(0, measurement.budgetMs - elapsedMs);
  if (warming.kind === 'time') return Math.min(MOST_LONGER_SHARE * leftMs, warming.ms * executors.length);
  const cpuMs = warming.byCpu ? warming.need.cpuMs : warming.need.tasks * (alone?.cpuMs ?? 0);
  return Math.min(MOST_LONGER_SHARE * leftMs, warmMsOf(known, cpuMs));
}

function unneeded(state: Steadiness['state']): Steadiness {
  return { state, by: null, neededTasks: null, neededMs: null, hadTasks: null, budgetMs: null };
}

/**
 * CPU time that each isolate is given where there is room, ms: V8 goes on for seconds, by less than a pilot can tell from noise.
 * `marked` in two threads became 3 % faster from 0.7 s on, on a loop 1 %.
 */
export const AMPLE_CPU_MS = 2_500;

/** As much more than needed as `mostMs` allows with as many rounds as were asked for, and what all takes then; null: nothing more. */
function ample(known: BeforeForks, need: WarmUpNeed, mostMs: number) {
  const costs = (cpuMs: number) => costsOf(known, { cpuMs }, known.scenario.measurement.rounds);
  const [leastMs, allMs] = [costs(need.cpuMs).totalMs, costs(AMPLE_CPU_MS).totalMs];
  if (need.cpuMs <= 0 || need.cpuMs >= AMPLE_CPU_MS || leastMs >= mostMs) return null;
  const share = Math.min(1, (mostMs - leastMs) / (allMs - leastMs));
  const cpuMs = need.cpuMs + share * (AMPLE_CPU_MS - need.cpuMs);
  const given: WarmUpNeed = { ...need, cpuMs, tasks: Math.ceil((need.tasks * cpuMs) / need.cpuMs) };
  return { given, ...costs(cpuMs) };
}

/** Whether the budget, or what it may grow to, has room for forks whose isolates are all given what they need. */
function affordable(
  known: BeforeForks,
  need: WarmUpNeed,
  by: 'pilot' | 'long tasks' | 'lost pilot',
): WarmPlan {
  const { scenario, pilot, elapsedMs } = known;
  const { budgetMs, mostBudgetMs } = scenario.measurement;
  const steadinessOf = (state: Steadiness['state'], namedMs: number | null): Steadiness => ({
    state,
    by,
    neededTasks: need.tasks || null,
    neededMs: need.cpuMs,
    hadTasks: null,
    budgetMs: namedMs,
  });
  const isSettled = by !== 'pilot' || pilot?.settling.settled === true;
  const least = { given: need, ...costsOf(known, need) };
  const mostMs = Math.max(budgetMs, mostBudgetMs);
  if (isSettled && least.totalMs <= mostMs) {
    const { given, totalMs, longerMs } = ample(known, need, mostMs) ?? least;
    const grownMs = Math.max(budgetMs, totalMs);
    return {
      warming: { kind: 'need', need: given, byCpu: by !== 'pilot' },
      steadiness: steadinessOf('steady', null),
      budgetMs: grownMs,
      forkBudgetMs: (grownMs - elapsedMs - longerMs) / plannedForks(scenario.measurement),
    };
  }
  const pilotSpentMs = sumOf(pilot?.blocks ?? [], 'wallMs');
  if (!isSettled && pilotSpentMs >= LONGEST_PILOT_MS)
    return planOf(known, { kind: 'none' }, steadinessOf('no steady state', null));
  const { neededMs, anyPilotMs } = isSettled
    ? ofThisPilot(known, need)
    : ofLongerPilot(known, need, pilotSpentMs);
  const namedMs = roundedUp(Math.max(neededMs * NAMED_MARGIN, anyPilotMs));
  return planOf(known, { kind: 'none' }, steadinessOf('not warm', namedMs));
}

/** What a scenario takes in all. */
interface Named {
  /** With what is known; with a reserve it is enough. */
  readonly neededMs: number;
  /** With the most that a pilot of that length finds. */
  readonly anyPilotMs: number;
}

function ofThisPilot(known: BeforeForks, need: WarmUpNeed): Named {
  const mostCpuMs = Math.max(need.cpuMs, known.pilot?.settling.mostCpuMs ?? 0);
  const costs = (cpuMs: number) => costsOf(known, { cpuMs }).totalMs;
  return { neededMs: costs(need.cpuMs), anyPilotMs: costs(mostCpuMs) };
}

/** A pilot that was cut short is given twice its time, and what it finds then is taken to be as much more. */
function ofLongerPilot(known: BeforeForks, need: WarmUpNeed, pilotSpentMs: number): Named {
  const longerMs = Math.max(2 * pilotSpentMs, LEAST_PILOT_CPU_MS * ROOM);
  const costs = (cpuMs: number) => longerMs + costsOf(known, { cpuMs }).totalMs;
  return {
    neededMs: Math.max(longerMs / PILOT_SHARE, costs(need.cpuMs * 2)),
    // One that was cut very short says nothing about it. The most is half as much again as the first half of its tasks,
    // which takes two thirds of the time where code starts at half its speed: all of its time.
    anyPilotMs: costs(longerMs),
  };
}

/** To 5 s, from a minute on to 10 s. */
function roundedUp(ms: number): number {
  const step = ms <= 60_000 ? 5_000 : 10_000;
  return Math.ceil(ms / step) * step;
}
