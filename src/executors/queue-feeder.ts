import type { Worker } from 'node:worker_threads';
import type { Batch } from '../tasks/batch.js';
import type { PayloadCodec, PayloadTask } from '../tasks/payload.js';
import { NONE_LEFT, NOT_YET } from '../tasks/source.js';
import type { ToQueueWorker } from './queue.js';

/** Sends tasks with their data to the workers of `queue`, to each as many as it has room for. */
export class QueueFeeder {
  readonly #batch: Batch;
  readonly #desk: PayloadCodec;
  readonly #workers: readonly Worker[];
  /** By worker: how many more it may be sent. */
  readonly #room: number[];
  #vacant: () => void = () => {};

  /** @param most tasks that a worker may have, in the making and waiting */
  constructor(batch: Batch, desk: PayloadCodec, workers: readonly Worker[], most: number) {
    this.#batch = batch;
    this.#desk = desk;
    this.#workers = workers;
    this.#room = workers.map(() => most);
  }

  /** Resolves when all tasks have been sent. */
  async feed(): Promise<void> {
    const { source } = this.#batch;
    for (let index = source.claim(); index !== NONE_LEFT; index = source.claim()) {
      if (index === NOT_YET) await source.arrival();
      else await this.#send(this.#desk.pack(index));
    }
    for (const worker of this.#workers) worker.postMessage('over' satisfies ToQueueWorker);
  }

  /** A worker is done with so many. */
  ended(worker: number, tasks: number): void {
    this.#room[worker]! += tasks;
    this.#vacant();
  }

  async #send(task: PayloadTask): Promise<void> {
    let worker = this.#roomiest();
    while (this.#room[worker]! <= 0) {
      await new Promise<void>(resolve => {
        this.#vacant = resolve;
      });
      worker = this.#roomiest();
    }
    this.#room[worker]!--;
    this.#workers[worker]!.postMessage([task] satisfies ToQueueWorker, this.#desk.transferOf(task));
  }

  #roomiest(): number {
    return this.#room.indexOf(Math.max(...this.#room));
  }
}
