import type { ExecutorResult } from '../../model.js';
import { milliseconds } from './evidence.js';

/** Lateness below this does not matter to anybody who reads milliseconds. */
const HARMLESS_MS = 1;
/** Share of the latency that is measured which the pacer may add to it. */
const HARMLESS_SHARE = 0.1;

/**
 * A pacer that released tasks late measured itself. What counts is p99 over the tasks of all counted trials, or p90
 * where they are too few for that; a late loop is no fault, it is the result.
 */
export function pacerReasons({ id, arrivals, latencyMs }: ExecutorResult): string[] {
  if (arrivals === null) return [];
  const { p90, p99 } = arrivals.latenessMs;
  const latenessMs = p99 ?? p90 ?? 0;
  const allowedMs = Math.max(HARMLESS_MS, HARMLESS_SHARE * (latencyMs.p50 ?? 0));
  if (latenessMs <= allowedMs) return [];
  return [
    `pacer late: under ${id} the ${p99 === null ? 'latest tenth' : 'latest hundredth'} of the tasks was released ${milliseconds(latenessMs)} or more after it was due, at most ${milliseconds(allowedMs)} allowed, so that latency cannot be told from that; ask for a lower rate, or for fewer threads than cores`,
  ];
}

/** The executors that did not keep up with the schedule: a result, no fault of the measurement. */
export function overloadNotes(executors: readonly ExecutorResult[]): string[] {
  return executors.flatMap(({ id, arrivals }) => {
    if (arrivals === null || !arrivals.overloaded) return [];
    const [, from = 0, , to = 0] = arrivals.backlogByQuarter;
    return [
      `overloaded: the backlog of ${id} grew from ${Math.round(from)} to ${Math.round(to)} tasks, so that its latencies only tell how long the trial was`,
    ];
  });
}
