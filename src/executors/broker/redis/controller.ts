import { Queue } from 'bullmq';
import { WorkerLost } from '../../../errors.js';
import { isPrivate } from '../address.js';
import type { ControllerLink, ControllerRequest, ResultSource, TrialNotice } from '../engine.js';
import { type BrokerNames, resultsKey } from '../names.js';
import type { MeetingPlace } from '../remote/meeting-place.js';
import { Connections } from './connections.js';
import { evictionPolicyOf, KEEPS_ALL } from './facts.js';
import { RedisMeetingPlace } from './meeting-place.js';
import { BEGIN, ResultStream } from './result-stream.js';
import { cpuMsOf } from './usage.js';

/** Keys of this start of the executor: a hash of trials, and a stream of results for each trial. */
export class RedisController implements ControllerLink {
  readonly queue: Queue;
  readonly #names: BrokerNames;
  readonly #connections: Connections;
  readonly #isPrivate: boolean;
  #trial = 0;

  constructor({ address, names, jobOptions, lose }: ControllerRequest) {
    this.#names = names;
    this.#isPrivate = isPrivate(address);
    this.#connections = new Connections(address, lose);
    const { queue, prefix } = names;
    const connection = this.#connections.client;
    this.queue = new Queue(queue, { connection, prefix, defaultJobOptions: jobOptions });
    this.queue.on('error', error => this.fail(error));
  }

  async open(): Promise<void> {
    await this.queue.waitUntilReady();
  }

  begin(trial: number, notice: TrialNotice): Promise<unknown> {
    const { client } = this.#connections;
    this.#trial = trial;
    return Promise.all([this.tellAgain(trial, notice), client.xadd(this.#stream(trial), '*', BEGIN, '')]);
  }

  tellAgain(trial: number, notice: TrialNotice): Promise<unknown> {
    return this.#connections.client.hset(this.#names.trials, String(trial), JSON.stringify(notice));
  }

  results(trial: number): ResultSource {
    const { client, waiter } = this.#connections;
    return new ResultStream(client, waiter, this.#stream(trial));
  }

  end(trial: number, reading: Promise<unknown>): void {
    // A broker that is gone has forgotten it.
    this.#end(trial, reading).catch(() => {});
  }

  /**
   * The reader waits for a message: it is given one. Its question and what is told here go by two connections, so the stream
   * stays until it has read that: to wait for one that is gone takes as long as a reader waits, and the next trial with it.
   */
  async #end(trial: number, reading: Promise<unknown>): Promise<void> {
    const { client } = this.#connections;
    const stream = this.#stream(trial);
    const told = client.xadd(stream, '*', 'end', '');
    await Promise.all([told, client.hdel(this.#names.trials, String(trial)), reading]);
    await client.del(stream);
  }

  abort(trial: number): Promise<unknown> {
    return this.#connections.client.publish(this.#names.aborts, String(trial));
  }

  async verifyPolicy(): Promise<void> {
    const policy = evictionPolicyOf(await this.#connections.client.info('memory').catch(() => ''));
    if (policy !== null && policy !== KEEPS_ALL) throw new WorkerLost({ code: 'broker-evicts', policy });
  }

  async cpuMs(): Promise<number> {
    if (!this.#isPrivate || !this.#connections.isOpen) return 0;
    return cpuMsOf(await this.#connections.client.info('cpu').catch(() => ''));
  }

  meet(): MeetingPlace {
    const { client, subscriber } = this.#connections;
    return new RedisMeetingPlace(client, subscriber());
  }

  fail(error: unknown): void {
    this.#connections.fail(error);
  }

  beginClosing(): void {
    this.#connections.beginClosing();
  }

  async close(): Promise<void> {
    if (this.#connections.isOpen) await this.#forget().catch(() => {});
    this.#connections.close();
    await this.queue.close().catch(() => {});
  }

  async #forget(): Promise<void> {
    await this.queue.obliterate({ force: true });
    await this.#connections.client.del(this.#names.trials, this.#stream(this.#trial));
  }

  #stream(trial: number): string {
    return resultsKey(this.#names, trial);
  }
}
