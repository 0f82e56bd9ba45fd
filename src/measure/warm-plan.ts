import { expectedTrialMs, TRIAL_OVERHEAD_MS } from '../analysis/expected.js';
import { heldMs } from '../analysis/nature.js';
import { LEAST_PILOT_CPU_MS, sumOf, warmCpuMsPerTask } from '../analysis/steady.js';
import type {
  AloneMeasured,
  ExecutorVariant,
  Measurement,
  Scenario,
  Steadiness,
  WarmUpBlock,
} from '../schema/index.js';
import { LONGER_FORK } from '../schema/index.js';
import type { WarmUpAim } from '../trial/warm-up.js';
import type { Pilot } from './pilot.js';

/** What an isolate is given before its trials count. */
export interface IsolateNeed {
  readonly tasks: number;
  readonly cpuMs: number;
  /** Until it no longer changed; null where nobody looked. */
  readonly settledTasks: number | null;
}

/** How the hosts of a fork are warmed. */
export type Warming =
  /** Not at all: cold trials are the only ones. */
  | { readonly kind: 'none' }
  /** One after the other, for so long, the cold trial included. */
  | { readonly kind: 'time'; readonly ms: number }
  /** Side by side, since no clock is read: so many tasks for each worker, or so much CPU time. */
  | { readonly kind: 'need'; readonly need: IsolateNeed; readonly byCpu: boolean };

/** What a scenario does about warming, decided once, before its forks. */
export interface WarmPlan {
  readonly warming: Warming;
  readonly steadiness: Steadiness;
  /** Of the scenario, pilot included. */
  readonly budgetMs: number;
  /** Of a fork; null: as the budget has it. */
  readonly forkBudgetMs: number | null;
}

export interface WarmPlanRequest {
  readonly scenario: Scenario;
  /** Those that are run. */
  readonly executors: readonly ExecutorVariant[];
  readonly alone: AloneMeasured | null;
  /** Null: none was run, or its host was lost. */
  readonly pilot: Pilot | null;
  readonly cores: number;
  /** Spent on the scenario so far, pilot included. */
  readonly elapsedMs: number;
}

/** Where waiting decides, code that is not yet fast changes little: this long is enough to open connections. */
export const WAITING_WARM_UP_MS = 250;
/** Tasks that compute so long are compiled while they run: what counts is CPU time, not their number. */
const LONG_TASK_MS = 200;
const LONG_TASKS_CPU_MS = 5_000;
/** Of code whose pilot was lost, with its process: it computes, and nobody knows how long it takes to its speed. */
const UNKNOWN_NEED: IsolateNeed = { tasks: 0, cpuMs: LONG_TASKS_CPU_MS, settledTasks: null };
/** Bounds are of a cold task, so three times is far enough. */
const WAITING_DECIDES = 3;
/** Forks are not all as long as they are expected to be. */
const ROOM = 1.1;
/** A named budget holds on a slower day too. */
const NAMED_MARGIN = 1.6;
/** No pilot is longer, whatever the budget; and none takes a larger share of it. */
const LONGEST_PILOT_MS = 20_000;
const PILOT_SHARE = 1 / 5;

/** Before anything is known: of a scenario that ends before its forks. */
export function unwarmed(scenario: Scenario): WarmPlan {
  const state = scenario.measurement.warmup.kind === 'none' ? 'cold' : 'not warm';
  return planOf(scenario, { kind: 'none' }, unneeded(state));
}

