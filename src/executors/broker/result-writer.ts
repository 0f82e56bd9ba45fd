import type { WorkerLink } from './engine.js';

/** Of a message. */
const MOST_RESULTS = 64;
const ENOUGH_BYTES = 1_000_000;

/** Results of the same trial on their way. */
interface Message {
  readonly trial: number;
  readonly frames: Buffer[];
  bytes: number;
  readonly written: Promise<void>;
  settle(written: Promise<void>): void;
}

/**
 * Writes results of trials: what comes while a message is on its way goes with the next one, so that a
 * result waits for nobody and many share what a message costs.
 */
export class ResultWriter {
  readonly #link: Pick<WorkerLink, 'write'>;
  readonly #waiting: Message[] = [];
  #isWriting = false;

  constructor(link: Pick<WorkerLink, 'write'>) {
    this.#link = link;
  }

  /** Resolves when the broker has it, or has no use for it any more: its trial is over. */
  put(trial: number, frame: Buffer): Promise<void> {
    const last = this.#waiting.at(-1);
    const message = last !== undefined && hasRoom(last, trial) ? last : this.#addMessage(trial);
    message.frames.push(frame);
    message.bytes += frame.length;
    if (!this.#isWriting) void this.#write();
    return message.written;
  }

  /** A result that cannot be sent ends the trial. */
  async refuse(trial: number, reason: string): Promise<void> {
    await this.#link.write(trial, { kind: 'refused', bytes: Buffer.from(reason) });
  }

  #addMessage(trial: number): Message {
    let settle: Message['settle'] = () => {};
    const written = new Promise<void>(resolve => {
      settle = resolve;
    });
    const message = { trial, frames: [], bytes: 0, written, settle };
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

  async #send({ trial, frames }: Message): Promise<void> {
    const bytes = frames.length === 1 ? frames[0]! : Buffer.concat(frames);
    await this.#link.write(trial, { kind: 'results', bytes });
  }
}

function hasRoom({ trial, frames, bytes }: Message, forTrial: number): boolean {
  return trial === forTrial && frames.length < MOST_RESULTS && bytes < ENOUGH_BYTES;
}
