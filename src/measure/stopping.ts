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

export type ForkDecision = { readonly run: true } | { readonly run: false; readonly reason: StopReason };

const RUN: ForkDecision = { run: true };

/**
 * Whether another fork is run. Asked between forks only: a fork is whole.
 *
 * It looks at the width of the intervals and at time, never at which executor leads, and predicts the next fork's
 * duration from the previous ones (their median) alone: a decision that saw the result would bias it. The first fork
 * always runs. A fixed number of forks is kept whatever the budget.
 */
export function decideNextFork(soFar: ForksSoFar): ForkDecision {
  const { measurement, forksDone } = soFar;
  if (forksDone === 0) return RUN;
  if (measurement.forks !== null) return forksDone < measurement.forks ? RUN : stop('fixed');
  if (forksDone >= measurement.minForks && isPrecise(soFar)) return stop('precision');
  if (forksDone >= measurement.maxForks) return stop('max-forks');
  const nextForkMs = median(soFar.forkDurationsMs) ?? 0;
  return soFar.elapsedMs + nextForkMs > measurement.budgetMs ? stop('budget') : RUN;
}

/** Without rivals there is no ratio to wait for. */
function isPrecise({ halfWidthsLog, measurement }: ForksSoFar): boolean {
  const wanted = Math.log1p(measurement.precision);
  return halfWidthsLog.every(halfWidth => halfWidth !== null && halfWidth <= wanted);
}

function stop(reason: StopReason): ForkDecision {
  return { run: false, reason };
}
