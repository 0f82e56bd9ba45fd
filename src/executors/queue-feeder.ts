import type { Worker } from 'node:worker_threads';
import { ClaimLoop } from '../tasks/claim-loop.js';
import type { PayloadCodec } from '../tasks/payload.js';
import type { TaskSource } from '../tasks/source.js';
import type { ToQueueWorker } from './queue.js';

/** Sends tasks with their data to the workers of `queue`, each to the one that has room for most. */
export class QueueFeeder {
  readonly #loop: ClaimLoop;
  /** By worker: how many more it may be sent. */
  readonly #room: number[];

  /** @param most tasks that a worker may have, in the making and waiting */
  constructor(source: TaskSource, codec: PayloadCodec, workers: readonly Worker[], most: number) {
    const room = workers.map(() => most);
    this.#room = room;
    this.#loop = new ClaimLoop({
      source,
      most: most * workers.length,
      start(index) {
        const task = codec.pack(index);
        const worker = room.indexOf(Math.max(...room));
        room[worker]!--;
        workers[worker]!.postMessage([task] satisfies ToQueueWorker, codec.transferOf(task));
      },
      exhausted() {
        for (const worker of workers) worker.postMessage('done' satisfies ToQueueWorker);
      },
    });
  }

  /** Resolves when all tasks have been sent and have ended. */
  run(): Promise<void> {
    return this.#loop.run();
  }

  /** A worker is done with so many. */
  ended(worker: number, tasks: number): void {
    this.#room[worker]! += tasks;
    this.#loop.ended(tasks);
  }
}
