import { nowNs } from '../clock.js';
import { createRandom } from '../random.js';
import { describe, sortSamples } from '../stats/quantile.js';
import { backlogByQuarter, isGrowing } from './backlog.js';
import type { Columns } from './columns.js';
import type { Ledger } from './ledger.js';
import type { PacedArrivals } from './loads/load.js';
import type { SideThread } from './side-thread.js';
import type { RateTrial } from './trial-load.js';

/** What the pacer's thread is given and leaves behind. */
export const PACER = { maxBacklog: 0, cpuMs: 1, overfull: 2 } as const;

/** The pacer sleeps by then, so that the first task is not late. */
export const LEAD_NS = 3_000_000n;
const SHORTEST_DRAIN_MS = 1_000;

/**
 * Ends the trial when tasks are still unfinished as long after the last was due as the schedule was long (at least a
 * second): such an executor is overloaded, and waiting for it would tell nothing more.
 */
export function drainLimitMs({ tasks, perSecond }: RateTrial): number {
  const scheduleMs = (tasks / perSecond) * 1_000;
  return scheduleMs + Math.max(SHORTEST_DRAIN_MS, scheduleMs);
}

/**
 * When each task is due, in ms after the start of the trial, ascending. Absolute times: who is late at one task is not
 * late at all that follow.
 *
 * Constant: i ÷ rate. Poisson: independent gaps of an exponential distribution with the same mean, by inversion
 * (Devroye, Non-Uniform Random Variate Generation, 1986).
 *
 * @param dueMs written to, one entry a task
 */
export function fillSchedule(
  dueMs: Float64Array,
  { perSecond, arrivals, seed }: Omit<RateTrial, 'kind' | 'tasks' | 'maxBacklog'>,
): void {
  const meanGapMs = 1_000 / perSecond;
  if (arrivals === 'constant') {
    for (let index = 0; index < dueMs.length; index++) dueMs[index] = index * meanGapMs;
    return;
  }
  const random = createRandom(seed);
  let atMs = 0;
  for (let index = 0; index < dueMs.length; index++) {
    // In (0, 1], where the logarithm is finite.
    atMs -= Math.log(1 - random.next()) * meanGapMs;
    dueMs[index] = atMs;
  }
}

/**
 * Sets the pacer to work.
 *
 * @param now read once the schedule is filled: half a million arrivals take ten times the lead
 * @returns when the trial begins
 */
export function beginPacing(
  pacer: Pick<SideThread, 'begin'>,
  ledger: Ledger,
  load: RateTrial,
  now: () => bigint = nowNs,
): bigint {
  fillSchedule(ledger.arrivals.dueMs.subarray(0, load.tasks), load);
  const startNs = now() + LEAD_NS;
  ledger.span.begin(startNs);
  pacer.begin(load.maxBacklog);
  return startNs;
}

/** What became of the schedule. */
export async function endPacing(
  pacer: SideThread,
  { arrivals }: Ledger,
  load: RateTrial,
  columns: Columns,
): Promise<PacedArrivals> {
  const said = await pacer.end();
  const due = arrivals.released;
  const lateness = new Float64Array(due);
  for (let task = 0; task < due; task++)
    lateness[task] = Math.max(0, arrivals.releasedMs[task]! - arrivals.dueMs[task]!);
  const backlog = backlogByQuarter(arrivals.dueMs.subarray(0, due), columns.leftMs);
  const cpuMs = said[PACER.cpuMs]!;
  return {
    due,
    unfinished: due - columns.completed - columns.failed,
    pacerLateMs: describe(sortSamples(lateness.slice())),
    lateness,
    pacerCpuMs: Number.isNaN(cpuMs) ? null : cpuMs,
    backlogByQuarter: backlog,
    overloaded: said[PACER.overfull] === 1 || isGrowing(backlog, due, load.arrivals),
  };
}
