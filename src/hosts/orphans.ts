import { ticksAtHome, ticksOfGroup } from './process-group.js';

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
