import { createPostgresBackend, Worker } from 'bullmq';
import pg from 'pg';
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
import { backendOptions, connectionOptions } from './connection-options.js';
import { type PostgresNames, postgresNames } from './names.js';
import { oneConnection } from './one-connection.js';
import { readTrial, writeResult } from './tables.js';

const RECONNECT_MS = 1_000;

export class PostgresWorkerLink implements WorkerLink {
  readonly #address: BrokerAddress;
  readonly #names: PostgresNames;
  readonly #results: pg.Pool;

  constructor(address: BrokerAddress, names: BrokerNames) {
    this.#address = address;
    this.#names = postgresNames(names);
    this.#results = oneConnection(address);
  }

  async notice(trial: number): Promise<TrialNotice | null> {
    const { rows } = await this.#results.query(readTrial(this.#names), [trial]);
    return rows.length === 0 ? null : (JSON.parse(rows[0].notice) as TrialNotice);
  }

  write(trial: number, { kind, bytes }: ResultMessage): Promise<unknown> {
    const values = [trial, kind, bytes];
    return this.#results.query({ name: 'write', text: writeResult(this.#names), values });
  }

  listenForAborts(hear: (trial: number) => void): Promise<unknown> {
    const again = () => {
      setTimeout(() => void this.#listen(hear, again).catch(again), RECONNECT_MS).unref();
    };
    return this.#listen(hear, again);
  }

  async #listen(hear: (trial: number) => void, again: () => void): Promise<void> {
    const client = new pg.Client(connectionOptions(this.#address));
    client.on('error', () => {});
    client.on('notification', ({ payload }) => hear(Number(payload)));
    await client.connect();
    client.once('end', again);
    await client.query(`LISTEN ${this.#names.abortsChannel}`);
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
