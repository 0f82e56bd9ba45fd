import type { Redis } from 'ioredis';
import { BrokerFault } from './frames.js';
import { nextStreamId } from './intervals.js';

/** Messages that are read at once. */
const MOST_AT_ONCE = 64;
const BLOCK_MS = 5_000;

/** One message of a stream: its only field, and what that holds. */
export interface StreamMessage {
  readonly field: string;
  readonly bytes: Buffer;
}

/** Reads a stream of results to its end, and has the broker forget what it has read. */
export class ResultReader {
  readonly #client: Redis;
  /** Waits on a connection of its own, which can do nothing else meanwhile. */
  readonly #waiter: Redis;
  readonly #stream: string;
  #stopped = false;

  constructor(client: Redis, waiter: Redis, stream: string) {
    this.#client = client;
    this.#waiter = waiter;
    this.#stream = stream;
  }

  /**
   * Resolves when it is stopped.
   *
   * @throws BrokerFault for what no worker writes; or what `take` throws
   */
  async read(take: (message: StreamMessage) => void): Promise<void> {
    let after = '0-0';
    while (!this.#stopped) {
      const found = await this.#waiter.xreadBuffer(
        ...(['COUNT', MOST_AT_ONCE, 'BLOCK', BLOCK_MS, 'STREAMS', this.#stream, after] as const),
      );
      for (const [id, message] of messagesOf(found)) {
        after = id;
        if (!this.#stopped) take(message);
      }
      if (found !== null) this.#trim(after);
    }
  }

  #trim(after: string): void {
    const next = nextStreamId(after);
    if (next === null) throw new BrokerFault('a message with an impossible id');
    if (!this.#stopped) this.#client.xtrim(this.#stream, 'MINID', next).catch(() => {});
  }

  /** It may wait for a message: it is given one, which also tells late results that there is nobody to read them. */
  stop(): void {
    this.#stopped = true;
  }
}

function messagesOf(found: unknown): [id: string, message: StreamMessage][] {
  if (found === null) return [];
  const messages = (found as [unknown, unknown][])[0]?.[1];
  if (!Array.isArray(messages)) throw new BrokerFault('a stream that cannot be read');
  return messages.map(([id, fields]: [Buffer, Buffer[]]) => {
    const [field, bytes] = fields;
    if (field === undefined || bytes === undefined) throw new BrokerFault('a message without a field');
    return [id.toString(), { field: field.toString(), bytes }];
  });
}
