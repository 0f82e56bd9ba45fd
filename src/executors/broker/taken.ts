import { Hasher } from '../../trial/hasher.js';
import { BrokerFault } from './frames.js';

/** Results whose hashes are remembered, a power of two: more than come while a lost worker's tasks are taken over. */
const REMEMBERED = 1 << 17;

/** Which tasks of a trial are still open: each is taken once, however often its result comes. */
export class OpenTasks {
  readonly #open = new Set<number>();
  #highest = -1;

  get size(): number {
    return this.#open.size;
  }

  has(index: number): boolean {
    return this.#open.has(index);
  }

  /** Whether it was ever open. */
  wasAsked(index: number): boolean {
    return index <= this.#highest;
  }

  /** Asked of the broker. Indexes only ever rise. */
  add(index: number): void {
    this.#open.add(index);
    this.#highest = index;
  }

  /**
   * @returns whether it is the first time that it comes
   * @throws BrokerFault for a task that nobody has asked for
   */
  take(index: number): boolean {
    if (this.#open.delete(index)) return true;
    if (!this.wasAsked(index)) throw new BrokerFault('result', 'not-asked-for');
    return false;
  }
}

/**
 * How many executions of its tasks a trial has begun: as often as the broker has counted that a worker took each, at most.
 * Most are taken once.
 */
export class StartTally {
  total = 0;
  readonly #known = new Map<number, number>();

  /** @param isFirst nothing was told of the task before */
  note(index: number, starts: number, isFirst: boolean): void {
    const known = isFirst ? 0 : (this.#known.get(index) ?? 1);
    if (starts <= known) return;
    this.total += starts - known;
    if (starts > 1) this.#known.set(index, starts);
  }
}

/** Hashes of the latest results by their contents, so that a duplicate can be compared with the one that came first. */
export class ResultHashes {
  readonly #indexes = new Float64Array(REMEMBERED).fill(-1);
  readonly #hashes = new Float64Array(REMEMBERED);

  remember(index: number, result: unknown): void {
    const at = index % REMEMBERED;
    this.#indexes[at] = index;
    this.#hashes[at] = hashOf(result);
  }

  /** False as well where the first is forgotten, or was no result. */
  isOther(index: number, result: unknown): boolean {
    const at = index % REMEMBERED;
    return this.#indexes[at] === index && !Object.is(this.#hashes[at], hashOf(result));
  }

  forgetAll(): void {
    this.#indexes.fill(-1);
  }
}

/** A number is its own: most results are looked at once, and never compared. */
function hashOf(result: unknown): number {
  if (typeof result === 'number') return result;
  const hasher = new Hasher();
  hasher.add(result);
  return hasher.digest();
}
