import { Redis } from 'ioredis';
import type { BrokerAddress, Loss } from '../../../schema/index.js';
import { brokerLoss } from '../refusals.js';
import { connectionOptions } from './connection-options.js';

/** The controller's two: one that asks, and one that waits for results and can do nothing else meanwhile. */
export class Connections {
  readonly client: Redis;
  readonly waiter: Redis;
  readonly #lose: (loss: Loss) => void;
  readonly #address: BrokerAddress;
  #subscriber: Redis | undefined;
  #closing = false;

  /** @param lose is told why, when one of them is gone: to find it again would be to measure the gap */
  constructor(address: BrokerAddress, lose: (loss: Loss) => void) {
    this.#lose = lose;
    this.#address = address;
    this.client = this.#connect(address);
    this.waiter = this.#connect(address);
  }

  /** For answers of workers on other machines. */
  readonly subscriber = (): Redis => {
    this.#subscriber ??= this.#connect(this.#address);
    return this.#subscriber;
  };

  get isOpen(): boolean {
    return this.client.status === 'ready';
  }

  /** What was said of it last is why it is gone. @param error null: nothing was */
  fail(error: unknown): void {
    if (!this.#closing) this.#lose(brokerLoss(error));
  }

  #connect(address: BrokerAddress): Redis {
    const client = new Redis({
      ...connectionOptions(address),
      maxRetriesPerRequest: null,
      retryStrategy: () => null,
    });
    let last: unknown = null;
    client.on('error', error => {
      last = error;
    });
    client.on('end', () => this.fail(last));
    return client;
  }

  /** From here on their end is no loss. */
  beginClosing(): void {
    this.#closing = true;
  }

  close(): void {
    this.beginClosing();
    this.#subscriber?.disconnect();
    this.waiter.disconnect();
    this.client.disconnect();
  }
}
