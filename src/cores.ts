import { availableParallelism } from 'node:os';
import { posix } from 'node:path';
import { readTextOrNull } from './proc.js';

/** The text of a file, null where there is none. */
type ReadText = (path: string) => string | null;

const CGROUP_ROOT = '/sys/fs/cgroup';

/** Cores of a cgroup v2 `cpu.max`: `150000 100000` is 1.5, `max 100000` no limit. */
export function parseCpuMax(text: string): number | null {
  const [quota, period = '100000'] = text.trim().split(/\s+/);
  return quotaCores(Number(quota), Number(period));
}

/** Cores of a cgroup v1 `cpu.cfs_quota_us` and `cpu.cfs_period_us`; a quota of -1 is no limit. */
export function parseCfsQuota(quotaText: string, periodText: string): number | null {
  return quotaCores(Number(quotaText.trim()), Number(periodText.trim()));
}

function quotaCores(quota: number, period: number): number | null {
  const cores = quota / period;
  return Number.isFinite(cores) && cores > 0 ? cores : null;
}

/**
 * Paths of this process's cgroup from `/proc/self/cgroup`: `0::/a/b` (v2), `4:cpu,cpuacct:/a/b` (v1).
 */
export function parseProcCgroup(text: string): { v2: string | null; v1: string | null } {
  let v2: string | null = null;
  let v1: string | null = null;
  for (const line of text.split('\n')) {
    const [, controllers, path] = /^\d+:([^:]*):(.*)$/.exec(line) ?? [];
    if (controllers === '') v2 = path!;
    else if (controllers?.split(',').includes('cpu')) v1 = path!;
  }
  return { v2, v1 };
}

/** Cores that the cgroup and its parents allow, fractional; null without a limit (and outside Linux). */
export function cgroupCores(read: ReadText = readTextOrNull): number | null {
  const paths = parseProcCgroup(read('/proc/self/cgroup') ?? '');
  const limits = [
    ...upwards(paths.v2).map(path => {
      const max = read(posix.join(CGROUP_ROOT, path, 'cpu.max'));
      return max === null ? null : parseCpuMax(max);
    }),
    ...upwards(paths.v1).map(path => {
      const quota = read(posix.join(CGROUP_ROOT, 'cpu', path, 'cpu.cfs_quota_us'));
      const period = read(posix.join(CGROUP_ROOT, 'cpu', path, 'cpu.cfs_period_us'));
      return quota === null || period === null ? null : parseCfsQuota(quota, period);
    }),
  ].filter(cores => cores !== null);
  return limits.length === 0 ? null : Math.min(...limits);
}

/** The path and its parents up to `/`: each may limit. In a container the root is often all there is. */
function upwards(path: string | null): string[] {
  if (path === null) return [];
  const all: string[] = [];
  for (let at = posix.normalize(posix.join('/', path)); ; at = posix.dirname(at)) {
    all.push(at);
    if (at === '/') return all;
  }
}

/**
 * What `threads` defaults to. A part of a core is left out: a quota of 1.5 cores stops two busy threads for a
 * quarter of the time, all of them at once.
 */
export function defaultThreads(parallelism = availableParallelism(), cores = cgroupCores()): number {
  return Math.max(1, Math.min(parallelism, cores === null ? parallelism : Math.floor(cores)));
}
