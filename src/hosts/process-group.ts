import { readdirSync, readFileSync } from 'node:fs';

/** In what `fieldsOf` gives (proc(5), fields 3, 5 and 14 to 17). */
const PLACE = { state: 0, group: 2, utime: 11, cutime: 13, cstime: 14 } as const;

/** SIGKILL, or another signal, to a process group; a group that is gone is as good. */
export function killGroup(pid: number | undefined, signal: NodeJS.Signals = 'SIGKILL'): void {
  if (pid === undefined) return;
  try {
    process.kill(process.platform === 'win32' ? pid : -pid, signal);
  } catch {
    // Already gone.
  }
}

/** Whether anybody in it still runs: one that has ended and that nobody waits for does not. */
export function isGroupAlive(group: number): boolean {
  try {
    process.kill(process.platform === 'win32' ? group : -group, 0);
  } catch {
    return false;
  }
  const members = membersOf(group);
  return members.length === 0 || members.some(fields => fields[PLACE.state] !== 'Z');
}

/** CPU time of all in it, and of those that they waited for, in ticks of the kernel; 0 where there is no /proc. */
export function ticksOfGroup(group: number): number {
  return membersOf(group).reduce(
    (total, fields) => total + sum(fields.slice(PLACE.utime, PLACE.cstime + 1)),
    0,
  );
}

/** Of children of this process that have ended. */
export function ticksAtHome(): number {
  return sum(fieldsOf('/proc/self/stat').slice(PLACE.cutime, PLACE.cstime + 1));
}

function membersOf(group: number): string[][] {
  return processIds()
    .map(pid => fieldsOf(`/proc/${pid}/stat`))
    .filter(fields => Number(fields[PLACE.group]) === group);
}

/** From the third field on: the name before it, in parentheses, may hold anything. Empty where the process is gone. */
function fieldsOf(path: string): string[] {
  try {
    const text = readFileSync(path, 'utf8');
    return text.slice(text.lastIndexOf(')') + 2).split(' ');
  } catch {
    return [];
  }
}

function processIds(): string[] {
  try {
    return readdirSync('/proc').filter(name => /^\d+$/.test(name));
  } catch {
    return [];
  }
}

function sum(fields: readonly string[]): number {
  return fields.reduce((total, field) => total + Number(field), 0);
}
