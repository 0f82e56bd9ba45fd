import { nowNs } from '../clock.js';
import type { Load } from '../schema/index.js';
import { CANCELLED_KIND, type Failure } from '../tasks/failure.js';

/** State of a task in the ledger. */
export const NOT_STARTED = 0;
export const STARTED = 1;
export const COMPLETED = 2;
export const FAILED = 3;
export const CANCELLED = 4;
/** Handed out and not yet started: its place in a ring is taken. */
export const CLAIMED = 5;

export interface LedgerBuffers {
  readonly load: Load['kind'];
  readonly capacity: number;
  readonly started: SharedArrayBuffer;
  readonly finished: SharedArrayBuffer;
  readonly delivered: SharedArrayBuffer;
  readonly outcome: SharedArrayBuffer;
  readonly worker: SharedArrayBuffer;
  readonly control: SharedArrayBuffer;
  readonly times: SharedArrayBuffer;
  readonly counts: SharedArrayBuffer;
  /** Rate load: when each task is due, and when the pacer released it; empty otherwise. */
  readonly due: SharedArrayBuffer;
  readonly released: SharedArrayBuffer;
  readonly lastWords: SharedArrayBuffer;
}

/** Words of the control array. */
const CONTROL = {
  next: 0,
  abort: 1,
  workers: 2,
  tasks: 3,
  released: 4,
  closed: 5,
  ended: 6,
  bell: 7,
  checked: 8,
  apart: 9,
  ignored: 10,
  strays: 11,
} as const;
/** Stamps of the trial. */
const TIMES = { start: 0, end: 1 } as const;
/** The start of a trial that has not begun: no clock gets there. */
const NEVER_NS = 2n ** 62n;
/** Int32 words in a cache line: workers that count in the same line would slow each other down. */
const LINE = 16;
/** Longer ones are cut. */
const LAST_WORDS_BYTES = 256;
/** Tasks that a duration load has a place for at the same time; a power of two. */
export const RING_CAPACITY = 1 << 14;

/** A whole entry. */
export interface TaskEntry {
  readonly startedNs: bigint;
  readonly finishedNs: bigint;
  readonly outcome: number;
  readonly worker: number;
}

export interface LedgerShape {
  /** Default `batch`. */
  readonly load?: Load['kind'];
  /** Default 1. */
  readonly workers?: number;
}

/**
 * Each task's stamps (nanoseconds, monotonic), its outcome and its worker, in shared memory.
 *
 * A duration load has a ring: the place of a task is used again once the task has been recorded, so that memory does
 * not grow with time.
 *
 * Each entry is written by one thread only, and read by the host after that thread has posted a message about it:
 * the message orders the accesses, so plain writes do.
 */
export class Ledger {
  readonly load: Load['kind'];
  readonly capacity: number;
  readonly startedNs: BigInt64Array;
  readonly finishedNs: BigInt64Array;
  /** The very same array as `finishedNs` where a result is on the main thread as soon as its task finishes. */
  readonly deliveredNs: BigInt64Array;
  readonly outcome: Uint8Array;
  readonly worker: Uint16Array;
  /** Rate load, ms after the start of the trial. */
  readonly dueMs: Float64Array;
  readonly releasedMs: Float64Array;
  readonly buffers: LedgerBuffers;
  readonly #startedWords: Uint32Array;
  readonly #finishedWords: Uint32Array;
  readonly #control: Int32Array;
  readonly #times: BigInt64Array;
  /** By worker: tasks started, tasks ended. */
  readonly #counts: Int32Array;
  readonly #mask: number;
  readonly #workers: number;