/** Whether a pilot is worth its time, with its longest duration in ms; null: it is known without one what isolates need. */
export function pilotMs({ scenario, executors, alone, cores }: Omit<WarmPlanRequest, 'pilot' | 'elapsedMs'>) {
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
export function planWarmUp(asked: WarmPlanRequest): WarmPlan {
  const { scenario, alone, pilot } = asked;
  const { warmup } = scenario.measurement;
  switch (warmup.kind) {
    case 'none':
      return unwarmed(scenario);
    case 'time':
      return planOf(scenario, { kind: 'time', ms: warmup.ms }, unneeded('as asked'));
    case 'tasks': {
      const need = { tasks: warmup.tasksPerWorker, cpuMs: 0, settledTasks: null };
      const steadiness = { ...unneeded('as asked'), neededTasks: warmup.tasksPerWorker };
      return planOf(scenario, { kind: 'need', need, byCpu: false }, steadiness);
    }
    case 'auto':
      break;
  }
  if (alone !== null && alone.cpuMs > LONG_TASK_MS) {
    const tasks = Math.ceil(LONG_TASKS_CPU_MS / alone.cpuMs);
    const need = { tasks, cpuMs: LONG_TASKS_CPU_MS, settledTasks: null };
    return affordable(asked, need, 'long tasks');
  }
  if (pilot === null && pilotMs(asked) !== null) return affordable(asked, UNKNOWN_NEED, 'lost pilot');
  if (pilot === null || pilot.waits) {
    const steadiness = { ...unneeded('steady'), by: 'waiting' as const };
    const ms = waitingWarmUpMs(scenario.measurement);
    return planOf(scenario, { kind: 'time', ms }, steadiness);
  }
  return affordable(asked, pilot.settling.need, 'pilot');
}

/** Of a fork's budget, where few forks were asked for in so little time that warming up would eat it. */
const SHARE_OF_FORK = 0.1;

function waitingWarmUpMs({ forks, budgetMs }: Measurement): number {
  return Math.min(
    WAITING_WARM_UP_MS,
    forks === null ? Number.POSITIVE_INFINITY : (SHARE_OF_FORK * budgetMs) / forks,
  );
}

/** Within the budget as it was given. */
function planOf({ measurement: { budgetMs } }: Scenario, warming: Warming, steadiness: Steadiness): WarmPlan {
  return { warming, steadiness, budgetMs, forkBudgetMs: null };
}

function unneeded(state: Steadiness['state']): Steadiness {
  return { state, by: null, neededTasks: null, neededMs: null, hadTasks: null, budgetMs: null };
}

/** Whether the budget, or what it may grow to, has room for forks whose isolates are all given what they need. */
function affordable(
  asked: WarmPlanRequest,
  need: IsolateNeed,
  by: 'pilot' | 'long tasks' | 'lost pilot',
): WarmPlan {
  const { scenario, pilot, elapsedMs } = asked;
  const { budgetMs, mostBudgetMs } = scenario.measurement;
  const known = { by, neededTasks: need.tasks || null, neededMs: need.cpuMs, hadTasks: null };
  const isSettled = by !== 'pilot' || pilot?.settling.settled === true;
  const number = plannedForks(scenario.measurement);
  const { longerMs } = costsOf(asked, need);
  const neededMs = totalMs(asked, need);
  if (isSettled && neededMs <= Math.max(budgetMs, mostBudgetMs)) {
    const grownMs = Math.max(budgetMs, neededMs);
    return {
      warming: { kind: 'need', need, byCpu: by !== 'pilot' },
      steadiness: { ...known, state: 'steady', budgetMs: null },
      budgetMs: grownMs,
      forkBudgetMs: (grownMs - elapsedMs - longerMs) / number,
    };
  }
  const pilotSpentMs = sumOf(pilot?.blocks ?? [], block => block.wallMs);
  if (!isSettled && pilotSpentMs >= LONGEST_PILOT_MS)
    return planOf(scenario, { kind: 'none' }, { ...known, state: 'no steady state', budgetMs: null });
  const namedMs = isSettled ? neededMs : longerPilotNeedsMs(asked, need, pilotSpentMs);
  const anyPilotMs = totalMs(asked, { ...need, cpuMs: Math.max(need.cpuMs, pilot?.settling.mostCpuMs ?? 0) });
  const named = roundedUp(Math.max(namedMs * NAMED_MARGIN, anyPilotMs));
  return planOf(scenario, { kind: 'none' }, { ...known, state: 'not warm', budgetMs: named });
}

/** Of the scenario: what was spent before its forks, and the forks. */
function totalMs(asked: WarmPlanRequest, need: IsolateNeed): number {
  const { forkMs, longerMs } = costsOf(asked, need);
  return asked.elapsedMs + ROOM * (plannedForks(asked.scenario.measurement) * forkMs + longerMs);
}

/** A pilot that was cut short is given twice its time, and what it finds then is taken to be as much more. */
function longerPilotNeedsMs(asked: WarmPlanRequest, need: IsolateNeed, pilotSpentMs: number): number {
  const pilotMs = Math.max(2 * pilotSpentMs, LEAST_PILOT_CPU_MS * ROOM);
  return Math.max(pilotMs / PILOT_SHARE, pilotMs + totalMs(asked, { ...need, cpuMs: need.cpuMs * 2 }));
}

function plannedForks({ forks, minForks }: Measurement): number {
  return forks ?? minForks;
}

/** To 5 s, from a minute on to 10 s. */
function roundedUp(ms: number): number {
  const step = ms <= 60_000 ? 5_000 : 10_000;
  return Math.ceil(ms / step) * step;
}

/** Processes, and each of their workers. */
const HOST_START_MS = 120;
const WORKER_START_MS = 50;
/** A shorter one says little, and runs its batch several times. */
const LEAST_TRIAL_MS = 60;
/** Fewer than were asked for do, where the budget has no room for more: executors that are slow take part in some only. */
const FEWEST_ROUNDS = 2;
/** Code that V8 has not compiled yet, where no pilot has told. */
const USUAL_COLD_FACTOR = 2.5;

/** What a fork takes when all isolates are warmed, and what the one takes longer that is warmed twice as long. */
function costsOf(
  { scenario, executors, alone, pilot, cores }: WarmPlanRequest,
  need: IsolateNeed,
): { readonly forkMs: number; readonly longerMs: number } {
  const rounds = Math.min(scenario.measurement.rounds, FEWEST_ROUNDS);
  const coldFactor = coldFactorOf(pilot?.blocks ?? []);
  const warm = alone && warmed(alone, pilot?.blocks ?? []);
  const trialsMs = executors.map(variant =>
    expectedTrialMs(scenario, variant, warm, { cores, uvThreads: null }),
  );
  const isolates = executors.reduce((sum, { threads }) => sum + threads, 0);
  const warmMs = (need.cpuMs * isolates) / Math.min(cores, isolates);
  const startMs = HOST_START_MS * executors.length + WORKER_START_MS * isolates;
  const coldMs = trialsMs.reduce((sum, ms) => sum + coldFactor * ms + TRIAL_OVERHEAD_MS, 0);
  const roundMs = trialsMs.reduce((sum, ms) => sum + Math.max(ms, LEAST_TRIAL_MS) + TRIAL_OVERHEAD_MS, 0);
  return {
    forkMs: startMs + coldMs + warmMs + rounds * roundMs,
    longerMs: extraForks(scenario.measurement) * warmMs,
  };
}

/** How many times as long as a warm trial a cold one takes. */
function coldFactorOf([first, ...others]: readonly WarmUpBlock[]): number {
  if (first === undefined || others.length === 0 || first.tasks === 0) return USUAL_COLD_FACTOR;
  return Math.max(1, first.cpuMs / first.tasks / warmCpuMsPerTask([first, ...others]));
}

/** A task alone is measured in code that is not yet warm. */
function warmed(alone: AloneMeasured, blocks: readonly WarmUpBlock[]): AloneMeasured {
  const cpuMs = blocks.length === 0 ? alone.cpuMs : Math.min(alone.cpuMs, warmCpuMsPerTask(blocks));
  return { ...alone, cpuMs, serviceMs: alone.computes ? Math.min(alone.serviceMs, cpuMs) : alone.serviceMs };
}

/** Of few forks none can be spared. */
const FORKS_FOR_LONGER = 3;

function extraForks(measurement: Measurement): number {
  return plannedForks(measurement) >= FORKS_FOR_LONGER ? 1 : 0;
}

/** What one host runs in a fork; null: nothing. */
export function aimOf(
  { threads }: Pick<ExecutorVariant, 'threads'>,
  { need, byCpu }: Extract<Warming, { kind: 'need' }>,
  fork: number,
  measurement: Measurement,
): WarmUpAim {
  const times = fork === LONGER_FORK && extraForks(measurement) > 0 ? 2 : 1;
  const cpuMs = times * need.cpuMs * threads;
  return {
    tasksPerWorker: byCpu ? 0 : times * need.tasks,
    cpuMs: byCpu ? cpuMs : 0,
    wallMs: 0,
    // A pool that leaves one of its workers without tasks would go on for ever.
    mostMs: LEAST_LIMIT_MS + LIMIT_FACTOR * cpuMs,
  };
}

const LEAST_LIMIT_MS = 20_000;
const LIMIT_FACTOR = 10;
