import { readFileSync } from 'node:fs';
import type { MachineLoad, MachineTicks } from '../schema/index.js';

/**
 * @param orphaned ticks of ours that no child's end has brought home
 * @returns null where there is no /proc
 */
export function readMachineTicks(
  orphaned = 0,
  read: (path: string) => string = readText,
): MachineTicks | null {
  try {
    const own = parseOwnTicks(read('/proc/self/stat'));
    return { ...parseProcStat(read('/proc/stat')), ours: own + orphaned };
  } catch {
    return null;
  }
}

/** Between two readings; children of the run must have ended at both, or their time counts as others'. */
export function machineLoadBetween(
  before: MachineTicks | null,
  after: MachineTicks | null,
): MachineLoad | null {
  if (before === null || after === null || after.total <= before.total) return null;
  const total = after.total - before.total;
  const outside = after.busy - before.busy - (after.ours - before.ours);
  return { outsideShare: Math.max(0, outside / total), stealShare: (after.stolen - before.stolen) / total };
}

/** The first line of /proc/stat (proc(5)): user, nice, system, idle, iowait, irq, softirq, steal. */
export function parseProcStat(text: string): Omit<MachineTicks, 'ours'> {
  const fields = /^cpu +(.*)$/m.exec(text)?.[1]?.split(' ').map(Number);
  if (fields === undefined || fields.length < 8) throw new Error('/proc/stat has no cpu line');
  const [user = 0, nice = 0, system = 0, idle = 0, iowait = 0, irq = 0, softirq = 0, steal = 0] = fields;
  const busy = user + nice + system + irq + softirq;
  return { busy, stolen: steal, total: busy + idle + iowait + steal };
}

/** utime, stime, cutime and cstime of /proc/self/stat: fields 14 to 17, counted after the name in parentheses. */
export function parseOwnTicks(text: string): number {
  const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
  return fields.slice(11, 15).reduce((sum, field) => sum + Number(field), 0);
}

function readText(path: string): string {
  return readFileSync(path, 'utf8');
}
