import { Worker } from 'node:worker_threads';
import { entryUrl } from '../entry.js';
import type { Ledger, LedgerBuffers } from './ledger.js';

/** What a side thread is started with. */
export interface SideThreadData {
  readonly ledger: LedgerBuffers;
  readonly words: SharedArrayBuffer;
  readonly figures: SharedArrayBuffer;
}

/** Words that both sides share: the trial asked for, the trial that is over, and whether to stop. */
const WORDS = { asked: 0, done: 1, stop: 2 } as const;
const MOST_FIGURES = 4;

/** The host's side of a thread that works beside a trial, asleep in between: the pacer, the sampler. */
export class SideThread implements AsyncDisposable {
  readonly #worker: Worker;
  readonly #words = new Int32Array(new SharedArrayBuffer(Object.keys(WORDS).length * 4));
  /** What the thread said of the last trial. */
  readonly figures = new Float64Array(new SharedArrayBuffer(MOST_FIGURES * 8));

  private constructor(entry: string, ledger: Ledger) {
    const { buffer: words } = this.#words;
    const workerData: SideThreadData = { ledger: ledger.shared, words, figures: this.figures.buffer };
    this.#worker = new Worker(entryUrl(entry), { workerData });
    this.#worker.unref();
  }

  /** Resolves when the thread waits for its first trial. */
  static async start(entry: 'pacer' | 'sampler', ledger: Ledger): Promise<SideThread> {
    const thread = new SideThread(entry, ledger);
    await new Promise<void>((resolve, reject) => {
      thread.#worker.once('message', () => resolve());
      thread.#worker.once('error', reject);
    });
    return thread;
  }

  /** @param input for the thread, in its figures */
  begin(...input: readonly number[]): void {
    this.figures.fill(0);
    this.figures.set(input);
    Atomics.store(this.#words, WORDS.stop, 0);
    Atomics.add(this.#words, WORDS.asked, 1);
    Atomics.notify(this.#words, WORDS.asked);
  }

  /** Resolves when the thread is done with the trial; its figures are there then. */
  async end(): Promise<Float64Array> {
    const asked = Atomics.load(this.#words, WORDS.asked);
    Atomics.store(this.#words, WORDS.stop, 1);
    Atomics.notify(this.#words, WORDS.stop);
    for (let done = Atomics.load(this.#words, WORDS.done); done !== asked; ) {
      await Atomics.waitAsync(this.#words, WORDS.done, done).value;
      done = Atomics.load(this.#words, WORDS.done);
    }
    return this.figures;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#worker.terminate();
  }
}

/** The thread's own side. */
export interface SideWork {
  readonly figures: Float64Array;
  /** The host has ended the trial. */
  stopped(): boolean;
  /** Blocks until the time is over or the host ends the trial. */
  sleep(ms: number): void;
}

/** Serves trial after trial; never returns. */
export function serveTrials(
  { words, figures }: Omit<SideThreadData, 'ledger'>,
  serve: (work: SideWork) => void,
): never {
  const shared = new Int32Array(words);
  const work: SideWork = {
    figures: new Float64Array(figures),
    stopped: () => Atomics.load(shared, WORDS.stop) === 1,
    sleep: ms => void Atomics.wait(shared, WORDS.stop, 0, ms),
  };
  for (let done = 0; ; ) {
    Atomics.wait(shared, WORDS.asked, done);
    serve(work);
    done = Atomics.load(shared, WORDS.asked);
    Atomics.store(shared, WORDS.done, done);
    Atomics.notify(shared, WORDS.done);
  }
}
