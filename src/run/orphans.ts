import { readdirSync, readFileSync } from 'node:fs';
import { parseOwnTicks } from './machine-load.js';

/** CPU time of a process group that is about to end, in ticks of the kernel. */
export interface GroupTicks {
  readonly used: number;
  /** What this process and its children that have ended had used by then. */
  readonly home: number;
}

/** @returns null where there is no /proc */
export function readGroupTicks(group: number): GroupTicks | null {
  try {
    const stats = readdirSync('/proc')
      .filter(name => /^\d+$/.test(name))
      .map(pid => textOrNone(`/proc/${pid}/stat`))
      .filter(text => groupOf(text) === group);
    return { used: stats.reduce((sum, text) => sum + parseOwnTicks(text), 0), home: homeTicks() };
  } catch {
    return null;
  }
}

/**
 * What the children of a child used that outlived it, ticks: its end brings home the times of those alone that it
 * waited for. A compiler's service process is no such one.
 *
 * @param before read just before the leader of the group ended, which it has
 */
export function orphanedTicks(before: GroupTicks | null): number {
  if (before === null) return 0;
  return Math.max(0, before.used - (homeTicks() - before.home));
}

function homeTicks(): number {
  return parseOwnTicks(readFileSync('/proc/self/stat', 'utf8'));
}

/** The fifth field of /proc/PID/stat (proc(5)), counted after the name in parentheses, which may hold anything. */
function groupOf(stat: string): number {
  return Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[2]);
}

/** Empty where the process is gone by now. */
function textOrNone(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}
