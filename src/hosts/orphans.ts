import { readdirSync, readFileSync } from 'node:fs';

/**
 * CPU time of processes that outlive the child which started them, such as a compiler's service: a child's end brings home
 * the times of those alone that it waited for. What a child and its group have used is read just before it ends, and
 * what has not come home by then is theirs. Several that end at the same time are one sum. In ticks of the kernel; 0
 * where there is no /proc.
 */
export class Orphans {
  /** By group: what those have used that are about to end. */
  readonly #ending = new Map<number, number>();
  #homeBefore = 0;
  #endedUse = 0;
  #ticks = 0;

  /** Of children that have ended. */
  get ticks(): number {
    return this.#ticks;
  }

  /** A child is about to be ended. @param pid its own, and its group's */
  ending(pid: number | undefined): void {
    if (pid === undefined) return;
    if (this.#ending.size === 0) {
      this.#homeBefore = ticksAtHome();
      this.#endedUse = 0;
    }
    this.#ending.set(pid, ticksOfGroup(pid));
  }

  /** It has: its times are home. */
  ended(pid: number | undefined): void {
    const used = pid === undefined ? undefined : this.#ending.get(pid);
    if (used === undefined) return;
    this.#ending.delete(pid!);
    this.#endedUse += used;
    if (this.#ending.size > 0) return;
    this.#ticks += Math.max(0, this.#endedUse - (ticksAtHome() - this.#homeBefore));
  }
}

function ticksOfGroup(group: number): number {
  return processIds()
    .map(pid => fieldsOf(`/proc/${pid}/stat`))
    .filter(fields => Number(fields[PLACE.group]) === group)
    .reduce((total, fields) => total + sum(fields.slice(PLACE.utime, PLACE.cstime + 1)), 0);
}

/** Of children of this process that have ended. */
function ticksAtHome(): number {
  return sum(fieldsOf('/proc/self/stat').slice(PLACE.cutime, PLACE.cstime + 1));
}

/** In what `fieldsOf` gives (proc(5), fields 5 and 14 to 17). */
const PLACE = { group: 2, utime: 11, cutime: 13, cstime: 14 } as const;

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
