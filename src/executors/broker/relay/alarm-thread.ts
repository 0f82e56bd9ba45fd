import { Worker } from 'node:worker_threads';
import { entryUrl } from '../../../entry.js';
import type { Alarm } from './delay-line.js';

/** What the thread of an alarm is started with. */
export interface AlarmData {
  readonly words: SharedArrayBuffer;
  /** One number: when it is to ring next, on the clock of all threads, ms. */
  readonly dueMs: SharedArrayBuffer;
}

/** Words that both sides share: whether it is set, and one that never changes. */
const WORDS = { isSet: 0, never: 1 } as const;

/**
 * An alarm that is exact to a tenth of a millisecond: a thread that sleeps in `Atomics.wait`. Timers of the event loop, and its
 * poll, know whole milliseconds alone.
 */
export class AlarmThread implements Alarm {
  readonly #words = new Int32Array(new SharedArrayBuffer(Object.keys(WORDS).length * 4));
  readonly #dueMs = new Float64Array(new SharedArrayBuffer(8));

  constructor(ring: () => void) {
    const workerData: AlarmData = { words: this.#words.buffer, dueMs: this.#dueMs.buffer };
    const thread = new Worker(entryUrl('broker-alarm'), { workerData });
    thread.on('message', ring);
  }

  set(atMs: number): void {
    this.#dueMs[0] = atMs;
    Atomics.store(this.#words, WORDS.isSet, 1);
    Atomics.notify(this.#words, WORDS.isSet);
  }
}

/** The thread's own side; never returns. */
export function serveAlarm({ words, dueMs }: AlarmData, nowMs: () => number, ring: () => void): never {
  const shared = new Int32Array(words);
  const due = new Float64Array(dueMs);
  for (;;) {
    Atomics.wait(shared, WORDS.isSet, 0);
    Atomics.store(shared, WORDS.isSet, 0);
    const leftMs = due[0]! - nowMs();
    if (leftMs > 0) Atomics.wait(shared, WORDS.never, 0, leftMs);
    ring();
  }
}
