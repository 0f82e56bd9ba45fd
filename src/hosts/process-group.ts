import { numbersIn, readTextOrNull, STAT, stateOf, statSum } from '../proc.js';

/** Whether anybody in it still runs: one that has ended and that nobody waits for does not. */
export function isGroupAlive(group: number): boolean {
  try {
    process.kill(process.platform === 'win32' ? group : -group, 0);
  } catch {
    return false;
  }
  const members = membersOf(group);
  return members.length === 0 || members.some(stat => stateOf(stat) !== 'Z');
}

/** CPU time of all in it, and of those that they waited for, in ticks of the kernel; 0 where there is no /proc. */
export function ticksOfGroup(group: number): number {
  return membersOf(group).reduce((ticks, stat) => ticks + statSum(stat, STAT.ownAndChildren), 0);
}

/** Of children of this process that have ended. */
export function ticksAtHome(): number {
  return statSum(readTextOrNull('/proc/self/stat') ?? '', STAT.children);
}

/** Their stat files. */
function membersOf(group: number): string[] {
  return numbersIn('/proc')
    .map(pid => readTextOrNull(`/proc/${pid}/stat`) ?? '')
    .filter(stat => statSum(stat, STAT.group) === group);
}
