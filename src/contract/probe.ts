import { isMainThread, threadId } from 'node:worker_threads';
import { nowNs } from '../clock.js';
import type { TaskSignal } from '../workloads/task-signal.js';
import { defineWorkload } from '../workloads/workload.js';

/** Results of every kind that survives the way between threads. */
class Point {
  readonly x: number;
  constructor(x: number) {
    this.x = x;
  }
}

export const VALUES: readonly unknown[] = [
  undefined,
  null,
  2n ** 70n,
  new Map([['a', new Set([1])]]),
  new Float64Array([1.5, -0]),
  new Uint8Array([1, 2, 3]).buffer,
  Object.assign([1], { length: 3 }),
  { nested: { date: new Date(0) } },
  new Point(7),
  'text',
  Number.NaN,
];

interface Context {
  readonly does: string;
  /** Whether this is another thread or process than the host's main thread. */
  readonly isWorker: boolean;
  inFlight: number;
  most: number;
}

type Behaviour = (context: Context, index: number, signal: TaskSignal) => Promise<unknown>;
type SyncBehaviour = (context: Context, index: number) => unknown;

const HELD_NS = 30_000_000n;

/** Lets nobody else have the thread for 30 ms. */
function hold(): void {
  const startedNs = nowNs();
  while (nowNs() - startedNs < HELD_NS);
}

const SYNC: Readonly<Record<string, SyncBehaviour>> = {
  index: (_context, index) => index,
  wait: (_context, index) => index,
  values: (_context, index) => VALUES[index % VALUES.length],
  /** Where it runs; the number of a thread means nothing in another process. */
  place: ({ isWorker }) => ({ isWorker, place: `${process.pid}/${threadId}` }),
  /** Tasks 1, 4, 7, … fail. */
  fails: (_context, index) => {
    if (index % 3 === 1) throw new Error(`task ${index} failed`);
    return index;
  },
  /** Tasks 1, 4, 7, … hold their thread. */
  holds: (_context, index) => {
    if (index % 3 === 1) hold();
    return index;
  },
  plain: (_context, index) => index,
};

/** Waits, and stops waiting when it is told to. */
function wait(ms: number, index: number, signal: TaskSignal): Promise<number> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => {
      signal.off('abort', stop);
      resolve(index);
    }, ms);
    const stop = () => {
      clearTimeout(timer);
      reject(signal.reason);
    };
    signal.once('abort', stop);
  });
}

/** Returns how many tasks of this worker were in flight at most when this one ended. */
async function gauge(context: Context): Promise<number> {
  context.inFlight++;
  context.most = Math.max(context.most, context.inFlight);
  await new Promise(resolve => setTimeout(resolve, 2));
  context.inFlight--;
  return context.most;
}

const promising =
  (does: SyncBehaviour): Behaviour =>
  async (context, index) =>
    does(context, index);

const ASYNC: Readonly<Record<string, Behaviour>> = {
  ...Object.fromEntries(Object.entries(SYNC).map(([name, does]) => [name, promising(does)])),
  wait: (_context, index, signal) => wait(5, index, signal),
  // As JavaScript may: nothing checks it.
  plain: SYNC.plain as unknown as Behaviour,
  throwsAtOnce: (_context, index) => {
    if (index % 3 === 1) throw new TypeError(`task ${index} threw`);
    return Promise.resolve(index);
  },
  /** Tasks 2, 5, 8, … end only when aborted. */
  stalls: (_context, index, signal) =>
    index % 3 === 2
      ? new Promise((_, reject) => signal.once('abort', () => reject(signal.reason)))
      : Promise.resolve(index),
  /** Tasks 2, 5, 8, … never end. */
  deaf: (_context, index) => (index % 3 === 2 ? new Promise(() => {}) : Promise.resolve(index)),
  gauge,
  /** The same, while tasks 1, 11, 21, … hold their worker up. */
  unevenGauge: (context, index) => {
    if (index % 10 === 1) hold();
    return gauge(context);
  },
  uncloneable: async (_context, index) => (index === 1 ? { callback: () => index } : index),
  exits: async ({ isWorker }, index) => (index === 3 && isWorker ? process.exit(0) : index),
  throwsOutside: ({ isWorker }, index) => {
    if (index === 3 && isWorker)
      setImmediate(() => {
        throw new RangeError('outside a task');
      });
    return new Promise(resolve => setTimeout(resolve, 20, index));
  },
  outOfMemory: async ({ isWorker }, index) => {
    if (index === 3 && isWorker)
      for (const hoard: unknown[] = []; ; ) hoard.push(Array.from({ length: 1e4 }, () => ({ index })));
    return index;
  },
  /** One byte of one result differs between workers and loops. */
  altered: async ({ isWorker }, index) => ({ text: index === 3 && isWorker ? 'abd' : 'abc' }),
};

export default defineWorkload({
  name: 'probe',
  summary: 'does what its parameter says: for checking executors',
  kind: 'wait',
  params: {
    does: { kind: 'choice', default: 'index', choices: Object.keys(ASYNC), summary: 'what a task does' },
    hostPid: {
      kind: 'number',
      default: 0,
      min: 0,
      max: 2 ** 31,
      integer: true,
      summary: 'process of the host; 0: only threads are workers',
    },
  },
  defaults: { tasks: 10 },
  open: async ({ does, hostPid }): Promise<Context> => ({
    does,
    isWorker: !isMainThread || (hostPid !== 0 && process.pid !== hostPid),
    inFlight: 0,
    most: 0,
  }),
  task: (context, index, signal) => ASYNC[context.does]!(context, index, signal),
  taskSync: (context, index) => SYNC[context.does]!(context, index),
});
