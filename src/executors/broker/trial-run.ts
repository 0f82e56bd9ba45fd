import { nowMs } from '../../clock.js';
import { WorkerLost } from '../../errors.js';
import type { Batch } from '../../tasks/batch.js';
import { ClaimLoop } from '../../tasks/claim-loop.js';
import { failureBy } from '../../tasks/failure.js';
import type { PayloadCodec } from '../../tasks/payload.js';
import { COMPLETED, FAILED, NOT_STARTED } from '../../tasks/recorder.js';
import { deliver, notSent } from '../pool-run.js';
import type { JobQueue, ResultMessage } from './engine.js';
import { BrokerFault, decodeFrames, MOST_RETRIES, type ResultFrame, valueOfFrame } from './frames.js';
import type { LockInterval } from './intervals.js';
import { JobSender } from './job-sender.js';
import { type BrokerNames, parseJobId } from './names.js';
import { OpenTasks, type ResultHashes } from './taken.js';

/** Jobs that are in the broker before the first of them has ended. */
export const MOST_AHEAD = 20_000;

/** What came of a trial besides its results. */
export interface Repetitions {
  duplicates: number;
  differing: number;
  duplicateMs: number;
  /** Attempts that failed, and were not the last of their task. */
  retried: number;
  /** Of the broker, while the trial ran; 0: it was never slow. */
  slowestAnswerMs: number;
  /** When the latest result came that was taken over from another worker; null: none was. */
  takenOverAtMs: number | null;
}

export interface TrialRunOptions {
  readonly batch: Batch;
  readonly trial: number;
  readonly names: BrokerNames;
  readonly queue: JobQueue;
  readonly codec: PayloadCodec | null;
  readonly workers: number;
  readonly inFlight: number;
  readonly hashes: ResultHashes;
  readonly locks: LockInterval;
  /** What a worker has stamped, on this machine's clock. */
  readonly toControllerNs: (worker: number, ns: number) => number;
  readonly lose: (error: unknown) => void;
}

/** Gives the broker the tasks of a batch, and takes each result once. */
export class TrialRun {
  readonly repetitions: Repetitions = {
    duplicates: 0,
    differing: 0,
    duplicateMs: 0,
    retried: 0,
    slowestAnswerMs: 0,
    takenOverAtMs: null,
  };
  readonly #options: TrialRunOptions;
  readonly #open = new OpenTasks();
  readonly #loop: ClaimLoop;

  constructor(options: TrialRunOptions) {
    this.#options = options;
    const { batch, queue, names, trial, codec, inFlight, lose } = options;
    const sender = new JobSender(queue, names, trial, codec, lose);
    // A load that keeps in-flight full needs no more than that ahead, and tasks with data fill the broker's memory.
    const hasEnd = Number.isFinite(batch.tasks) && codec === null;
    this.#loop = new ClaimLoop({
      source: batch.source,
      most: hasEnd ? MOST_AHEAD : Math.min(MOST_AHEAD, 2 * inFlight),
      start: index => {
        this.#open.add(index);
        sender.add(index);
      },
    });
  }

  /** Resolves when all tasks have ended. */
  run(): Promise<void> {
    return this.#loop.run();
  }

  /** Starts nothing more. */
  stop(): void {
    this.#loop.stop();
  }

  /** @throws BrokerFault for what no worker sends @throws WorkerLost for a result that no worker could send */
  take({ kind, bytes }: ResultMessage): void {
    if (kind === 'refused') throw new WorkerLost(notSent(null, bytes.toString().slice(0, 200)));
    if (kind !== 'results') throw new BrokerFault('message', 'unknown-kind');
    for (const frame of decodeFrames(bytes, this.#options.workers)) this.#takeResult(frame);
  }

  #takeResult(frame: ResultFrame): void {
    const { batch, codec, hashes, locks } = this.#options;
    const { index, outcome, worker, startedNs, durationNs } = frame;
    const value = valueOfFrame(frame);
    if (!this.#open.take(index)) {
      this.#countDuplicate(frame, value);
      return;
    }
    this.repetitions.retried += frame.retries;
    if (frame.takenOver) this.repetitions.takenOverAtMs = nowMs();
    if (outcome !== NOT_STARTED) {
      const atNs = Math.max(0, Math.round(this.#options.toControllerNs(worker, startedNs)));
      batch.recorder.receive(index, outcome, worker, atNs, atNs + durationNs);
    }
    if (deliver(batch, codec, index, value) === COMPLETED) hashes.remember(index, value);
    locks.add(durationNs / 1e6);
    this.#loop.ended();
  }

  #countDuplicate({ index, outcome, durationNs }: ResultFrame, value: unknown): void {
    const { repetitions } = this;
    repetitions.duplicates++;
    repetitions.duplicateMs += durationNs / 1e6;
    if (outcome === COMPLETED && this.#options.hashes.isOther(index, value)) repetitions.differing++;
  }

  /**
   * Jobs that BullMQ has given up: each was taken over as often as it may be, and lost again.
   *
   * @throws Error where it is for another reason
   */
  async takeFailed(): Promise<void> {
    const { names, queue, trial } = this.#options;
    if (this.#open.size === 0) return;
    for (const job of await queue.getFailed(0, 99)) {
      const id = parseJobId(names, job.id);
      const reason = String(job.failedReason).slice(0, 200);
      await job.remove();
      if (id?.trial !== trial) continue;
      if (!/stalled/.test(reason))
        throw new WorkerLost({ code: 'task-not-run', task: id.index, message: reason });
      // That it was given up is one of them.
      this.#fail(id.index, Math.min(Math.max(0, Number(job.attemptsMade) - 1 || 0), MOST_RETRIES));
    }
  }

  #fail(index: number, retries: number): void {
    const { batch } = this.#options;
    // The result of one of those that were given up may have come in the end.
    if (!this.#open.take(index)) return;
    this.repetitions.retried += retries;
    const now = Math.round(nowMs() * 1e6);
    batch.recorder.receive(index, FAILED, 0, now, now);
    deliver(batch, null, index, failureBy({ code: 'stalled' }));
    this.#loop.ended();
  }
}
