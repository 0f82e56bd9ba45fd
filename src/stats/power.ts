import { type Confidence, QUANTILE } from './comparison.js';
import { tQuantile } from './student-t.js';

export interface PowerRequest {
  /** Standard deviation of the forks' log ratios. */
  readonly forkStandardDeviation: number;
  readonly forks: number;
  readonly confidence: Confidence;
  /** Share of runs that find it. Default 0.9. */
  readonly power?: number;
}

/**
 * The smallest relative difference that a t-test on forks finds in so many of the runs:
 * exp((t(q) + t(power)) · sd ÷ √forks) − 1. The usual approximation of the noncentral t by two central ones
 * (Zar, Biostatistical Analysis, § 7.7: minimum detectable difference).
 *
 * @returns a share, 0.02 for 2 %; null below two forks
 */
export function resolvableShare({
  forkStandardDeviation,
  forks,
  confidence,
  power = 0.9,
}: PowerRequest): number | null {
  if (forks < 2) return null;
  const degreesOfFreedom = forks - 1;
  const reach = tQuantile(QUANTILE[confidence], degreesOfFreedom) + tQuantile(power, degreesOfFreedom);
  return Math.expm1((reach * forkStandardDeviation) / Math.sqrt(forks));
}
