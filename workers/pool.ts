/**
 * A pool of worker threads in one file, without dependencies, written by `threads-vs-loop tune --write`: copy it, change it.
 * Tasks go to the thread that has the fewest, all that are given in a turn of the loop in one message, and so do results,
 * or those of a millisecond where tasks compute. A thread that dies takes its tasks with it, and is replaced.
 */
import { type MessagePort, parentPort, Worker, workerData } from 'node:worker_threads';

export interface PoolOptions {
  /** URL of the module that has the task. */
  readonly filename: string;
  /** Its export, a function of one argument; default: `default`. */
  readonly name?: string;
  readonly threads: number;
  /** Tasks that run in a thread at the same time; default 1. */
  readonly inFlightPerThread?: number;
  /** After which a task is rejected; a thread that is stuck in it for as long again is replaced. Default: never. */
  readonly taskTimeoutMs?: number;
  /** For the module, as `workerData.data`. */
  readonly data?: unknown;
}

export interface Pool {
  /** Rejects with what the task throws, after its time-out, or when its thread dies. */
  run(argument: unknown): Promise<unknown>;
  /** Lets what was given end, and the threads after it. */
  close(): Promise<void>;
}

interface Task {
  readonly argument: unknown;
  readonly resolve: (value: unknown) => void;
  readonly reject: (error: unknown) => void;
  timer?: NodeJS.Timeout;
}
type Sent = readonly [id: number, argument: unknown];
type Result = readonly [id: number, succeeded: boolean, value: unknown];
interface Thread {
  readonly worker: Worker;
  readonly tasks: Map<number, Task>;
  readonly outbox: Sent[];
}

const MARK = 'pool of threads-vs-loop';
/** Given to a thread for each task that runs there, so that it need not ask for the next. */
const AHEAD = 2;
/** Results wait no longer than this, ms, while others compute. */
const FLUSH_MS = 1;

/** Resolves when all threads have loaded the module. */
export async function createPool(options: PoolOptions): Promise<Pool> {
  const { threads: size, inFlightPerThread = 1, taskTimeoutMs: limitMs } = options;
  const threads = new Set<Thread>();
  let queue: Task[] = [];
  let ids = 0;
  let pending = 0;
  let isClosed = false;
  let idle: (() => void) | undefined;

  const settle = ({ tasks }: Thread, [id, succeeded, value]: Result) => {
    const { resolve, reject, timer } = tasks.get(id)!;
    tasks.delete(id);
    clearTimeout(timer);
    (succeeded ? resolve : reject)(value);
    if (--pending === 0) idle?.();
  };
  const give = (thread: Thread, task: Task) => {
    const id = ids++;
    thread.tasks.set(id, task);
    if (thread.outbox.push([id, task.argument]) === 1) queueMicrotask(() => sendAll(thread));
    if (limitMs !== undefined) task.timer = setTimeout(() => overdue(thread, task, limitMs), limitMs);
  };
  const overdue = (thread: Thread, task: Task, afterMs: number) => {
    task.reject(new Error(`The task did not end within ${afterMs} ms`));
    task.timer = setTimeout(() => void thread.worker.terminate(), afterMs);
  };
  const sendAll = (thread: Thread) => {
    const refuse = ([id]: Sent, error: unknown) => settle(thread, [id, false, error]);
    post(thread.worker, thread.outbox.splice(0), refuse);
  };
  const fill = () => {
    let given = 0;
    for (; given < queue.length && threads.size > 0; given++) {
      const thread = [...threads].reduce((a, b) => (b.tasks.size < a.tasks.size ? b : a));
      if (thread.tasks.size >= AHEAD * inFlightPerThread) break;
      give(thread, queue[given]!);
    }
    if (given > 0) queue = queue.slice(given);
  };
  const addThread = () =>
    new Promise<void>((opened, refused) => {
      const worker = new Worker(new URL(import.meta.url), { workerData: { mark: MARK, ...options } });
      const thread: Thread = { worker, tasks: new Map(), outbox: [] };
      let cause: unknown;
      worker.once('message', () => {
        threads.add(thread);
        opened();
        fill();
        worker.on('message', (results: readonly Result[]) => {
          for (const result of results) settle(thread, result);
          fill();
        });
      });
      worker.on('error', error => (cause = error));
      worker.on('exit', code => {
        const error = new Error(`A thread of the pool ended with code ${code}`, { cause });
        refused(cause ?? error);
        for (const id of thread.tasks.keys()) settle(thread, [id, false, error]);
        // Where no thread can be had any more, what waits is told so.
        const giveUp = (why: unknown) => threads.size > 0 || queue.splice(0).map(({ reject }) => reject(why));
        if (threads.delete(thread) && !isClosed) addThread().catch(giveUp);
      });
    });
  await Promise.all(Array.from({ length: size }, addThread));
  return {
    run(argument) {
      if (isClosed) return Promise.reject(new Error('The pool is closed'));
      return new Promise((resolve, reject) => {
        pending++;
        queue.push({ argument, resolve, reject });
        fill();
      });
    },
    async close() {
      isClosed = true;
      await (pending > 0 ? new Promise<void>(resolve => (idle = resolve)) : null);
      await Promise.all([...threads].map(({ worker }) => worker.terminate()));
    },
  };
}

type Port = Pick<MessagePort, 'postMessage'>;

/** What cannot be sent is refused by itself: the others of its batch are not to blame. */
function post<Item>(port: Port, batch: readonly Item[], refuse: (item: Item, error: unknown) => void): void {
  try {
    if (batch.length > 0) port.postMessage(batch);
  } catch (error) {
    if (batch.length === 1) refuse(batch[0]!, error);
    else for (const item of batch) post(port, [item], refuse);
  }
}

async function serve(
  port: MessagePort,
  { filename, name = 'default', inFlightPerThread = 1 }: PoolOptions,
): Promise<void> {
  const task = ((await import(filename)) as Record<string, unknown>)[name];
  if (typeof task !== 'function') throw new TypeError(`${filename} has no function ${name}`);
  const waiting: Sent[] = [];
  const results: Result[] = [];
  let [running, sentMs] = [0, 0];
  const flush = () => {
    sentMs = performance.now();
    post(port, results.splice(0), ([id], error) => port.postMessage([[id, false, new Error(String(error))]]));
  };
  const drain = async (): Promise<void> => {
    running++;
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
      const [id, argument] = next;
      try {
        results.push([id, true, await task(argument)]);
      } catch (error) {
        results.push([id, false, error]);
      }
      if (performance.now() - sentMs > FLUSH_MS) flush();
      else if (results.length === 1) setImmediate(flush);
    }
    running--;
  };
  port.on('message', (tasks: readonly Sent[]) => {
    waiting.push(...tasks);
    while (waiting.length > 0 && running < inFlightPerThread) void drain();
  });
  port.postMessage('open');
}

if (parentPort !== null && (workerData as { mark?: string } | null)?.mark === MARK)
  await serve(parentPort, workerData as PoolOptions);
