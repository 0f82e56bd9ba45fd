import type { Client, Notification, Pool } from 'pg';
import type { ResultMessage, ResultSource } from '../engine.js';
import { BrokerFault } from '../frames.js';
import type { PostgresNames } from './names.js';
import { makeRoom, takeResults } from './tables.js';

/** Taken from the table until its room is asked back. */
const ENOUGH_BYTES = 4_000_000;

/** Takes results of a trial out of their table, whenever it is told that there are some. */
export class ResultTable implements ResultSource {
  readonly #pool: Pool;
  /** Is told, and asks for nothing. */
  readonly #waiter: Client;
  readonly #names: PostgresNames;
  readonly #trial: number;
  #stopped = false;
  #isTold = false;
  #wake: () => void = () => {};
  #takenBytes = 0;

  constructor(pool: Pool, waiter: Client, names: PostgresNames, trial: number) {
    this.#pool = pool;
    this.#waiter = waiter;
    this.#names = names;
    this.#trial = trial;
  }

  async read(take: (message: ResultMessage) => void): Promise<void> {
    this.#waiter.on('notification', this.#hear);
    try {
      while (!this.#stopped) {
        // Before it is looked: what is told from here on may be missed by this look.
        this.#isTold = false;
        for (const message of await this.#look()) if (!this.#stopped) take(message);
        await this.#whenTold();
      }
    } finally {
      this.#waiter.off('notification', this.#hear);
    }
  }

  async #look(): Promise<ResultMessage[]> {
    const query = { name: 'take', text: takeResults(this.#names), values: [this.#trial] };
    const messages = (await this.#pool.query(query)).rows.map(messageOf);
    this.#takenBytes += messages.reduce((sum, { bytes }) => sum + bytes.length, 0);
    if (this.#takenBytes > ENOUGH_BYTES) {
      this.#takenBytes = 0;
      this.#pool.query(makeRoom(this.#names)).catch(() => {});
    }
    return messages;
  }

  readonly #hear = ({ channel }: Notification): void => {
    if (channel !== this.#names.resultsChannel) return;
    this.#isTold = true;
    this.#wake();
  };

  #whenTold(): Promise<void> | undefined {
    if (this.#isTold || this.#stopped) return undefined;
    return new Promise(resolve => {
      this.#wake = resolve;
    });
  }

  stop(): void {
    this.#stopped = true;
    this.#wake();
  }
}

function messageOf({ kind, bytes }: Record<string, unknown>): ResultMessage {
  if (typeof kind !== 'string' || !Buffer.isBuffer(bytes)) throw new BrokerFault('message', 'unreadable');
  return { kind, bytes };
}
