import { messageOf } from '../../errors.js';
import { ABORT, type MessageRecorder, outcomeOfReply, type TaskReply } from '../../tasks/message-recorder.js';
import type { PoolRequest } from '../../tasks/pool-task.js';
import { FAILED } from '../../tasks/recorder.js';
import type { JobData, TakenJob, TrialNotice, WorkerLink } from './engine.js';
import { encodeFrame } from './frames.js';
import { type BrokerNames, parseJobId } from './names.js';
import { ResultWriter } from './result-writer.js';

interface Running {
  readonly trial: number;
  readonly reply: Promise<TaskReply>;
  /** Times that its job has come back to the worker that still ran it. */
  readonly returns: number;
}

export interface JobRunnerOptions {
  readonly link: WorkerLink;
  readonly names: BrokerNames;
  readonly recorder: MessageRecorder;
  readonly run: (request: PoolRequest) => Promise<TaskReply>;
  /** Told when a trial begins here. */
  readonly onTrial: (notice: TrialNotice) => void;
}

/** Runs the tasks of jobs, and writes what they came to before the job completes. */
export class JobRunner {
  readonly #options: JobRunnerOptions;
  readonly #writer: ResultWriter;
  /** By index: a job that is taken over may come back to the worker that still runs it. */
  readonly #running = new Map<number, Running>();
  #trial = 0;
  #begun: Promise<boolean> = Promise.resolve(false);
  #aborted = 0;

  constructor(options: JobRunnerOptions) {
    this.#options = options;
    this.#writer = new ResultWriter(options.link);
  }

  /** @throws Error when the broker refuses the result: the job fails then, and says why; or for a task that is to be tried again */
  async process(job: TakenJob): Promise<void> {
    const { names } = this.#options;
    const id = parseJobId(names, job.id);
    if (id === null) throw new Error('not a job of this run');
    // What is left of a trial that is over interests nobody.
    if (!(await this.#isOpen(id.trial))) return;
    const before = this.#running.get(id.index);
    // Of another trial: what is recorded of tasks goes by their index.
    if (before !== undefined && before.trial !== id.trial) await before.reply;
    const running = this.#run(id.trial, id.index, job.data);
    const reply = await running.reply;
    if (this.#running.get(id.index) === running) this.#running.delete(id.index);
    if (this.#isTriedAgain(job, reply)) throw new Error('the task has failed, and is tried again');
    const retries = job.attemptsMade;
    const takeovers = job.attemptsStarted - 1 - retries - running.returns;
    let frame: Buffer;
    try {
      frame = encodeFrame(id.index, reply, { retries, takeovers });
    } catch (error) {
      return this.#writer.refuse(id.trial, messageOf(error));
    }
    await this.#writer.put(id.trial, frame);
  }

  /** Its failure is a result where there are no more attempts, and nobody's where there are. */
  #isTriedAgain({ attemptsMade, opts: { attempts = 1 } }: TakenJob, reply: TaskReply): boolean {
    return attemptsMade + 1 < attempts && outcomeOfReply(reply) === FAILED && !this.#options.recorder.aborted;
  }

  /** Nothing more of this trial, or of one before it, is to be started. */
  abort(trial: number): void {
    this.#aborted = Math.max(this.#aborted, trial);
    if (this.#aborted >= this.#trial) this.#options.recorder.hear(ABORT);
  }

  #isOpen(trial: number): Promise<boolean> {
    if (trial < this.#trial) return Promise.resolve(false);
    if (trial > this.#trial) {
      this.#trial = trial;
      this.#begun = this.#begin(trial);
    }
    return this.#begun;
  }

  async #begin(trial: number): Promise<boolean> {
    const { link, recorder, onTrial } = this.#options;
    const notice = await link.notice(trial);
    if (notice === null) return false;
    recorder.hear(notice);
    // The abort may have been heard before the trial was.
    if (this.#aborted >= trial) recorder.hear(ABORT);
    onTrial(notice);
    return true;
  }

  #run(trial: number, index: number, data: JobData): Running {
    const before = this.#running.get(index);
    // The very execution that was given up for lost: its result is the one that is asked for.
    const running =
      before?.trial === trial
        ? { ...before, returns: before.returns + 1 }
        : { trial, reply: this.#options.run(requestOf(index, data)), returns: 0 };
    this.#running.set(index, running);
    return running;
  }
}

function requestOf(index: number, data: JobData): PoolRequest {
  if (data === null || typeof data.input !== 'string') return index;
  return { index, input: new Uint8Array(Buffer.from(data.input, 'base64')), output: null };
}
