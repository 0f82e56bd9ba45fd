import type { Estimate, LatencyEstimates, ObjectiveFinding, Outcomes, Predicate } from '../model.js';
import { holds } from '../predicate.js';

/** What an objective can be about, of one executor. */
export interface Measured {
  /** Null where it is overloaded: such percentiles tell how long the trial was. */
  readonly latency: LatencyEstimates | null;
  readonly meanLatencyMs: Estimate | null;
  readonly maxLatencyMs: number | null;
  readonly throughputPerSecond: Estimate;
  readonly outcomes: Outcomes;
  /** Tasks without a latency in the trials that count, since they failed. */
  readonly withoutLatency?: number;
}

/**
 * Whether each part of an objective holds, judged by the bound of the 95 % interval that is farther from it: an
 * objective is met when that much is shown, not when it happened to be so. Pure.
 */
export function judgeObjective(slo: readonly Predicate[], measured: Measured): ObjectiveFinding[] {
  return slo.map(predicate => judge(predicate, measured));
}

function judge(predicate: Predicate, measured: Measured): ObjectiveFinding {
  if (isFailedTooOften(predicate, measured)) return { predicate, value: null, bound: null, met: false };
  const known = measuredOf(predicate, measured);
  if (known === null) return { predicate, value: null, bound: null, met: null };
  if (typeof known === 'number')
    return { predicate, value: known, bound: null, met: holds(predicate, known) };
  const isUpperLimit = predicate.operator === '<' || predicate.operator === '<=';
  const bound = isUpperLimit ? known.high : known.low;
  return { predicate, value: known.median, bound, met: bound === null ? null : holds(predicate, bound) };
}

/**
 * A failed task is worse than any limit: one is enough for `mean` and `max`, a percentile has to fall among them.
 * Overloaded executors have no percentiles to judge.
 */
function isFailedTooOften(
  { metric, operator }: Predicate,
  { latency, withoutLatency = 0 }: Measured,
): boolean {
  if (latency === null || operator === '>' || operator === '>=') return false;
  switch (metric) {
    case 'failed':
    case 'throughput':
      return false;
    case 'mean':
    case 'max':
      return withoutLatency > 0;
    default:
      return latency.amongFailed?.includes(metric === 'p99.9' ? 'p999' : metric) ?? false;
  }
}

/** A count is a number, everything that varies from fork to fork an estimate. */
function measuredOf({ metric }: Predicate, measured: Measured): Estimate | number | null {
  const { latency } = measured;
  switch (metric) {
    case 'failed':
      return failedShare(measured.outcomes);
    case 'throughput':
      return measured.throughputPerSecond;
    case 'mean':
      return measured.meanLatencyMs;
    case 'max':
      return measured.maxLatencyMs;
    case 'p99.9':
      return latency?.p999 ?? null;
    default:
      return latency?.[metric] ?? null;
  }
}

export function failedShare({ issued, failed, cancelled }: Outcomes): number | null {
  if (issued === 0) return null;
  return (Object.values(failed).reduce((sum, count) => sum + count, 0) + cancelled) / issued;
}
