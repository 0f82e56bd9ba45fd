import type { OriginCounters, Scenario, TrialFault, TrialFigures } from '../schema/index.js';

/** Failures after which the origin has certainly seen the request. */
const REACHED_ORIGIN = /^http-\d|^bad-json$/;

/**
 * The third count: the requests that the origin saw against the tasks that were issued.
 *
 * A task that completed sent its requests; one that failed otherwise (refused, reset, timed out, cancelled) may or may
 * not have reached the origin, so with such tasks the count has bounds instead of one value.
 */
export function requestFaults(
  scenario: Scenario,
  figures: TrialFigures,
  origin: OriginCounters | null,
): TrialFault[] {
  const { requestsPerTask } = scenario.workload;
  if (origin === null || requestsPerTask === 0) return [];
  const { issued, completed, failed } = figures.outcomes;
  const seenFailures = Object.entries(failed)
    .filter(([kind]) => REACHED_ORIGIN.test(kind))
    .reduce((sum, [, count]) => sum + count, 0);
  const least = completed * requestsPerTask + seenFailures;
  // A task that was run again sent its requests again.
  const most = Math.max(issued, figures.executions?.started ?? 0) * requestsPerTask;
  const { requests } = origin;
  if (requests >= least && requests <= most) return [];
  return [{ code: 'requests', requests, least, most }];
}
