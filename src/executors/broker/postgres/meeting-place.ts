import { randomBytes } from 'node:crypto';
import type { Pool } from 'pg';
import type { BrokerAddress } from '../../../schema/index.js';
import type { Announced, ConnectionWatch, MeetingPlace, RunKey } from '../remote/meeting-place.js';
import {
  ANNOUNCED_MS,
  aliveKey,
  announcementKey,
  MOST_WORKERS,
  RUN_ALIVE_MS,
  WORKERS,
} from '../remote/protocol.js';
import { Listener } from './listener.js';
import { announcedIn, drop, isKept, keep, makeMeetingPlace, sayKept, takeKept } from './meeting-tables.js';
import { oneConnection } from './one-connection.js';

/** Of a notification; PostgreSQL takes no more. */
const MOST_BYTES = 7_999;
/** Until a longer one is read. */
const LONG_TEXT_MS = 60_000;
/** What a notification begins with that names a text. No text itself does: they are JSON. */
const NAMED = '@';

/** Rows that run out, and notifications. */
export class PostgresMeetingPlace implements MeetingPlace {
  readonly #address: BrokerAddress;
  readonly #watch: ConnectionWatch | undefined;
  readonly #pool: Pool;
  #listener: Listener | undefined;
  #made: Promise<unknown> | undefined;

  constructor(address: BrokerAddress, watch?: ConnectionWatch) {
    this.#address = address;
    this.#watch = watch;
    this.#pool = oneConnection(address);
  }

  get isOpen(): boolean {
    return this.#listener?.isOpen === true;
  }

  announce(id: string, text: string): Promise<unknown> {
    return this.#keep(announcementKey(id), text, ANNOUNCED_MS);
  }

  withdraw(id: string): Promise<unknown> {
    return this.#pool.query(drop, [announcementKey(id)]);
  }

  isThere(id: string): Promise<boolean> {
    return this.#isKept(announcementKey(id));
  }

  async announcements(): Promise<Announced[]> {
    await this.#make();
    const before = `${WORKERS}:`;
    const { rows } = await this.#pool.query(announcedIn, [before, MOST_WORKERS]);
    return rows.map(({ name, text }) => ({ id: String(name).slice(before.length), text: String(text) }));
  }

  sayAlive(run: RunKey): Promise<unknown> {
    return this.#keep(aliveKey(run), '', RUN_ALIVE_MS);
  }

  sayOver(run: RunKey): Promise<unknown> {
    return this.#pool.query(drop, [aliveKey(run)]);
  }

  isAlive(run: RunKey): Promise<boolean> {
    return this.#isKept(aliveKey(run));
  }

  listen(channel: string, hear: (text: string) => void): Promise<unknown> {
    const heard = (text: string) => (text.startsWith(NAMED) ? void this.#take(text, hear) : hear(text));
    this.#listener = new Listener(this.#address, channel, heard, this.#watch);
    return this.#listener.open();
  }

  async say(channel: string, text: string): Promise<unknown> {
    if (Buffer.byteLength(text) <= MOST_BYTES)
      return this.#pool.query('SELECT pg_notify($1, $2)', [channel, text]);
    await this.#make();
    const name = NAMED + randomBytes(16).toString('hex');
    return this.#pool.query(sayKept, [name, text, LONG_TEXT_MS, channel]);
  }

  async #take(name: string, hear: (text: string) => void): Promise<void> {
    const { rows } = await this.#pool.query(takeKept, [name]).catch(() => ({ rows: [] }));
    if (rows.length > 0) hear(String(rows[0].text));
  }

  async #keep(name: string, text: string, forMs: number): Promise<void> {
    await this.#make();
    await this.#pool.query(keep, [name, text, forMs]);
  }

  async #isKept(name: string): Promise<boolean> {
    return (await this.#pool.query(isKept, [name])).rows.length > 0;
  }

  /** Once, by whoever is there first. */
  async #make(): Promise<void> {
    this.#made ??= this.#pool.query(makeMeetingPlace);
    try {
      await this.#made;
    } catch (error) {
      this.#made = undefined;
      throw error;
    }
  }

  close(): void {
    this.#listener?.close();
    void this.#pool.end().catch(() => {});
  }
}