  constructor(buffers: LedgerBuffers) {
    this.buffers = buffers;
    this.load = buffers.load;
    this.capacity = buffers.capacity;
    this.startedNs = new BigInt64Array(buffers.started);
    this.finishedNs = new BigInt64Array(buffers.finished);
    this.deliveredNs =
      buffers.delivered === buffers.finished ? this.finishedNs : new BigInt64Array(buffers.delivered);
    this.#startedWords = new Uint32Array(buffers.started);
    this.#finishedWords = new Uint32Array(buffers.finished);
    this.outcome = new Uint8Array(buffers.outcome);
    this.worker = new Uint16Array(buffers.worker);
    this.dueMs = new Float64Array(buffers.due);
    this.releasedMs = new Float64Array(buffers.released);
    this.#control = new Int32Array(buffers.control);
    this.#times = new BigInt64Array(buffers.times);
    this.#counts = new Int32Array(buffers.counts);
    this.#workers = this.#counts.length / LINE;
    this.#mask = buffers.load === 'duration' ? buffers.capacity - 1 : 0x7fff_ffff;
  }

  /**
   * @param capacity of tasks; not looked at in a duration load
   * @param ownDelivery false for executors whose tasks run on the main thread: delivered is finished
   */
  static allocate(
    capacity: number,
    ownDelivery: boolean,
    { load = 'batch', workers = 1 }: LedgerShape = {},
  ): Ledger {
    const places = load === 'duration' ? RING_CAPACITY : capacity;
    const shared = (bytes: number) => new SharedArrayBuffer(bytes);
    const finished = shared(places * 8);
    return new Ledger({
      load,
      capacity: places,
      started: shared(places * 8),
      finished,
      delivered: ownDelivery ? shared(places * 8) : finished,
      outcome: shared(places),
      worker: shared(places * 2),
      control: shared(Object.keys(CONTROL).length * 4),
      times: shared(2 * 8),
      counts: shared(workers * LINE * 4),
      due: shared(load === 'rate' ? places * 8 : 0),
      released: shared(load === 'rate' ? places * 8 : 0),
      lastWords: shared(LAST_WORDS_BYTES),
    });
  }

  /** Of the shared memory, all of which is in use once there was a task in each place. */
  get bytes(): number {
    const buffers = new Set(Object.values(this.buffers));
    return [...buffers].reduce(
      (sum, buffer) => sum + (buffer instanceof SharedArrayBuffer ? buffer.byteLength : 0),
      0,
    );
  }

  /** Where the entry of a task is: its index, but for a ring. */
  placeOf(index: number): number {
    return index & this.#mask;
  }

  start(index: number, worker: number): void {
    const place = index & this.#mask;
    this.startedNs[place] = nowNs();
    this.outcome[place] = STARTED;
    this.worker[place] = worker;
    this.#counts[(worker % this.#workers) * LINE]!++;
  }

  /** @returns how long it ran, ns */
  finish(index: number, outcome: number): bigint {
    const place = index & this.#mask;
    const finishedNs = nowNs();
    this.finishedNs[place] = finishedNs;
    // A result that could not travel fails after it had completed.
    if (this.outcome[place] === STARTED) this.#counts[(this.worker[place]! % this.#workers) * LINE + 1]!++;
    this.outcome[place] = outcome;
    return finishedNs - this.startedNs[place]!;
  }

  /** @returns the failure, so that it can be passed on */
  fail(index: number, failure: Failure): Failure {
    this.finish(index, failure.kind === CANCELLED_KIND ? CANCELLED : FAILED);
    return failure;
  }

  /** What a worker that shares no memory with the host has written down of a task. */
  record(index: number, { startedNs, finishedNs, outcome, worker }: TaskEntry): void {
    const place = index & this.#mask;
    this.startedNs[place] = startedNs;
    this.finishedNs[place] = finishedNs;
    this.outcome[place] = outcome;
    this.worker[place] = worker;
    this.#countRecorded(worker);
  }

