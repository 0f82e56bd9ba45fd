import { interpolatedQuantile } from './quantile.js';

const FAR_OUT = 3;
/** Quartiles of fewer values say nothing of a tail. */
const FEWEST_VALUES = 5;

/**
 * Counts the values beyond Tukey's outer fences, 3 interquartile ranges from the quartiles ("far out"; Exploratory
 * Data Analysis, 1977), on a log scale: times are skewed.
 *
 * @param values positive, such as wall times; others are ignored
 */
export function countOutliers(values: readonly number[]): number {
  const logs = values
    .filter(value => value > 0 && Number.isFinite(value))
    .map(Math.log)
    .sort((a, b) => a - b);
  if (logs.length < FEWEST_VALUES) return 0;
  const low = interpolatedQuantile(logs, 0.25)!;
  const high = interpolatedQuantile(logs, 0.75)!;
  const reach = FAR_OUT * (high - low);
  return logs.filter(log => log < low - reach || log > high + reach).length;
}
