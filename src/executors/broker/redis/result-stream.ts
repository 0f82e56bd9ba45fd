import type { Redis } from 'ioredis';
import type { ResultMessage, ResultSource } from '../engine.js';
import { BrokerFault } from '../frames.js';
import { nextStreamId } from '../intervals.js';

/** Messages that are read at once. */
const MOST_AT_ONCE = 64;
const BLOCK_MS = 5_000;

/** What a stream begins with, so that it is there: the controller's own. */
export const BEGIN = 'begin';

/** Reads a stream of results, a message by its only field, and has the broker forget what it has read. */
export class ResultStream implements ResultSource {
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

  async read(take: (message: ResultMessage) => void): Promise<void> {
    let after = '0-0';
    while (!this.#stopped) {
      const found = await this.#waiter.xreadBuffer(
        ...(['COUNT', MOST_AT_ONCE, 'BLOCK', BLOCK_MS, 'STREAMS', this.#stream, after] as const),
      );
      for (const [id, message] of messagesOf(found)) {
        after = id;
        if (!this.#stopped && message.kind !== BEGIN) take(message);
      }
      if (found !== null) this.#trim(after);
    }
  }

  #trim(after: string): void {
    const next = nextStreamId(after);
    if (next === null) throw new BrokerFault('message', 'impossible-id');
    if (!this.#stopped) this.#client.xtrim(this.#stream, 'MINID', next).catch(() => {});
  }

  /** It may wait for a message: it is given one, which also tells late results that there is nobody to read them. */
  stop(): void {
    this.#stopped = true;
  }
}

function messagesOf(found: unknown): [id: string, message: ResultMessage][] {
  if (found === null) return [];
  const messages = (found as [unknown, unknown][])[0]?.[1];
  if (!Array.isArray(messages)) throw new BrokerFault('stream', 'unreadable');
  return messages.map(([id, fields]: [Buffer, Buffer[]]) => {
    const [field, bytes] = fields;
    if (field === undefined || bytes === undefined) throw new BrokerFault('message', 'unreadable');
    return [id.toString(), { kind: field.toString(), bytes }];
  });
}
