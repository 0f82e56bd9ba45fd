import { roundValues } from '../measure/trial-value.js';
import {
  type ExecutorVariant,
  MOST_RECORDED_TASKS,
  type Scenario,
  type ScenarioResult,
  type TuneFork,
  type TuneLimits,
  type TunePhase,
} from '../schema/index.js';
import type { Effort } from './effort.js';
import { isUnfit, isUnmet } from './limits.js';

/** What is measured next, in fresh processes. */
export interface Step {
  readonly phase: TunePhase;
  readonly executors: readonly ExecutorVariant[];
  readonly rounds: number;
  readonly forks: number;
}

const CONFIRMED = 'CONFIRMED';
/** A search looks at its own clock. */
const NO_BUDGET_MS = 24 * 3_600_000;

/** The scenario that is tuned as a step runs it. */
export function scenarioOfStep(
  scenario: Scenario,
  { phase, executors, rounds, forks }: Step,
  { trialMs, confirmTasks, warmUp }: Effort,
): Scenario {
  const loop = executors.find(({ capabilities }) => !capabilities.workers) ?? executors[0]!;
  return {
    ...scenario,
    id: phase === 'confirm' ? scenario.id : `${scenario.id} ${phase}`,
    // What is confirmed has the samples that its objective needs.
    tasks: phase === 'confirm' ? confirmTasks : scenario.tasks,
    load: scenario.load.kind === 'duration' ? { kind: 'duration', durationMs: trialMs } : scenario.load,
    title: CONFIRMED,
    executors,
    baseline: loop.id,
    inFlight: Math.max(...executors.map(({ inFlight }) => inFlight)),
    sharesHosts: phase !== 'confirm',
    ...(phase === 'confirm' && isRecorded(scenario, confirmTasks)
      ? { recorded: executors.map(({ id }) => id) }
      : {}),
    measurement: {
      ...scenario.measurement,
      forks,
      rounds,
      budgetMs: NO_BUDGET_MS,
      mostBudgetMs: NO_BUDGET_MS,
      warmup: warmUp,
    },
  };
}

/** A trial of each finalist, for its page: what is recommended is one of them, and so is the best loop. */
function isRecorded({ remote }: Scenario, tasks: number | null): boolean {
  // Another machine is sent what figures are made of, and no more.
  return remote === undefined && (tasks ?? 0) <= MOST_RECORDED_TASKS;
}

/** What each of its forks has measured. */
export function forksOfStep(phase: TunePhase, result: ScenarioResult, limits: TuneLimits): TuneFork[] {
  const { executors, scenario } = result;
  const unfit = executors.filter(one => isUnfit(one, limits)).map(({ variant }) => variant.id);
  const unmet = executors.filter(one => isUnmet(one, scenario)).map(({ variant }) => variant.id);
  const judged = phase === 'confirm' && scenario.load.kind === 'rate' ? { unmet } : {};
  return Array.from({ length: scenario.measurement.forks! }, (_, fork) => {
    const logs = executors.map(one => [one.variant.id, roundValues(one, scenario, fork)] as const);
    return { phase, logs: Object.fromEntries(logs), unfit, ...judged };
  });
}

/**
 * What the only fork of a step has measured that was ended before it was done. Of a race all points, or they would be out
 * of it; null: nothing to go on with.
 */
export function partOfStep(phase: TunePhase, result: ScenarioResult, limits: TuneLimits): TuneFork | null {
  const [fork] = forksOfStep(phase, result, limits);
  const isLost = (id: string) =>
    result.executors.some(
      ({ variant, trials }) => variant.id === id && trials.some(({ state }) => state === 'lost'),
    );
  const left = Object.keys(fork!.logs).filter(
    id => fork!.logs[id]!.every(log => log === null) && !isLost(id),
  );
  const logs = Object.fromEntries(Object.entries(fork!.logs).filter(([id]) => !left.includes(id)));
  if (Object.keys(logs).length === 0 || (phase === 'race' && left.length > 0)) return null;
  return { ...fork!, logs, ...(left.length > 0 && { left }) };
}

/** Trials that were measured. */
export function trialsIn({ logs }: TuneFork): number {
  return Object.values(logs)
    .flat()
    .filter(log => log !== null).length;
}
