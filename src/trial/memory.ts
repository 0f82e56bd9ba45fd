import { readFileSync, writeFileSync } from 'node:fs';

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
  return procKilobytes('/proc/self/status', /^VmHWM:\s+(\d+) kB/m) ?? process.resourceUsage().maxRSS * 1024;
}

/**
 * What a process of its own takes at most since `resetPeakRss`: its proportional set size, in which the pages that it
 * shares with others count once among them, and how far its RSS has been above the present; null where the kernel
 * does not tell.
 */
export function takenBytes(pid: number): number | null {
  const pss = pssBytes(pid);
  const peak = procKilobytes(`/proc/${pid}/status`, /^VmHWM:\s+(\d+) kB/m);
  const rss = procKilobytes(`/proc/${pid}/smaps_rollup`, /^Rss:\s+(\d+) kB/m);
  return pss === null || peak === null || rss === null ? null : pss + Math.max(0, peak - rss);
}

/** Proportional set size of a process: what processes share is counted once; null where the kernel does not tell. */
function pssBytes(pid: number): number | null {
  return procKilobytes(`/proc/${pid}/smaps_rollup`, /^Pss:\s+(\d+) kB/m);
}

function procKilobytes(file: string, pattern: RegExp): number | null {
  try {
    const kilobytes = pattern.exec(readFileSync(file, 'utf8'))?.[1];
    return kilobytes === undefined ? null : Number(kilobytes) * 1024;
  } catch {
    return null;
  }
}
