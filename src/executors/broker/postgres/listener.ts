import pg from 'pg';
import type { BrokerAddress } from '../../../schema/index.js';
import type { ConnectionWatch } from '../remote/meeting-place.js';
import { connectionOptions } from './connection-options.js';

const RECONNECT_MS = 1_000;

/** Hears what is said in a channel. A connection that is lost is looked for until it is found. */
export class Listener {
  readonly #address: BrokerAddress;
  readonly #channel: string;
  readonly #hear: (text: string) => void;
  readonly #watch: ConnectionWatch | undefined;
  #client: pg.Client | undefined;
  #closed = false;

  constructor(
    address: BrokerAddress,
    channel: string,
    hear: (text: string) => void,
    watch: ConnectionWatch | undefined = undefined,
  ) {
    this.#address = address;
    this.#channel = channel;
    this.#hear = hear;
    this.#watch = watch;
  }

  get isOpen(): boolean {
    return this.#client !== undefined;
  }

  /** Resolves when it listens, or looks for a connection. @throws Error where it has none, and nobody watches */
  async open(): Promise<void> {
    const client = new pg.Client(connectionOptions(this.#address));
    client.on('error', () => {});
    client.on('notification', ({ payload = '' }) => this.#hear(payload));
    try {
      await client.connect();
      await client.query(`LISTEN ${pg.escapeIdentifier(this.#channel)}`);
    } catch (error) {
      await client.end().catch(() => {});
      if (this.#watch === undefined) throw error;
      return this.#lose();
    }
    client.once('end', () => this.#lose());
    this.#client = client;
    if (this.#closed) this.close();
    else this.#watch?.found();
  }

  #lose(): void {
    this.#client = undefined;
    if (this.#closed) return;
    this.#watch?.lost();
    this.#openAgain();
  }

  #openAgain(): void {
    setTimeout(() => {
      if (!this.#closed) void this.open().catch(() => this.#openAgain());
    }, RECONNECT_MS).unref();
  }

  close(): void {
    this.#closed = true;
    void this.#client?.end().catch(() => {});
  }
}
