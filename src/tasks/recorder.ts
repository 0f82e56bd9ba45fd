import { CANCELLED_KIND, type Failure } from './failure.js';
import type { TaskSource } from './source.js';

/** State of a task. */
export const NOT_STARTED = 0;
export const STARTED = 1;
export const COMPLETED = 2;
export const FAILED = 3;
export const CANCELLED = 4;
/** Handed out and not yet started: its place in a ring is taken. */
export const CLAIMED = 5;

/** Outcome of a task that did not complete. */
export function failedAs({ kind }: Failure): number {
  return kind === CANCELLED_KIND ? CANCELLED : FAILED;
}

/**
 * What becomes of tasks, as the thread that runs them writes it down: in memory that it shares with the host, or in its own, to be
 * sent back. One class of it in a process: these calls are made for every task, and must stay monomorphic.
 */
export interface TaskRecorder {
  /** Results are looked at, and one that could not be sent is that task's failure: true in cold trials, and where these had such results. */
  readonly checked: boolean;
  /** Objects that results share are looked for: true in cold trials alone. */
  readonly sharing: boolean;
  /** Results have been seen to share objects. */
  sendApart(): void;
  /** Nothing more is to be started. Looked at where tasks start: a thread that runs microtasks back to back sees no message. */
  readonly aborted: boolean;
  start(index: number, worker: number): void;
  /** @returns how long it ran, ns */
  finish(index: number, outcome: number): bigint;
  /** @returns the failure, so that it can be passed on */
  fail(index: number, failure: Failure): Failure;
  /** Of a task that runs. */
  startedAtNs(index: number): bigint;
  /** A task ignored its abort, and runs on though it has been given up. */
  addStray(): void;
  /** Such a task has come to its end after all, in whatever trial. */
  endStray(): void;
}

/** Where results are gathered in messages. */
export interface BufferRecorder extends Pick<TaskRecorder, 'sharing' | 'fail'> {
  /**
   * Results have been seen to share objects: a message that holds several would copy those once, where a pool copies
   * them with each result. Stays so from trial to trial.
   */
  readonly apart: boolean;
  /** The low half of the stamp of its finish: differences below 4 s need no BigInt. */
  finishedLowNs(index: number): number;
}

declare const shared: unique symbol;
/** The memory of a recorder, to be sent to threads, which record in it too: see `threadTask`. */
export interface SharedRecord {
  readonly [shared]?: never;
}

/** What an executor is given, on the host's main thread: where it has tasks from, and where it writes what came of them. */
export interface Recorder extends TaskRecorder {
  readonly shared: SharedRecord;
  /** The tasks of the trial, for this thread; where only this one claims, no memory need be shared. */
  source(tasks: number, signal: AbortSignal): TaskSource;
  /** Of workers that share no memory: what they have written down, on this machine's clock; exact for 104 days of uptime. */
  receive(index: number, outcome: number, worker: number, startedNs: number, finishedNs: number): void;
  /** The result is on this thread. */
  deliver(index: number, atNs: bigint): void;
  outcomeOf(index: number): number;
  /** For all threads that share the memory. */
  abort(): void;
  /** What a worker says before it dies: errors that cannot be cloned reach nobody. Empty: nobody has died, or without a word. */
  readonly lastWords: string;
  leaveLastWords(text: string): void;
}
