import type { Finding, Measurement, Scenario, ScenarioResult } from '../../schema/index.js';
import { FORKS_FOR_INTERVAL, USUAL_FORKS } from '../../stats/comparison.js';
import { tQuantile } from '../../stats/student-t.js';
import { forksOf, isMeasured, isPool, type Pair, pairOf, WORTHWHILE } from '../pairs.js';
import type { Conclusion } from '../words/conclusion.js';
import { halfWidthLog } from '../words/decision.js';
import { loadOf } from '../words/load.js';

/** What to measure a scenario with so that its verdict says more; null: as before. */
export interface Remedy {
  readonly budgetMs: number | null;
  /** Where the budget alone would not bring so many. */
  readonly forks: number | null;
  readonly tasks: number | null;
  /** Of a trial. */
  readonly durationMs: number | null;
  /** Tasks that each worker runs before its trials count. */
  readonly warmupTasks: number | null;
  /** Or how long each executor runs, where that is what was set. */
  readonly warmupMs: number | null;
}

export const NO_REMEDY: Remedy = {
  budgetMs: null,
  forks: null,
  tasks: null,
  durationMs: null,
  warmupTasks: null,
  warmupMs: null,
};

/** Forks are not all as long as the middle one. */
const ROOM = 1.2;
/** People's budgets. */
const BUDGET_STEP_MS = 5_000;

/**
 * What would do, from what was seen: as many forks as make the interval narrow enough, trials as long as the figures
 * need, and the time that both take. Pure.
 */
export function remedyOf(result: ScenarioResult, conclusion: Conclusion): Remedy {
  const { medianForkMs, steadiness } = result;
  if (isUnfinished(result)) return NO_REMEDY;
  // Whatever else is the matter, it is so in code that nobody asked about.
  if (steadiness.state === 'not warm') return { ...NO_REMEDY, budgetMs: steadiness.budgetMs };
  const longer = longerWarmUp(result);
  if (longer !== null)
    return { ...NO_REMEDY, ...longer, budgetMs: roundedUp(result.elapsedMs * LONGER_WARM_UP) };
  const { factor, ...trials } = trialsNeeded(result);
  const done = forksOf(result);
  const forks = Math.max(forksNeeded(result, conclusion, factor) ?? 0, done < USUAL_FORKS ? USUAL_FORKS : 0);
  const warm = budgetForWarmTrials(result);
  if (factor === 1 && forks <= done && warm === 0) return NO_REMEDY;
  if (medianForkMs === null) return { ...NO_REMEDY, ...trials };
  const enough = Math.max(forks, Math.min(done, result.scenario.measurement.maxForks), USUAL_FORKS);
  const before = Math.max(0, result.elapsedMs - done * medianForkMs);
  const spentMs = before + enough * medianForkMs * factor * ROOM;
  return {
    ...NO_REMEDY,
    ...trials,
    budgetMs: roundedUp(Math.max(spentMs, warm)),
    forks: isFixed(result, enough) ? enough : null,
  };
}

/** More of the same says nothing more. */
export function isUnfinished({ stoppedBy, validity }: ScenarioResult): boolean {
  return validity === 'INVALID' || stoppedBy === 'interrupted' || stoppedBy === 'lost';
}

/** More than the stopping rule runs, fewer than were asked for, or rounds that a longer budget would take for itself. */
function isFixed({ executors, scenario: { measurement } }: ScenarioResult, forks: number): boolean {
  if (measurement.forks !== null) return forks !== measurement.forks;
  const cut = executors.some(
    executor => isMeasured(executor) && executor.rounds < executor.forks * measurement.rounds,
  );
  return forks > measurement.maxForks || (cut && forks > USUAL_FORKS);
}

/** A budget that people would write. */
export function roundedUp(ms: number): number {
  const step = ms > 120_000 ? 60_000 : BUDGET_STEP_MS;
  return Math.ceil(ms / step) * step;
}

// ---------------------------------------------------------------- precision

/** Past this a command that nobody waits for is no help: then as many as show that the difference is no large one. */
const MOST_FORKS = 60;
/** The estimate that it is computed from is itself one of a few forks. */
const SAFETY = 0.8;
/** From here on "no difference shown" says something. */
const TOLERABLE = Math.log(1.1) * 0.9;

/**
 * So that the verdict is decided as the ratio stands now; null: it is decided, or cannot be.
 *
 * @param factor how many times as long trials will be: their noise averages out
 */
function forksNeeded(result: ScenarioResult, { kind, about }: Conclusion, factor: number): number | null {
  const [first, second] = about;
  if (first === undefined || second === undefined) return null;
  if (kind === 'too few forks') return USUAL_FORKS;
  const pair = pairOf(result, second.variant.id, first.variant.id);
  if (pair === null || pair.forks < FORKS_FOR_INTERVAL) return null;
  const seen = widest(result, first.variant.id, pair);
  if (seen === null) return null;
  const { measurement } = result.scenario;
  const now = { halfWidth: seen / Math.sqrt(factor), forks: pair.forks, measurement };
  const wanted = Math.log1p(measurement.precision);
  // As wide as it is did not do, whatever the ratio looks like.
  const narrower = (halfWidth: number) => Math.min(halfWidth, seen * SAFETY);
  const isLoopAgainstPool = isPool(first) !== isPool(second);
  if (kind === 'no difference') {
    return isLoopAgainstPool && now.halfWidth > wanted
      ? forksFor(now, narrower(deciding(pair.ratio, wanted)))
      : null;
  }
  if (kind !== 'not precise') return null;
  const decided = forksFor(now, narrower(isLoopAgainstPool ? deciding(pair.ratio, wanted) : TOLERABLE));
  return decided <= MOST_FORKS ? decided : forksFor(now, TOLERABLE);
}

