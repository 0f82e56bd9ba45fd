/** Words that all threads of a host share during a trial. */
export const WORDS = {
  next: 0,
  tasks: 1,
  abort: 2,
  bell: 3,
  /** Tasks that have been recorded, and whose place is free. */
  ended: 4,
  released: 5,
  closed: 6,
  checked: 7,
  apart: 8,
  ignored: 9,
  strays: 10,
  workers: 11,
  sharing: 12,
} as const;
type Word = keyof typeof WORDS;

/** Set to 0 for each trial. */
const OF_A_TRIAL: readonly Word[] = ['next', 'abort', 'released', 'closed', 'ended', 'ignored'];

/** The shared words, and the bell that is rung when those who wait for a task are to look again. */
export class Control {
  readonly words: Int32Array;

  constructor(buffer: SharedArrayBuffer) {
    this.words = new Int32Array(buffer);
  }

  static allocate(): SharedArrayBuffer {
    return new SharedArrayBuffer(Object.keys(WORDS).length * 4);
  }

  get(word: Word): number {
    return Atomics.load(this.words, WORDS[word]);
  }

  set(word: Word, value: number): void {
    Atomics.store(this.words, WORDS[word], value);
  }

  /** @returns what it was before */
  add(word: Word, value: number): number {
    return Atomics.add(this.words, WORDS[word], value);
  }

  reset(tasks: number, checked: boolean, sharing: boolean): void {
    for (const word of OF_A_TRIAL) this.set(word, 0);
    this.set('tasks', tasks);
    this.set('checked', checked ? 1 : 0);
    this.set('sharing', sharing ? 1 : 0);
  }

  get aborted(): boolean {
    return Atomics.load(this.words, WORDS.abort) === 1;
  }

  abort(): void {
    this.set('abort', 1);
    Atomics.notify(this.words, WORDS.abort);
    this.ring();
  }

  /** Blocks this thread until the time is over or the trial is aborted. */
  sleep(ms: number): void {
    Atomics.wait(this.words, WORDS.abort, 0, ms);
  }

  /** Everybody who waits for a task looks again. */
  ring(): void {
    Atomics.add(this.words, WORDS.bell, 1);
    Atomics.notify(this.words, WORDS.bell);
  }

  /** Resolves when the bell is no longer `heard`. Does not keep a thread alive. */
  async nextBell(heard: number): Promise<void> {
    await Atomics.waitAsync(this.words, WORDS.bell, heard).value;
  }
}
