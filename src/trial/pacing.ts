import { nowNs } from '../clock.js';
import { describe, sortSamples } from '../stats/quantile.js';
import { backlogByQuarter, isGrowing } from './backlog.js';
import type { Columns } from './columns.js';
import type { Ledger } from './ledger.js';
import type { PacedArrivals } from './loads/load.js';
import { fillSchedule } from './schedule.js';
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
