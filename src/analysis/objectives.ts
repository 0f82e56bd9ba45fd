import { holds } from '../predicate.js';
import type { Estimate, ExecutorResult, ObjectiveFinding, Outcomes, Predicate } from '../schema/index.js';
import { binomialLowerBound, binomialUpperBound } from '../stats/binomial.js';

const UNKNOWN = { value: null, bound: null, met: null, beyondShare: null } as const;

/** What an objective can be about, of one executor. */
export interface Measured extends Pick<ExecutorResult, 'latency' | 'tasksPerSecond' | 'outcomes'> {
  readonly meanLatencyMs: Estimate | null;
  readonly maxLatencyMs: number | null;
  /** That `maxLatencyMs` is the largest of. */
  readonly latencyTasks: number;
  /** Tasks without a latency in the trials that count, since they failed. */
  readonly withoutLatency: number;
}

/**
 * Whether each part of an objective holds, judged by the bound of the 95 % interval that is farther from it: an
 * objective is met when that much is shown, not when it happened to be so. Pure.
 */
export function judgeObjective(slo: readonly Predicate[], measured: Measured): ObjectiveFinding[] {
  return slo.map(predicate => {
    if (isFailedTooOften(predicate, measured)) return { ...UNKNOWN, predicate, met: false };
    if (predicate.metric === 'failed') return judgeFailed(predicate, measured.outcomes);
    if (predicate.metric === 'max') return judgeMax(predicate, measured);
    return judgeEstimate(predicate, estimateOf(predicate.metric, measured));
  });
}

/**
 * A failed task is worse than any limit: one is enough for `mean` and `max`, a percentile has to fall among them.
 * Overloaded executors have no percentiles to judge.
 */
function isFailedTooOften(predicate: Predicate, { latency, withoutLatency }: Measured): boolean {
  if (latency === null || !isUpperLimit(predicate)) return false;
  const { metric } = predicate;
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

function judgeEstimate(predicate: Predicate, known: Estimate | null): ObjectiveFinding {
  if (known === null) return { ...UNKNOWN, predicate };
  const bound = isUpperLimit(predicate) ? known.high : known.low;
  const met = bound === null ? null : holds(predicate, bound);
  return { predicate, value: known.median, bound, met, beyondShare: null };
}

/**
 * The exact binomial bound of the share (Clopper & Pearson, 1934), at 95 % on the one side that the objective asks about:
 * 0 of 300 failed leaves 1 % possible, the rule of three.
 */
function judgeFailed(predicate: Predicate, { issued, cancelled, ...outcomes }: Outcomes): ObjectiveFinding {
  if (issued === 0) return { ...UNKNOWN, predicate };
  // Cancelled ones are none that were done.
  const failed = Object.values(outcomes.failed).reduce((sum, count) => sum + count, cancelled);
  const bound = isUpperLimit(predicate)
    ? binomialUpperBound(failed, issued)
    : binomialLowerBound(failed, issued);
  return { predicate, value: failed / issued, bound, met: holds(predicate, bound), beyondShare: null };
}

/**
 * The largest of all tasks has no interval: a longer run finds a longer one. What was seen is told, and what it proves:
 * none of n tasks beyond the limit leaves at most 3 ÷ n of them possible (Hanley & Lippman-Hand, 1983; exactly the
 * binomial bound of 0 of n).
 */
function judgeMax(predicate: Predicate, { maxLatencyMs: value, latencyTasks }: Measured): ObjectiveFinding {
  const met = value === null ? null : holds(predicate, value);
  const proves = met === true && isUpperLimit(predicate) && latencyTasks > 0;
  const beyondShare = proves ? binomialUpperBound(0, latencyTasks) : null;
  return { predicate, value, bound: null, met, beyondShare };
}

function isUpperLimit({ operator }: Predicate): boolean {
  return operator === '<' || operator === '<=';
}

function estimateOf(
  metric: Exclude<Predicate['metric'], 'failed' | 'max'>,
  { latency, meanLatencyMs, tasksPerSecond }: Measured,
): Estimate | null {
  switch (metric) {
    case 'throughput':
      return tasksPerSecond;
    case 'mean':
      return meanLatencyMs;
    case 'p99.9':
      return latency?.p999 ?? null;
    default:
      return latency?.[metric] ?? null;
  }
}
