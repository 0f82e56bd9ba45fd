import type { Executor } from '../executors/executor.js';
import { type StartAsked, type Started, startExecutor } from './start.js';

/** One promise of an executor, to be run by whatever runs tests. */
export interface Check {
  readonly name: string;
  /** Rejects when the promise is not kept. */
  run(): Promise<void>;
}

/** What checks are made of: the executor, started as they like it, and gone when they end. */
export type CheckBody = (start: (asked: StartAsked) => Promise<Started>) => Promise<void>;

export function check(executor: Executor, name: string, body: CheckBody): Check {
  return {
    name,
    async run() {
      const started: Started[] = [];
      // A task that never ends keeps no process alive: without this a runner of tests would be gone before its time-out.
      const alive = setInterval(() => {}, ALIVE_MS);
      try {
        await body(async asked => {
          const one = await startExecutor(executor, asked);
          started.push(one);
          return one;
        });
      } finally {
        await Promise.all(started.map(one => one[Symbol.asyncDispose]()));
        clearInterval(alive);
      }
    },
  };
}

const ALIVE_MS = 1_000;

export const range = (count: number): number[] => Array.from({ length: count }, (_, index) => index);
