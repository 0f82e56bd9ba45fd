import type { Redis } from 'ioredis';
import type { BrokerAddress } from '../../../schema/index.js';
import type { Announced, ConnectionWatch, MeetingPlace, RunKey } from '../remote/meeting-place.js';
import {
  ANNOUNCED_MS,
  aliveKey,
  announcementKey,
  isWorkerId,
  MOST_WORKERS,
  RUN_ALIVE_MS,
  WORKERS,
} from '../remote/protocol.js';
import { connect } from './connect.js';
import { connectionOptions } from './connection-options.js';

/** Keys that run out, and channels. */
export class RedisMeetingPlace implements MeetingPlace {
  readonly #client: Redis;
  /** A connection that is used for nothing else. */
  readonly #subscriber: Redis;

  constructor(client: Redis, subscriber: Redis) {
    this.#client = client;
    this.#subscriber = subscriber;
  }

  get isOpen(): boolean {
    return this.#client.status === 'ready';
  }

  async announce(id: string, text: string): Promise<void> {
    await this.#client.set(announcementKey(id), text, 'PX', ANNOUNCED_MS);
    await this.#client.sadd(WORKERS, id);
    // Of workers that were killed nobody else takes their ids away.
    await this.#client.pexpire(WORKERS, ANNOUNCED_MS);
  }

  async withdraw(id: string): Promise<void> {
    await this.#client.del(announcementKey(id));
    await this.#client.srem(WORKERS, id);
  }

  async isThere(id: string): Promise<boolean> {
    return (await this.#client.exists(announcementKey(id))) > 0;
  }

  async announcements(): Promise<Announced[]> {
    const ids = (await this.#client.srandmember(WORKERS, MOST_WORKERS)).filter(isWorkerId);
    if (ids.length === 0) return [];
    const texts = await this.#client.mget(ids.map(announcementKey));
    return ids.flatMap((id, at) => {
      const text = texts[at] ?? null;
      return text === null ? [] : [{ id, text }];
    });
  }

  sayAlive(run: RunKey): Promise<unknown> {
    return this.#client.set(aliveKey(run), '1', 'PX', RUN_ALIVE_MS);
  }

  sayOver(run: RunKey): Promise<unknown> {
    return this.#client.del(aliveKey(run));
  }

  async isAlive(run: RunKey): Promise<boolean> {
    return (await this.#client.exists(aliveKey(run))) > 0;
  }

  listen(channel: string, hear: (text: string) => void): Promise<unknown> {
    this.#subscriber.on('message', (_channel: string, text: string) => hear(text));
    return this.#subscriber.subscribe(channel);
  }

  say(channel: string, text: string): Promise<unknown> {
    return this.#client.publish(channel, text);
  }

  close(): void {
    this.#subscriber.disconnect();
    this.#client.disconnect();
  }
}

export function meetInRedis(address: BrokerAddress, watch?: ConnectionWatch): MeetingPlace {
  return new RedisMeetingPlace(connectFor(address, watch), connectFor(address, watch));
}

/** @param watch left out: a lost connection is not looked for */
function connectFor(address: BrokerAddress, watch: ConnectionWatch | undefined): Redis {
  const looksForIt = {
    retryStrategy: (times: number) => Math.min(100 * times, 2_000),
    maxRetriesPerRequest: null,
  };
  const client = connect({
    ...connectionOptions(address),
    ...(watch === undefined ? { retryStrategy: () => null } : looksForIt),
  });
  if (watch !== undefined) client.on('close', watch.lost).on('ready', watch.found);
  return client;
}
