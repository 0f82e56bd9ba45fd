import { UsageError } from '../errors.js';
import type { Finding } from '../schema/index.js';
import { MAX_IN_FLIGHT } from '../settings/checks.js';

export function leastCommonMultiple(numbers: readonly number[]): number {
  return numbers.reduce((a, b) => (a / greatestCommonDivisor(a, b)) * b, 1);
}

function greatestCommonDivisor(a: number, b: number): number {
  return b === 0 ? a : greatestCommonDivisor(b, a % b);
}

/** The nearest multiple, upwards from the middle, at least one. */
export function roundToMultiple(asked: number, multiple: number): number {
  return Math.max(1, Math.round(asked / multiple)) * multiple;
}

export interface RoundedInFlight {
  /** One for each limit asked for, unless two became the same. */
  readonly totals: readonly number[];
  readonly findings: readonly Finding[];
}

/**
 * In-flight limits that every thread count of a scenario divides. One total for all executors, loops too: with
 * different totals they would not do the same work.
 *
 * @throws UsageError when the thread counts have no common multiple in reach
 */
export function roundInFlight(asked: readonly number[], threadCounts: readonly number[]): RoundedInFlight {
  const multiple = leastCommonMultiple(threadCounts);
  const totals = asked.map(one => roundToMultiple(one, multiple));
  const largest = Math.max(...totals);
  if (largest > MAX_IN_FLIGHT) {
    throw new UsageError(
      'in-flight',
      `a limit up to ${MAX_IN_FLIGHT} that the thread counts ${threadCounts.join(', ')} all divide`,
      String(largest),
      'Choose thread counts that divide each other, such as 1,2,4.',
    );
  }
  const rounded = asked.flatMap((one, at) => (one === totals[at] ? [] : [{ asked: one, used: totals[at]! }]));
  if (rounded.length === 0) return { totals, findings: [] };
  const values = { rounded, threads: [...threadCounts], multiple };
  const finding: Finding = { code: 'rounded-in-flight', severity: 'note', subjects: [], values };
  return { totals: [...new Set(totals)], findings: [finding] };
}
