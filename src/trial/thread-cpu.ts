import { readFileSync } from 'node:fs';

/** CPU time of the calling thread, ms; NaN where the system does not tell (Linux does, in /proc). */
export function threadCpuMs(): number {
  try {
    const [onCpuNs = ''] = readFileSync('/proc/thread-self/schedstat', 'utf8').split(' ');
    return Number.parseInt(onCpuNs, 10) / 1e6;
  } catch {
    return Number.NaN;
  }
}