  /** The same with stamps as numbers, which a message holds in less time than BigInts; exact for 104 days of uptime. */
  recordNumbers(index: number, outcome: number, worker: number, startedNs: number, finishedNs: number): void {
    const place = index & this.#mask;
    writeStamp(this.#startedWords, place, startedNs);
    writeStamp(this.#finishedWords, place, finishedNs);
    this.outcome[place] = outcome;
    this.worker[place] = worker;
    this.#countRecorded(worker);
  }

  /** Of a worker that does not share the counts: started and ended at once. */
  #countRecorded(worker: number): void {
    const at = (worker % this.#workers) * LINE;
    this.#counts[at]!++;
    this.#counts[at + 1]!++;
  }

  startedAtNs(index: number): bigint {
    return this.startedNs[index & this.#mask]!;
  }

  deliver(index: number, atNs: bigint): void {
    this.deliveredNs[index & this.#mask] = atNs;
  }

  outcomeOf(index: number): number {
    return this.outcome[index & this.#mask]!;
  }

  /** Tasks started and not ended, on all threads. A count of its own: it knows no stamps. */
  inFlight(): number {
    let tasks = 0;
    for (let at = 0; at < this.#counts.length; at += LINE)
      tasks += Atomics.load(this.#counts, at) - Atomics.load(this.#counts, at + 1);
    return tasks;
  }

  /** Tasks that each worker has ended since the last reset. */
  endedByWorker(): number[] {
    return Array.from({ length: this.#workers }, (_, worker) =>
      Atomics.load(this.#counts, worker * LINE + 1),
    );
  }

  /**
   * Batch load: the next index nobody has claimed, on whatever thread; -1 when there is none, or after an abort.
   *
   * The abort is looked at here because a worker that runs microtasks back to back sees no message and no timer.
   */
  claim(): number {
    if (this.aborted) return -1;
    const index = Atomics.add(this.#control, CONTROL.next, 1);
    return index < this.tasks ? index : -1;
  }

  /** Rate load: the next released task; -1 when there is none. */
  claimReleased(): number {
    for (;;) {
      const next = Atomics.load(this.#control, CONTROL.next);
      if (next >= this.released) return -1;
      if (Atomics.compareExchange(this.#control, CONTROL.next, next, next + 1) === next) return next;
    }
  }

  /** Duration load: the next index whose place in the ring is free; -1 while half of the ring is in use. */
  claimPlace(): number {
    for (;;) {
      const next = Atomics.load(this.#control, CONTROL.next);
      // The words go round after 2³² tasks: as a difference in 32 bits this holds all the same.
      const inUse = (next - this.ended) | 0;
      if (inUse >= this.capacity / 2) return -1;
      const index = Atomics.add(this.#control, CONTROL.next, 1) >>> 0;
      const place = index & this.#mask;
      // A task that takes long may still hold its place when the ring comes round: that index is left out.
      if (Atomics.compareExchange(this.outcome, place, NOT_STARTED, CLAIMED) === NOT_STARTED) return index;
      this.countEnded();
    }
  }

  /** Duration load: the task has been recorded, its place may be used again. */
  release(index: number): void {
    Atomics.store(this.outcome, index & this.#mask, NOT_STARTED);
    this.countEnded();
  }

  /** What the pacer compares with what it released: the backlog. */
  countEnded(): void {
    Atomics.add(this.#control, CONTROL.ended, 1);
  }

  get ended(): number {
    return Atomics.load(this.#control, CONTROL.ended);
  }

  /** Tasks of the trial, where their number is known. */
  get tasks(): number {
    return Atomics.load(this.#control, CONTROL.tasks);
  }

  /** Rate load: tasks that have become due. */
  get released(): number {
    return Atomics.load(this.#control, CONTROL.released);
  }

  /** Rate load: tasks that are due and that nobody has claimed. */
  get unclaimed(): number {
    return Math.max(0, this.released - Atomics.load(this.#control, CONTROL.next));
  }

  /** Rate load: no more will become due. */
  get closed(): boolean {
    return Atomics.load(this.#control, CONTROL.closed) === 1;
  }

  /** The pacer's: tasks below `count` may be claimed. */
  releaseUpTo(count: number): void {
    Atomics.store(this.#control, CONTROL.released, count);
    this.#ring();
  }

  close(): void {
    Atomics.store(this.#control, CONTROL.closed, 1);
    this.#ring();
  }

  get aborted(): boolean {
    return Atomics.load(this.#control, CONTROL.abort) === 1;
  }

  abort(): void {
    Atomics.store(this.#control, CONTROL.abort, 1);
    Atomics.notify(this.#control, CONTROL.abort);
    this.#ring();
  }

  /** Blocks this thread until the time is over or the trial is aborted. */
  sleep(ms: number): void {
    Atomics.wait(this.#control, CONTROL.abort, 0, ms);
  }

  /** Changes at each release, at the close and at an abort. */
  get bell(): number {
    return Atomics.load(this.#control, CONTROL.bell);
  }

  /** Resolves when the bell is no longer `heard`. Does not keep a thread alive. */
  async nextBell(heard: number): Promise<void> {
    await Atomics.waitAsync(this.#control, CONTROL.bell, heard).value;
  }

  get startNs(): bigint {
    return Atomics.load(this.#times, TIMES.start);
  }

  /** Duration load: when the last task may start. */
  get endNs(): bigint {
    return Atomics.load(this.#times, TIMES.end);
  }

  /** Results are looked at, and one that could not be sent is that task's failure: true in cold trials. */
  get checked(): boolean {
    return Atomics.load(this.#control, CONTROL.checked) === 1;
  }

  /**
   * Results have been seen to share objects: a message that holds several would copy those once, where a pool copies
   * them with each result. Stays so from trial to trial.
   */
  get apart(): boolean {
    return Atomics.load(this.#control, CONTROL.apart) === 1;
  }

  sendApart(): void {
    Atomics.store(this.#control, CONTROL.apart, 1);
  }

  /** A task ignored its abort, and runs on though it has been given up. */
  addStray(): void {
    Atomics.add(this.#control, CONTROL.ignored, 1);
    Atomics.add(this.#control, CONTROL.strays, 1);
  }

  /** Such a task has come to its end after all, in whatever trial. */
  endStray(): void {
    Atomics.sub(this.#control, CONTROL.strays, 1);
  }

  /** Tasks of this trial that were given up while they ran. */
  get ignoredAborts(): number {
    return Atomics.load(this.#control, CONTROL.ignored);
  }

  /** Tasks of any trial that have been given up and still run. */
  get strays(): number {
    return Atomics.load(this.#control, CONTROL.strays);
  }

  /** What a thread says before it dies: errors that cannot be cloned reach nobody. */
  leaveLastWords(text: string): void {
    const words = new Uint8Array(this.buffers.lastWords);
    words.fill(0).set(Buffer.from(text).subarray(0, words.length));
  }

  /** Empty: nobody has died, or without a word. */
  get lastWords(): string {
    const words = Buffer.from(this.buffers.lastWords);
    const end = words.indexOf(0);
    return words.toString('utf8', 0, end === -1 ? words.length : end);
  }

  /** Starts the trial's time. */
  begin(startNs: bigint, endNs = startNs): void {
    Atomics.store(this.#times, TIMES.start, startNs);
    Atomics.store(this.#times, TIMES.end, endNs);
  }

  /** The clock stands, until the next `begin`: nobody samples what is in flight. */
  halt(): void {
    Atomics.store(this.#times, TIMES.start, NEVER_NS);
  }

  /** A number for a worker whose pool does not number its workers: 0, 1, 2, … */
  enlist(): number {
    return Atomics.add(this.#control, CONTROL.workers, 1);
  }

  /**
   * Between trials only: nobody may be claiming.
   *
   * @param tasks of the trial; not looked at in a duration load
   * @param checked see there
   */
  reset(tasks: number, checked = false): void {
    this.halt();
    this.outcome.fill(NOT_STARTED);
    this.#counts.fill(0);
    for (const word of ['next', 'abort', 'released', 'closed', 'ended', 'ignored'] as const)
      Atomics.store(this.#control, CONTROL[word], 0);
    Atomics.store(this.#control, CONTROL.tasks, tasks);
    Atomics.store(this.#control, CONTROL.checked, checked ? 1 : 0);
  }

  /** Everybody who waits for a task looks again. */
  #ring(): void {
    Atomics.add(this.#control, CONTROL.bell, 1);
    Atomics.notify(this.#control, CONTROL.bell);
  }
}

const WORD = 2 ** 32;

/** As its two halves: a BigInt made of a number would cost 50 ns. */
function writeStamp(words: Uint32Array, place: number, ns: number): void {
  words[2 * place] = ns % WORD;
  words[2 * place + 1] = ns / WORD;
}
