import type { Redis } from 'ioredis';

/** Of a message. */
const MOST_RESULTS = 64;
const ENOUGH_BYTES = 1_000_000;

/** Results on their way to the same stream. */
interface Message {
  readonly stream: string;
  readonly frames: Buffer[];
  bytes: number;
  readonly written: Promise<void>;
  settle(written: Promise<void>): void;
}

/**
 * Writes results to the streams of their trials: what comes while a message is on its way goes with the next one, so that a
 * result waits for nobody and many share what a message costs.
 */
export class ResultWriter {
  readonly #client: Redis;
  readonly #waiting: Message[] = [];
  #isWriting = false;

  constructor(client: Redis) {
    this.#client = client;
  }

  /** Resolves when the broker has it, or has no use for it any more: its trial is over. */
  put(stream: string, frame: Buffer): Promise<void> {
    const last = this.#waiting.at(-1);
    const message = last !== undefined && hasRoom(last, stream) ? last : this.#addMessage(stream);
    message.frames.push(frame);
    message.bytes += frame.length;
    if (!this.#isWriting) void this.#write();
    return message.written;
  }

  /** A result that cannot be sent ends the trial. */
  async refuse(stream: string, reason: string): Promise<void> {
    await this.#client.xadd(stream, 'NOMKSTREAM', '*', 'refused', reason);
  }

  #addMessage(stream: string): Message {
    let settle: Message['settle'] = () => {};
    const written = new Promise<void>(resolve => {
      settle = resolve;
    });
    const message = { stream, frames: [], bytes: 0, written, settle };
    this.#waiting.push(message);
    return message;
  }

  async #write(): Promise<void> {
    this.#isWriting = true;
    // What else ends in this turn goes along.
    await undefined;
    for (let message = this.#waiting.shift(); message !== undefined; message = this.#waiting.shift()) {
      const written = this.#send(message);
      message.settle(written);
      await written.catch(() => {});
    }
    this.#isWriting = false;
  }

  async #send({ stream, frames }: Message): Promise<void> {
    const bytes = frames.length === 1 ? frames[0]! : Buffer.concat(frames);
    // A stream that is gone was that of a trial that is over: it must not come to life again.
    await this.#client.xadd(stream, 'NOMKSTREAM', '*', 'results', bytes);
  }
}

function hasRoom({ stream, frames, bytes }: Message, forStream: string): boolean {
  return stream === forStream && frames.length < MOST_RESULTS && bytes < ENOUGH_BYTES;
}
