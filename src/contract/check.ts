import { EventEmitter, once } from 'node:events';
import type { Executor } from '../executors/executor.js';
import type { BrokerAddress } from '../schema/index.js';
import type { Ledger } from '../trial/ledger.js';
import { type Started, type StartRequest, startExecutor } from './start.js';

/** One promise of an executor, to be run by whatever runs tests. */
export interface Check {
  readonly name: string;
  /** Rejects when the promise is not kept. */
  run(): Promise<void>;
}

/** What a check is told when it is run. */
export interface CheckSetting {
  /** How long it may take. */
  readonly limitMs: number;
  readonly broker?: BrokerAddress | undefined;
}

/** A check that does not know yet of whom, nor in what setting. */
export interface OpenCheck {
  readonly name: string;
  run(executor: Executor, setting: CheckSetting): Promise<void>;
}

/** Starts the executor as a check likes it; it is gone when the check ends. */
export type Start = (asked: StartRequest) => Promise<Started>;

export function check(name: string, body: (start: Start) => Promise<void>): OpenCheck {
  return {
    name,
    async run(executor, { limitMs, broker }) {
      const started: Started[] = [];
      const start: Start = async asked => {
        const one = await startExecutor(executor, { ...asked, broker });
        started.push(one);
        return one;
      };
      const dispose = () => Promise.all(started.map(one => one[Symbol.asyncDispose]()));
      try {
        await within(limitMs, body(start), 'it is still not done');
      } catch (error) {
        // What comes first is what matters.
        await within(limitMs, dispose(), '').catch(() => {});
        throw error;
      }
      await within(limitMs, dispose(), 'it is still not disposed of');
    },
  };
}

/** The timer also keeps the process alive: a task that never ends does not, and a runner of tests would be gone first. */
async function within(limitMs: number, promise: Promise<unknown>, complaint: string): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise((_, reject) => {
    timer = setTimeout(() => reject(new Error(`${complaint} after ${limitMs / 1_000} s`)), limitMs);
  });
  try {
    await Promise.race([promise, late]);
  } finally {
    clearTimeout(timer);
  }
}

/** A run that a check awaits later: should it fail before that, the run rejects when the executor is disposed of. */
export function awaitedLater(run: Promise<void>): Promise<void> {
  run.catch(() => {});
  return run;
}

/** Counts endings, and resolves when so many have come. */
export function endings() {
  const events = new EventEmitter();
  let count = 0;
  return {
    next: () => void events.emit('ended', ++count),
    async reach(number: number) {
      while (count < number) await once(events, 'ended');
    },
  };
}

/** Stamps of another process come with its results; this is many times what a task takes to get there. */
const ON_ITS_WAY_MS = 50;

/** Resolves when the task has been started, and so is in flight if it does not end. */
export async function whenStarted({ capabilities }: Executor, ledger: Ledger, index: number): Promise<void> {
  if (!capabilities.sharesMemory) await new Promise(resolve => setTimeout(resolve, ON_ITS_WAY_MS));
  else while (ledger.startedNs[index] === 0n) await new Promise(setImmediate);
}

export const range = (count: number): number[] => Array.from({ length: count }, (_, index) => index);
