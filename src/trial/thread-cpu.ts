import { readTextOrNull } from '../proc.js';

/** CPU time of the calling thread, ms; NaN where the system does not tell (Linux does, in /proc). */
export function threadCpuMs(): number {
  return threadTimes()?.cpuMs ?? Number.NaN;
}

export interface ThreadTimes {
  readonly cpuMs: number;
  /** Ready, while others had the cores; null where the system does not tell. */
  readonly queuedMs: number | null;
}

/** Of the calling thread; null where the system does not tell. */
export function threadTimes(): ThreadTimes | null {
  return parseSchedstat(readTextOrNull('/proc/thread-self/schedstat') ?? '') ?? timesOfNode();
}

/** `<ns on a core> <ns ready for one> <turns>` of Linux (sched-stats.rst). */
export function parseSchedstat(text: string): ThreadTimes | null {
  const match = /^(\d+) (\d+) \d+/.exec(text);
  return match && { cpuMs: Number(match[1]) / 1e6, queuedMs: Number(match[2]) / 1e6 };
}

/** From Node 22.19 on; the types of the oldest Node that this runs on do not have it. */
type WithThreadCpu = { threadCpuUsage?(): NodeJS.CpuUsage };

function timesOfNode(): ThreadTimes | null {
  const used = (process as WithThreadCpu).threadCpuUsage?.();
  return used === undefined ? null : { cpuMs: (used.user + used.system) / 1_000, queuedMs: null };
}
