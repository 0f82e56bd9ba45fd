import { readFileSync, writeFileSync } from 'node:fs';

/** Sets the kernel's record of this process's highest RSS back to the present (Linux; elsewhere it does nothing). */
export function resetPeakRss(): void {
  try {
    writeFileSync('/proc/self/clear_refs', '5');
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

/** Proportional set size of a process: what processes share is counted once; null where the kernel does not tell. */
export function pssBytes(pid: number | 'self' = 'self'): number | null {
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
