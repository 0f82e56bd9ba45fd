import { dirname, join } from 'node:path';
import { createPostgresBackend, type JobsOptions, Queue, runMigrations } from 'bullmq';
import pg from 'pg';
import { MS_PER_TICK, readTextOrNull, ticksOfFamily } from '../../../proc.js';
import type { BrokerAddress, Loss } from '../../../schema/index.js';
import { socketOf } from '../address.js';
import type { ControllerLink, ControllerRequest, JobQueue, ResultSource, TrialNotice } from '../engine.js';
import { brokerLoss } from '../refusals.js';
import type { MeetingPlace } from '../remote/meeting-place.js';
import { backendOptions, connectionOptions } from './connection-options.js';
import { PostgresMeetingPlace } from './meeting-place.js';
import { type PostgresNames, postgresNames } from './names.js';
import { oneConnection } from './one-connection.js';
import { ResultTable } from './result-table.js';
import { beginTrial, createTables, dropResults, endTrial, tellTrialAgain } from './tables.js';

/** The controller adds jobs, and looks for those that failed. */
const QUEUE_CONNECTIONS = 2;
/** Of tables that are to be dropped: a backend of a worker that was killed may still hold one. */
const LOCK_LIMIT_MS = 2_000;

/** A schema of this start of the executor. */
export class PostgresController implements ControllerLink {
  readonly #address: BrokerAddress;
  readonly #names: PostgresNames;
  readonly #jobOptions: JobsOptions;
  readonly #lose: (loss: Loss) => void;
  readonly #pool: pg.Pool;
  /** Is told when there are results. Its end is that of the broker. */
  readonly #waiter: pg.Client;
  #queue: (JobQueue & Pick<Queue, 'close'>) | undefined;
  #place: MeetingPlace | undefined;
  #isOpen = false;
  #closing = false;

  constructor({ address, names, jobOptions, lose }: ControllerRequest) {
    this.#jobOptions = jobOptions;
    this.#address = address;
    this.#names = postgresNames(names);
    this.#lose = lose;
    this.#pool = oneConnection(address);
    this.#waiter = this.#connection(address);
  }

  #connection(address: BrokerAddress): pg.Client {
    const client = new pg.Client(connectionOptions(address));
    let last: unknown = null;
    client.on('error', error => {
      last = error;
    });
    client.on('end', () => {
      this.#isOpen = false;
      this.fail(last);
    });
    return client;
  }

  /** BullMQ's tables and functions, and ours beside them. */
  async open(): Promise<void> {
    const { schema, queue, resultsChannel } = this.#names;
    await this.#waiter.connect();
    this.#isOpen = true;
    await runMigrations(this.#waiter, schema, { skipVersionCheck: true });
    await this.#waiter.query(createTables(this.#names));
    await this.#waiter.query(`LISTEN ${resultsChannel}`);
    const connection = backendOptions(this.#address, this.#names, QUEUE_CONNECTIONS);
    const options = { connection, defaultJobOptions: this.#jobOptions };
    const opened = new Queue(queue, options, createPostgresBackend);
    this.#queue = opened;
    opened.on('error', error => this.fail(error));
    await opened.waitUntilReady();
  }

  get queue(): JobQueue {
    if (this.#queue === undefined) throw new Error('the broker is not open');
    return this.#queue;
  }

  begin(trial: number, notice: TrialNotice): Promise<unknown> {
    return this.#pool.query(beginTrial(this.#names), [trial, JSON.stringify(notice)]);
  }

  tellAgain(trial: number, notice: TrialNotice): Promise<unknown> {
    return this.#pool.query(tellTrialAgain(this.#names), [trial, JSON.stringify(notice)]);
  }

  results(trial: number): ResultSource {
    return new ResultTable(this.#pool, this.#waiter, this.#names, trial);
  }

  end(trial: number): void {
    // A broker that is gone has forgotten it.
    for (const text of [endTrial(this.#names), dropResults(this.#names)])
      this.#pool.query(text, [trial]).catch(() => {});
  }

  abort(trial: number): Promise<unknown> {
    return this.#pool.query('SELECT pg_notify($1, $2)', [this.#names.abortsChannel, String(trial)]);
  }

  /** Of its processes, by the one that has started them all: no statement tells of it. */
  async cpuMs(): Promise<number> {
    const socket = socketOf(this.#address.url);
    if (socket === null || !this.#isOpen) return 0;
    const [pid] = (readTextOrNull(join(dirname(socket), 'postmaster.pid')) ?? '').split('\n');
    return MS_PER_TICK * ticksOfFamily(Number(pid));
  }

  meet(): MeetingPlace {
    this.#place = new PostgresMeetingPlace(this.#address);
    return this.#place;
  }

  fail(error: unknown): void {
    if (!this.#closing) this.#lose(brokerLoss(error));
  }

  beginClosing(): void {
    this.#closing = true;
  }

  async close(): Promise<void> {
    this.beginClosing();
    this.#place?.close();
    await this.#queue?.close().catch(() => {});
    if (this.#isOpen) await this.#forget().catch(() => {});
    await Promise.all([this.#pool, this.#waiter].map(one => one.end().catch(() => {})));
  }

  async #forget(): Promise<void> {
    await this.#pool.query(`SET lock_timeout = ${LOCK_LIMIT_MS}; SET client_min_messages = warning`);
    await this.#pool.query(`DROP SCHEMA ${this.#names.schema} CASCADE`);
  }
}