/** Half-width that excludes either nothing or a gain worth having, should the ratio be what it looks like. */
function deciding(ratio: number, wanted: number): number {
  const center = Math.log(ratio);
  const worthwhile = Math.log(WORTHWHILE);
  const least = Math.max(0, center, worthwhile - center);
  return Math.max(wanted, least * SAFETY);
}

function widest({ comparisons }: ScenarioResult, leader: string, pair: Pair): number | null {
  const own = halfWidthLog(pair);
  if (own === null) return null;
  const tied = comparisons.filter(
    ({ executor, baseline, significant, low }) =>
      !significant && low !== null && (executor === leader || baseline === leader),
  );
  return Math.max(own, ...tied.map(({ low, high }) => Math.log(high! / low!) / 2));
}

interface Now {
  readonly halfWidth: number;
  readonly forks: number;
  readonly measurement: Measurement;
}

/** The fewest forks whose interval is as narrow as that, by Student's t, should forks differ as they did. */
function forksFor({ halfWidth, forks, measurement }: Now, wanted: number): number {
  const quantile = (number: number, isFixedBefore: boolean) =>
    tQuantile(isFixedBefore ? 0.975 : 0.985, number - 1);
  const spread = (halfWidth * Math.sqrt(forks)) / quantile(forks, measurement.forks !== null);
  for (let number = USUAL_FORKS; number < MOST_TRIED; number++) {
    const isFixedBefore = number > measurement.maxForks || measurement.forks !== null;
    if ((quantile(number, isFixedBefore) * spread) / Math.sqrt(number) <= wanted) return number;
  }
  return MOST_TRIED;
}

/** Of --forks. */
const MOST_TRIED = 1_000;

// ---------------------------------------------------------------- warming up

const LONGER_WARM_UP = 2;

/** So that it shows whether the code, or its workers, were not yet at their speed; null: they look as if they were. */
function longerWarmUp(result: ScenarioResult): Partial<Remedy> | null {
  const { findings, steadiness, scenario } = result;
  if (!findings.some(({ code }) => code === 'still-warming' || code === 'dear-workers')) return null;
  const { warmup } = scenario.measurement;
  if (warmup.kind === 'time') return { warmupMs: LONGER_WARM_UP * warmup.ms };
  const had = steadiness.hadTasks ?? steadiness.neededTasks;
  return had === null ? null : { warmupTasks: LONGER_WARM_UP * had };
}

// ---------------------------------------------------------------- trials

interface Trials extends Pick<Remedy, 'tasks' | 'durationMs'> {
  /** How many times as long a fork is with them; 1: they are long enough. */
  readonly factor: number;
}

/** More than just enough: trials and clocks differ. */
const MARGIN = 1.5;
/** Times as long, so that what goes on within a fork has ended. */
const SETTLED = 4;

function trialsNeeded({ scenario, findings }: ScenarioResult): Trials {
  // Several numbers of tasks are what is compared.
  const isGiven = scenario.axis?.name === 'tasks';
  const factor = isGiven ? 1 : Math.max(...findings.map(finding => timesAsLong(finding, scenario)), 1);
  if (factor === 1) return { tasks: null, durationMs: null, factor };
  const { batchTasks, durationMs } = loadOf(scenario);
  if (durationMs === null) return { tasks: Math.ceil(batchTasks! * factor), durationMs, factor };
  return { tasks: null, durationMs: Math.ceil((durationMs * factor) / 1_000) * 1_000, factor };
}

/** How many times as long trials must be for a finding to go away; 0: their length has nothing to do with it. */
function timesAsLong({ code, values }: Finding, { tasks, measurement }: Scenario): number {
  switch (code) {
    case 'too-few-tasks':
      return (values.needed / values.tasks) * MARGIN;
    case 'too-few-for-p99':
      return (values.neededInFork / (tasks! * measurement.rounds)) * MARGIN;
    case 'short-trials':
      return ((values.steps * values.clockStepNs) / (values.trialMs * 1e6)) * MARGIN;
    case 'drift':
      return SETTLED;
    default:
      return 0;
  }
}

/** One warm round may take this share of a fork's part of the budget. */
const ONCE_SHARE = 1 / 3;

/** So that those of which only cold trials could be afforded have warm ones; 0: there are none of these, or nobody was to be warm. */
function budgetForWarmTrials({ executors, scenario, steadiness: { state } }: ScenarioResult): number {
  const { forks, minForks } = scenario.measurement;
  if (state !== 'steady' && state !== 'as asked') return 0;
  const walls = executors.filter(({ coldOnly }) => coldOnly).map(({ coldWallMs }) => coldWallMs ?? 0);
  return walls.length === 0 ? 0 : (Math.max(...walls) / ONCE_SHARE) * (forks ?? minForks + 1) * ROOM;
}
