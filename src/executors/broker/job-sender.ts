import type { PayloadCodec } from '../../tasks/payload.js';
import type { JobData, JobQueue } from './engine.js';
import { type BrokerNames, jobId } from './names.js';

/** Jobs that are added at once. */
const MOST_AT_ONCE = 500;

/** Adds a job for each task of a trial: what comes while jobs are on their way goes with the next. */
export class JobSender {
  readonly #queue: Pick<JobQueue, 'addBulk'>;
  readonly #names: BrokerNames;
  readonly #trial: number;
  readonly #codec: PayloadCodec | null;
  readonly #lose: (error: unknown) => void;
  #waiting: number[] = [];
  #isSending = false;

  constructor(
    queue: Pick<JobQueue, 'addBulk'>,
    names: BrokerNames,
    trial: number,
    codec: PayloadCodec | null,
    lose: (error: unknown) => void,
  ) {
    this.#queue = queue;
    this.#names = names;
    this.#trial = trial;
    this.#codec = codec;
    this.#lose = lose;
  }

  add(index: number): void {
    this.#waiting.push(index);
    if (!this.#isSending) void this.#send();
  }

  async #send(): Promise<void> {
    this.#isSending = true;
    // All that may start in this turn.
    await undefined;
    try {
      while (this.#waiting.length > 0) {
        const indexes = this.#waiting.splice(0, MOST_AT_ONCE);
        await this.#queue.addBulk(indexes.map(index => this.#jobOf(index)));
      }
    } catch (error) {
      this.#lose(error);
    }
    this.#isSending = false;
  }

  #jobOf(index: number) {
    return {
      name: 'task',
      data: this.#dataOf(index),
      opts: { jobId: jobId(this.#names, this.#trial, index) },
    };
  }

  #dataOf(index: number): JobData {
    if (this.#codec === null) return null;
    return { input: Buffer.from(this.#codec.pack(index).input).toString('base64') };
  }
}
