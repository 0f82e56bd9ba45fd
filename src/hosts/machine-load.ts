import { parseProcStat, readTextOrNull, STAT, statSum } from '../proc.js';
import type { MachineLoad, MachineTicks } from '../schema/index.js';

/**
 * @param orphaned ticks of ours that no child's end has brought home
 * @returns null where there is no /proc
 */
export function readMachineTicks(orphaned = 0): MachineTicks | null {
  const own = statSum(readTextOrNull('/proc/self/stat') ?? '', STAT.ownAndChildren);
  const machine = parseProcStat(readTextOrNull('/proc/stat') ?? '');
  return machine && { ...machine, ours: own + orphaned };
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
