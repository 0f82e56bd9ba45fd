import { nowMs } from '../../clock.js';
import { WorkerLost } from '../../errors.js';
import type { Batch } from '../../tasks/batch.js';
import { ClaimLoop } from '../../tasks/claim-loop.js';
import { failureBy } from '../../tasks/failure.js';
import type { PayloadCodec } from '../../tasks/payload.js';
import { COMPLETED, FAILED, NOT_STARTED } from '../../tasks/recorder.js';
import { deliver, notSent } from '../pool-run.js';
import type { JobQueue, QueuedJob, ResultMessage } from './engine.js';
import { BrokerFault, decodeFrames, MOST_RETRIES, type ResultFrame, valueOfFrame } from './frames.js';
import type { LockInterval } from './intervals.js';
import { JobSender } from './job-sender.js';
import { type BrokerNames, parseJobId } from './names.js';
import { OpenTasks, type ResultHashes, StartTally } from './taken.js';

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
  readonly #starts = new StartTally();
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
    const { index, outcome, worker, retries, takeovers, startedNs, durationNs } = frame;
    const value = valueOfFrame(frame);
    const isFirst = this.#open.take(index);
    this.#starts.note(index, retries + takeovers + (outcome === NOT_STARTED ? 0 : 1), isFirst);
    if (!isFirst) {
      this.#countDuplicate(frame, value);
      return;
    }
    this.repetitions.retried += retries;
    if (takeovers > 0) this.repetitions.takenOverAtMs = nowMs();
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
      // Whoever looked before may have removed it by now.
      await job.remove().catch(() => {});
      // Its result may have been taken before the worker's connection was lost.
      if (id?.trial !== trial || !this.#open.has(id.index)) continue;
      if (!/stalled/.test(reason))
        throw new WorkerLost({ code: 'task-not-run', task: id.index, message: reason });
      // That it was given up is one of them, by a worker that took it for that.
      this.#noteStarts(id.index, Number(job.attemptsStarted) - 1);
      this.#fail(id.index, countOf(Number(job.attemptsMade) - 1));
    }
  }

  /** Executions that nobody has told of yet: of jobs that workers have while the trial ends, and may never bring to an end. */
  noteActive(jobs: readonly (QueuedJob | undefined)[]): void {
    const { names, trial } = this.#options;
    for (const job of jobs) {
      // One that has ended since it was listed is gone.
      const id = parseJobId(names, job?.id);
      if (job !== undefined && id?.trial === trial && this.#open.wasAsked(id.index))
        this.#noteStarts(id.index, job.attemptsStarted);
    }
  }

  #noteStarts(index: number, starts: number): void {
    this.#starts.note(index, countOf(starts), this.#open.has(index));
  }

  /** Executions that have begun. */
  get started(): number {
    return this.#starts.total;
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

/** What the broker says is no count until it is one. */
function countOf(said: number): number {
  return Number.isSafeInteger(said) ? Math.min(Math.max(0, said), 2 * MOST_RETRIES + 1) : 0;
}
