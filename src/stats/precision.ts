export interface WidthSoFar {
  /** That the interval was made of. */
  readonly forks: number;
  /** Of ln(ratio). */
  readonly halfWidthLog: number;
  /** ln(1 + precision). */
  readonly wantedLog: number;
}

/**
 * Forks that make an interval as narrow as wanted: its half-width shrinks with √forks, so forks × (half-width ÷ wanted)².
 * Student's quantile shrinks as well, which is left as a reserve: the spread of a few forks is not known well.
 */
export function forksForPrecision({ forks, halfWidthLog, wantedLog }: WidthSoFar): number {
  if (halfWidthLog <= wantedLog) return forks;
  return Math.ceil(forks * (halfWidthLog / wantedLog) ** 2);
}

export interface BudgetRequest {
  /** Spent in all, what comes before the first fork included. */
  readonly elapsedMs: number;
  readonly forkDurationsMs: readonly number[];
  /** What a fork would take more if its rounds were not cut by the budget: with a larger one they are not. */
  readonly cutMsPerFork: number;
  readonly forksNeeded: number;
}

/** Forks are not all alike, and the next one must be expected to fit. */
const RESERVE = 1.1;

/** The budget in which so many forks fit, from what the forks so far took; null before the first. */
export function budgetForPrecision(asked: BudgetRequest): number | null {
  const { elapsedMs, forkDurationsMs, cutMsPerFork, forksNeeded } = asked;
  if (forkDurationsMs.length === 0) return null;
  const inForksMs = forkDurationsMs.reduce((sum, ms) => sum + ms, 0);
  const forkMs = inForksMs / forkDurationsMs.length + cutMsPerFork;
  return Math.max(0, elapsedMs - inForksMs) + forksNeeded * forkMs * RESERVE;
}
