import { UsageError } from '../errors.js';
import { COLD_TRIAL_MS, type Measurement, type WarmUp } from '../schema/index.js';
import { DEFAULTS } from '../settings/defaults.js';
import { SAMPLES_FOR_P99 } from '../stats/quantile.js';
import type { ScenarioDraft } from './draft.js';
import type { PlannedLoad } from './planned-load.js';

export const DEFAULT_MEASUREMENT: Measurement = {
  forks: null,
  minForks: DEFAULTS.minForks,
  maxForks: DEFAULTS.maxForks,
  rounds: DEFAULTS.rounds,
  precision: DEFAULTS.precision,
  budgetMs: DEFAULTS.budgetMs,
  mostBudgetMs: DEFAULTS.budgetMs,
  warmup: { kind: 'auto' },
  equivalence: null,
};

/** @param alternatives versions or values that the executors run, each */
export function measurementOf(
  { name, settings }: ScenarioDraft,
  load: PlannedLoad,
  executors: number,
  alternatives: number,
): Measurement {
  const { forks, rounds, warmup, equivalence } = { ...DEFAULT_MEASUREMENT, ...settings };
  const minForks = settings.minForks ?? Math.min(DEFAULT_MEASUREMENT.minForks, settings.maxForks ?? Infinity);
  const maxForks = settings.maxForks ?? Math.max(DEFAULT_MEASUREMENT.maxForks, minForks);
  if (minForks > maxForks) {
    const expected = `at most maxForks, ${maxForks}`;
    throw new UsageError(`scenario ${name}: minForks`, expected, String(minForks), 'Raise maxForks.');
  }
  // Each has a pilot and warms code of its own, as a scenario does.
  const usual = alternatives * defaultBudgetMs(load, executors / alternatives, rounds, warmup);
  const { budgetMs = usual } = settings;
  return {
    forks,
    minForks,
    maxForks,
    rounds,
    // An interval that is wider than that can hardly lie within the share.
    precision: settings.precision ?? (equivalence === null ? DEFAULT_MEASUREMENT.precision : equivalence / 2),
    budgetMs,
    mostBudgetMs: settings.budgetMs ?? Math.max(usual, alternatives * DEFAULTS.mostBudgetMs),
    warmup,
    equivalence,
  };
}

/** Fewest rounds that a fork has room for in the default budget of a load that says how long its trials are. */
const BUDGETED_ROUNDS = 2;
const BUDGETED_FORKS = 6;
/** Processes, and what trials take beside their time. */
const START_MS = 1_000;

/**
 * Room for the fewest forks that stopping takes, and one more; in each for two rounds, or for as many as p99 needs if
 * they are not more than are asked for.
 */
function defaultBudgetMs(
  { trialMs, tasks }: PlannedLoad,
  executors: number,
  rounds: number,
  warmup: WarmUp,
): number {
  const warmUpMs = warmup.kind === 'time' ? warmup.ms : 0;
  if (trialMs === 0) return DEFAULTS.budgetMs + BUDGETED_FORKS * executors * warmUpMs;
  const forP99 = tasks === null ? 0 : Math.ceil(SAMPLES_FOR_P99 / tasks);
  const budgeted = Math.min(rounds, Math.max(BUDGETED_ROUNDS, forP99));
  const forkMs = executors * (Math.min(trialMs, COLD_TRIAL_MS) + warmUpMs + budgeted * trialMs + START_MS);
  return Math.max(DEFAULTS.budgetMs, BUDGETED_FORKS * forkMs);
}
