import { writeFileSync } from 'node:fs';
import { readTextOrNull } from '../proc.js';

/** Sets the kernel's record of a process's highest RSS back to the present (Linux; elsewhere it does nothing). */
export function resetPeakRss(pid: number | 'self' = 'self'): void {
  try {
    writeFileSync(`/proc/${pid}/clear_refs`, '5');
  } catch {
    // Without it the peak is that of the process's life: still an upper bound.
  }
}

export function rssBytes(): number {
  return process.memoryUsage.rss();
}

/** Highest RSS since `resetPeakRss`, or of the process's life where that is not to be had. */
export function peakRssBytes(): number {
  return procBytes('/proc/self/status', 'VmHWM') ?? process.resourceUsage().maxRSS * 1024;
}

/**
 * What a process of its own takes at most since `resetPeakRss`: its proportional set size, in which the pages that it
 * shares with others count once among them, and how far its RSS has been above the present; null where the kernel
 * does not tell.
 */
export function takenBytes(pid: number): number | null {
  const pss = procBytes(`/proc/${pid}/smaps_rollup`, 'Pss');
  const peak = procBytes(`/proc/${pid}/status`, 'VmHWM');
  const rss = procBytes(`/proc/${pid}/smaps_rollup`, 'Rss');
  return pss === null || peak === null || rss === null ? null : pss + Math.max(0, peak - rss);
}

function procBytes(file: string, name: string): number | null {
  const kilobytes = new RegExp(`^${name}:\\s+(\\d+) kB`, 'm').exec(readTextOrNull(file) ?? '')?.[1];
  return kilobytes === undefined ? null : Number(kilobytes) * 1024;
}
