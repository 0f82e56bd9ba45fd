import { readdirSync, readFileSync } from 'node:fs';
import type { MachineTicks } from './schema/index.js';

/** What Linux tells of itself in files (proc(5)); elsewhere there are none. */
export function readTextOrNull(path: string): string | null {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return null;
  }
}

/** The names in a folder that are numbers, such as processes in /proc. */
export function numbersIn(folder: string): number[] {
  try {
    return readdirSync(folder).map(Number).filter(Number.isInteger);
  } catch {
    return [];
  }
}

/** Fields of a process's stat file by their number in proc(5): of times the first and the last that are added up, in ticks. */
export const STAT = { parent: [4, 4], group: [5, 5], children: [16, 17], ownAndChildren: [14, 17] } as const;

/** Σ of fields of a stat file; 0 of an empty one. The name, in parentheses, may hold anything: fields are counted after it. */
export function statSum(stat: string, [from, to]: readonly [number, number]): number {
  const fromThird = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return fromThird.slice(from - 3, to - 2).reduce((sum, field) => sum + Number(field), 0);
}

/** As proc(5) counts: Linux tells times in hundredths of a second, whatever its kernel counts in. */
export const MS_PER_TICK = 10;

/**
 * CPU time of a process, of its group and its children, and of those that they waited for, in ticks; 0 where there is no /proc.
 * Children that have made a group of their own are still its children.
 */
export function ticksOfFamily(leader: number): number {
  return numbersIn('/proc')
    .map(pid => readTextOrNull(`/proc/${pid}/stat`) ?? '')
    .filter(stat => statSum(stat, STAT.group) === leader || statSum(stat, STAT.parent) === leader)
    .reduce((ticks, stat) => ticks + statSum(stat, STAT.ownAndChildren), 0);
}

/** `R`, `S`, `Z` of one that has ended and nobody waits for; undefined of an empty stat file. */
export function stateOf(stat: string): string | undefined {
  return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[0] || undefined;
}

/** Files that a process may have open, of its limits file; null where that says none. */
export function openFilesOf(limits: string): number | null {
  const [, soft] = /^Max open files +(\d+)/m.exec(limits) ?? [];
  return soft === undefined ? null : Number(soft);
}

/** The first line of /proc/stat: user, nice, system, idle, iowait, irq, softirq, steal; null where there is none. */
export function parseProcStat(text: string): Omit<MachineTicks, 'ours'> | null {
  const fields = /^cpu +(.*)$/m.exec(text)?.[1]?.split(' ').map(Number);
  if (fields === undefined || fields.length < 8) return null;
  const [user = 0, nice = 0, system = 0, idle = 0, iowait = 0, irq = 0, softirq = 0, steal = 0] = fields;
  const busy = user + nice + system + irq + softirq;
  return { busy, stolen: steal, total: busy + idle + iowait + steal };
}
