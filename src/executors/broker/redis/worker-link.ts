import { Worker } from 'bullmq';
import type { Redis } from 'ioredis';
import type { BrokerAddress } from '../../../schema/index.js';
import type {
  JobData,
  JobWorker,
  JobWorkerOptions,
  ResultMessage,
  TakenJob,
  TrialNotice,
  WorkerLink,
} from '../engine.js';
import { type BrokerNames, resultsKey } from '../names.js';
import { connect } from './connect.js';
import { connectionOptions } from './connection-options.js';

export class RedisWorkerLink implements WorkerLink {
  readonly #names: BrokerNames;
  readonly #connection: Record<string, unknown>;
  readonly #client: Redis;
  readonly #control: Redis;

  constructor(address: BrokerAddress, names: BrokerNames) {
    this.#names = names;
    this.#connection = { ...connectionOptions(address), maxRetriesPerRequest: null };
    this.#client = connect(this.#connection);
    this.#control = connect(this.#connection);
  }

  async notice(trial: number): Promise<TrialNotice | null> {
    const text = await this.#client.hget(this.#names.trials, String(trial));
    return text === null ? null : (JSON.parse(text) as TrialNotice);
  }

  /** A stream that is gone was that of a trial that is over: it must not come to life again. */
  write(trial: number, { kind, bytes }: ResultMessage): Promise<unknown> {
    return this.#client.xadd(resultsKey(this.#names, trial), 'NOMKSTREAM', '*', kind, bytes);
  }

  listenForAborts(hear: (trial: number) => void): Promise<unknown> {
    this.#control.on('message', (_channel, trial) => hear(Number(trial)));
    return this.#control.subscribe(this.#names.aborts);
  }

  startJobWorker(process: (job: TakenJob) => Promise<void>, options: JobWorkerOptions): JobWorker {
    const { queue, prefix } = this.#names;
    const connection = this.#connection;
    const worker = new Worker<JobData, void>(queue, process, { ...options, connection, prefix });
    worker.on('error', () => {});
    return worker;
  }
}
