import type { Measurement, StopReason } from '../schema/index.js';
import { median } from '../stats/quantile.js';

export interface ForksSoFar {
  readonly measurement: Measurement;
  readonly forksDone: number;
  /** Half-width of the interval of ln(ratio), one for each rival of the baseline; null where there is none yet. */
  readonly halfWidthsLog: readonly (number | null)[];
  /** Spent on this scenario. */
  readonly elapsedMs: number;
  /** Of the forks that are done. */
  readonly forkDurationsMs: readonly number[];
}

/**
 * A fork that completes the fewest may end so much after the budget: on a slow day four of five would be all, and without
 * the fifth their time is lost.
 */
const LATEST = 1.1;

/**
 * Why no other fork is run; null: one is. Asked between forks only: a fork is whole.
 *
 * It looks at the width of the intervals and at time, never at which executor leads, and predicts the next fork's
 * duration from the previous ones (their median) alone: a decision that saw the result would bias it. The first fork
 * always runs. A fixed number of forks is kept whatever the budget.
 */
export function reasonToStop(soFar: ForksSoFar): StopReason | null {
  const { measurement, forksDone } = soFar;
  if (forksDone === 0) return null;
  if (measurement.forks !== null) return forksDone < measurement.forks ? null : 'fixed';
  if (forksDone >= measurement.minForks && isPrecise(soFar)) return 'precision';
  if (forksDone >= measurement.maxForks) return 'max-forks';
  const nextForkMs = median(soFar.forkDurationsMs) ?? 0;
  const latestMs = measurement.budgetMs * (forksDone + 1 === measurement.minForks ? LATEST : 1);
  return soFar.elapsedMs + nextForkMs > latestMs ? 'budget' : null;
}

/** Without rivals there is no ratio to wait for. */
function isPrecise({ halfWidthsLog, measurement }: ForksSoFar): boolean {
  const wanted = Math.log1p(measurement.precision);
  return halfWidthsLog.every(halfWidth => halfWidth !== null && halfWidth <= wanted);
}
