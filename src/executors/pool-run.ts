import { nowNs } from '../clock.js';
import { failedLoss, messageOf, WorkerLost } from '../errors.js';
import type { Loss } from '../schema/index.js';
import type { Batch } from '../tasks/batch.js';
import { ClaimLoop } from '../tasks/claim-loop.js';
import type { Failure } from '../tasks/failure.js';
import type { PayloadCodec, PayloadResult } from '../tasks/payload.js';
import { CANCELLED, COMPLETED, FAILED, type Recorder } from '../tasks/recorder.js';
import type { LossTold } from './losses.js';
import type { Pool } from './pool.js';

/** Tasks that a pool is given before the first of them has ended. */
const MOST_WAITING = 2_000;

/** Of one task after the other: closures made for each would be what garbage collection carries around. */
interface Place {
  index: number;
  receive(reply: unknown): void;
  lose(thrown: unknown): void;
}

/** Gives a pool the tasks of a batch, each as soon as it may start and there is room for it. */
export class PoolRun {
  readonly #batch: Batch;
  readonly #pool: Pool;
  readonly #codec: PayloadCodec | null;
  readonly #lose: (loss: Loss) => void;
  readonly #loop: ClaimLoop;
  readonly #vacant: Place[] = [];

  constructor(
    batch: Batch,
    pool: Pool,
    codec: PayloadCodec | null,
    inFlight: number,
    lose: (loss: Loss) => void,
  ) {
    this.#batch = batch;
    this.#pool = pool;
    this.#codec = codec;
    this.#lose = lose;
    // Users give a pool all they have, and so does this, as far as it fits into memory: each task that waits there costs
    // kilobytes. A load that keeps in-flight full needs no more in it than that, and as many again for the workers to go
    // on with; nor do tasks with data.
    const hasEnd = Number.isFinite(batch.tasks) && codec === null;
    const most = hasEnd ? Math.max(MOST_WAITING, 2 * inFlight) : 2 * inFlight;
    this.#loop = new ClaimLoop({
      source: batch.source,
      most: Math.min(most, batch.inFlight),
      start: index => this.#start(index),
    });
  }

  /** Resolves when all tasks have ended; rejects when no more can be had. */
  run(): Promise<void> {
    return this.#loop.run();
  }

  /** Starts nothing more. */
  stop(): void {
    this.#loop.stop();
  }

  #start(index: number): void {
    const place = this.#vacant.pop() ?? this.#addPlace();
    place.index = index;
    this.#send(index).then(place.receive, place.lose);
  }

  /** Task failures come back as values. */
  #send(index: number): PromiseLike<unknown> {
    if (this.#codec === null) return this.#pool.run(index, []);
    const task = this.#codec.pack(index);
    return this.#pool.run(task, this.#codec.transferOf(task));
  }

  #addPlace(): Place {
    const lose = (thrown: unknown) => this.#lose(lossOf(this.#batch.recorder, place.index, thrown));
    const receive = (reply: unknown) => {
      try {
        this.#deliver(place.index, reply);
        this.#vacant.push(place);
        this.#loop.ended();
      } catch (thrown) {
        lose(thrown);
      }
    };
    const place: Place = { index: 0, receive, lose };
    return place;
  }

  #deliver(index: number, reply: unknown): void {
    const { recorder } = this.#batch;
    const value = this.#pool.record === undefined ? reply : this.#pool.record(recorder, index, reply);
    deliver(this.#batch, this.#codec, index, value);
  }
}

/**
 * A task has ended, as the record says: its value is on this thread.
 *
 * @param value its result or its failure
 * @returns the outcome
 */
export function deliver(batch: Batch, codec: PayloadCodec | null, index: number, value: unknown): number {
  const { recorder } = batch;
  const outcome = recorder.outcomeOf(index);
  recorder.deliver(index, nowNs());
  if (outcome === COMPLETED)
    batch.complete(index, codec === null ? value : codec.unpack(index, value as PayloadResult));
  // A task that an abort held back has neither completed nor failed.
  else if (outcome === FAILED || outcome === CANCELLED) batch.fail(index, value as Failure);
  return outcome;
}

/**
 * Why a pool rejected a task: pools reject with what they like, and an error that cannot be cloned itself comes as an
 * object without a word. That is so with results that are refused.
 */
function lossOf(recorder: Recorder, index: number, thrown: unknown): Loss {
  if (thrown instanceof WorkerLost) return thrown.loss;
  const message = recorder.lastWords || wordsOf(thrown);
  if (message !== '') return lossBy(recorder, message);
  return notSent(recorder.outcomeOf(index) === COMPLETED ? index : null, null);
}

/** What a worker said before it died says more than its pool. */
export function lossBy({ lastWords }: Recorder, told: LossTold): Loss {
  const loss =
    lastWords === '' && typeof told !== 'string' ? told : failedLoss(lastWords || (told as string));
  const message = 'message' in loss ? loss.message : null;
  return message?.includes('could not be cloned') === true ? notSent(null, message) : loss;
}

export function notSent(task: number | null, message: string | null): Loss {
  return { code: 'result-not-sent', number: null, task, message, uncloneable: null };
}

function wordsOf(thrown: unknown): string {
  if (typeof thrown !== 'object' || thrown === null) return messageOf(thrown);
  const { message, stack } = thrown as Partial<Error>;
  return message || (stack?.split('\n')[0] ?? '');
}
