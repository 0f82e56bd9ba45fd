/**
 * A pool of one's own beside the others: `npm run bench -- cpu --executors limited,queue,./examples/my-pool.ts`.
 *
 * Its threads have no queue of their own: each task goes to the thread that has least to do, and waits here while all
 * have as many as they may.
 */
import { Worker } from 'node:worker_threads';
import {
  defineExecutor,
  type Pool,
  type PoolRequest,
  type PoolStartRequest,
  startPool,
  THREADS,
} from 'threads-vs-loop/executor';

interface Waiting {
  readonly request: PoolRequest;
  readonly transfer: readonly ArrayBuffer[];
  resolve(value: unknown): void;
  reject(error: Error): void;
}

class MyPool implements Pool {
  readonly #threads: readonly { readonly worker: Worker; readonly tasks: Map<number, Waiting> }[];
  readonly #most: number;
  readonly #queue: Waiting[] = [];
  #sent = 0;
  #closing = false;

  constructor({ threads, inFlightPerWorker, data, lose }: PoolStartRequest) {
    this.#most = inFlightPerWorker;
    this.#threads = Array.from({ length: threads }, () => {
      const worker = new Worker(new URL('./my-pool-worker.mjs', import.meta.url), { workerData: data });
      const tasks = new Map<number, Waiting>();
      worker.on('message', ({ id, value, failure }) => {
        const task = tasks.get(id)!;
        tasks.delete(id);
        if (failure === undefined) task.resolve(value);
        else task.reject(new Error(failure));
        this.#fill();
      });
      worker.on('error', error => lose(error.message));
      // A thread that ends by itself must not be waited for.
      worker.on('exit', code => {
        if (!this.#closing) lose(`a thread exited with code ${code}`);
      });
      return { worker, tasks };
    });
  }

  run(request: PoolRequest, transfer: readonly ArrayBuffer[]): Promise<unknown> {
    return new Promise((resolve, reject) => {
      this.#queue.push({ request, transfer, resolve, reject });
      this.#fill();
    });
  }

  #fill(): void {
    while (this.#queue.length > 0) {
      const idlest = this.#threads.reduce((a, b) => (b.tasks.size < a.tasks.size ? b : a));
      if (idlest.tasks.size >= this.#most) return;
      const task = this.#queue.shift()!;
      const id = this.#sent++;
      idlest.tasks.set(id, task);
      idlest.worker.postMessage({ id, request: task.request }, [...task.transfer]);
    }
  }

  async close(): Promise<void> {
    this.#closing = true;
    await Promise.all(this.#threads.map(({ worker }) => worker.terminate()));
  }
}

export default defineExecutor({
  name: 'my-pool',
  summary: 'threads that are each sent a task when they have least to do',
  capabilities: THREADS,
  options: {},
  start: (workload, options) => startPool('my-pool', workload, options, asked => new MyPool(asked)),
});
