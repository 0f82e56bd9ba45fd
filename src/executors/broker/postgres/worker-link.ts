import { setTimeout as sleep } from 'node:timers/promises';
import { createPostgresBackend, Worker } from 'bullmq';
import type { Pool } from 'pg';
import type { BrokerAddress } from '../../../schema/index.js';
import type {
  JobWorker,
  JobWorkerOptions,
  ResultMessage,
  TakenJob,
  TrialNotice,
  WorkerLink,
} from '../engine.js';
import type { BrokerNames } from '../names.js';
import { isGone } from '../refusals.js';
import { backendOptions } from './connection-options.js';
import { Listener } from './listener.js';
import { type PostgresNames, postgresNames } from './names.js';
import { oneConnection } from './one-connection.js';
import { readTrial, writeResult } from './tables.js';

/** The controller is the one to say that a broker is lost: this looks for it until the process is ended. */
const RECONNECT_MS = 200;

export class PostgresWorkerLink implements WorkerLink {
  readonly #address: BrokerAddress;
  readonly #names: PostgresNames;
  readonly #results: Pool;

  constructor(address: BrokerAddress, names: BrokerNames) {
    this.#address = address;
    this.#names = postgresNames(names);
    this.#results = oneConnection(address);
  }

  async notice(trial: number): Promise<TrialNotice | null> {
    const { rows } = await whenConnected(() => this.#results.query(readTrial(this.#names), [trial]));
    return rows.length === 0 ? null : (JSON.parse(rows[0].notice) as TrialNotice);
  }

  write(trial: number, { kind, bytes }: ResultMessage): Promise<unknown> {
    const values = [trial, kind, bytes];
    // Where the answer was lost it is written twice: of two results of a task one is taken.
    return whenConnected(() =>
      this.#results.query({ name: 'write', text: writeResult(this.#names), values }),
    );
  }

  listenForAborts(hear: (trial: number) => void): Promise<unknown> {
    const { abortsChannel } = this.#names;
    return new Listener(this.#address, abortsChannel, trial => hear(Number(trial))).open();
  }

  startJobWorker(process: (job: TakenJob) => Promise<void>, options: JobWorkerOptions): JobWorker {
    // One that ends, for each that runs, and one that looks for more.
    const connection = backendOptions(this.#address, this.#names, options.concurrency + 1);
    const { queue } = this.#names;
    const worker = new Worker(queue, process, { ...options, connection }, createPostgresBackend);
    worker.on('error', () => {});
    return worker;
  }
}

/** A pool connects anew for each statement, and says so of the one that was under way. */
async function whenConnected<T>(ask: () => Promise<T>): Promise<T> {
  for (;;) {
    try {
      return await ask();
    } catch (error) {
      if (!isGone(error)) throw error;
    }
    await sleep(RECONNECT_MS);
  }
}
