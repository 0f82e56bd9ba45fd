import type { JobsOptions } from 'bullmq';
import type { Broker, BrokerAddress, Loss } from '../../schema/index.js';
import type { BatchBegins } from '../../tasks/message-recorder.js';
import type { BrokerNames } from './names.js';
import type { ConnectionWatch, MeetingPlace } from './remote/meeting-place.js';

/** Data of a job: none, or what a task is to work on, in base64. */
export type JobData = { readonly input: string } | null;

/** What a worker has to know of a trial before its first task. */
export interface TrialNotice extends BatchBegins {
  /** Lock of a job, ms. */
  readonly lockMs: number;
}

/** What a worker has written: results, or why one of them cannot be sent. */
export interface ResultMessage {
  /** `results` or `refused`; whatever else stands in a broker was written by somebody else. */
  readonly kind: string;
  readonly bytes: Buffer;
}

/** What a variant of the executor asks of its broker. */
export interface BrokerWish {
  /** What it has to be: the name of an engine, or `any`. */
  readonly backend: string;
  /** What it has to save: `none` (whatever it does), `appendonly` or `durable`. */
  readonly persistence: string;
}

/** A job that a queue has of a task. */
export interface QueuedJob {
  readonly id?: string | undefined;
  /** Attempts that failed. */
  readonly attemptsMade: number;
  /** Counted in the broker whenever a worker takes it: one that is killed takes nothing back. */
  readonly attemptsStarted: number;
}

interface FailedJob extends QueuedJob {
  readonly failedReason: string;
  remove(): Promise<unknown>;
}

interface NewJob {
  readonly name: string;
  readonly data: JobData;
  readonly opts: { readonly jobId: string };
}

/** As much of BullMQ's Queue as is used. */
export interface JobQueue {
  addBulk(jobs: NewJob[]): Promise<unknown>;
  getFailed(from: number, to: number): Promise<FailedJob[]>;
  /** Those that workers have. */
  getActive(from: number, to: number): Promise<(QueuedJob | undefined)[]>;
}

/** As much of BullMQ's Worker as is used. */
export interface JobWorker {
  readonly id: string;
  readonly opts: { lockDuration?: number; stalledInterval?: number };
  waitUntilReady(): Promise<unknown>;
  /** Takes no more jobs. Resolves when those that it has are done. */
  close(): Promise<void>;
}

export interface JobWorkerOptions {
  readonly concurrency: number;
  readonly lockDuration: number;
  readonly stalledInterval: number;
  readonly maxStalledCount: number;
  readonly skipLockRenewal: boolean;
}

export interface TakenJob extends QueuedJob {
  readonly data: JobData;
  readonly opts: { readonly attempts?: number | undefined };
}

/** The results of a trial, for its only reader. */
export interface ResultSource {
  /**
   * Hands over what comes, and has the broker forget it. Resolves when it is stopped.
   *
   * @throws BrokerFault for what no worker writes; or what `take` throws
   */
  read(take: (message: ResultMessage) => void): Promise<void>;
  stop(): void;
}

/** The controller's end of a broker. */
export interface ControllerLink {
  readonly queue: JobQueue;
  /** Resolves when jobs can be added. */
  open(): Promise<void>;
  /** Tells workers of a trial, and makes a place for its results, without which none is written. */
  begin(trial: number, notice: TrialNotice): Promise<unknown>;
  /** The same of a trial that goes on: a small write, as the trial makes many. Rejects where the broker takes none. */
  tellAgain(trial: number, notice: TrialNotice): Promise<unknown>;
  /** Of a trial that was begun. */
  results(trial: number): ResultSource;
  /** Forgets what `begin` has made. @param reading resolves when the reader of its results has stopped */
  end(trial: number, reading: Promise<unknown>): void;
  /** Tells workers that nothing more of a trial is to be started. */
  abort(trial: number): Promise<unknown>;
  /** @throws WorkerLost for one that was set to forget what it is given; left out: it cannot be */
  verifyPolicy?(): Promise<void>;
  /** CPU time of a broker that the run has started for itself; 0 for one that others use, which says nothing of these tasks. */
  cpuMs(): Promise<number>;
  /** Where workers on other machines are asked for; closed with this link. */
  meet(): MeetingPlace;
  /** Why it is lost is told, unless it is being closed. */
  fail(error: unknown): void;
  /** From here on the end of a connection is no loss. */
  beginClosing(): void;
  /** Takes all of this start out of a broker that others use, and lets go of it. */
  close(): Promise<void>;
}

/** A worker's end. It connects anew for as long as it takes: the controller is the one to say that a broker is lost. */
export interface WorkerLink {
  /** Null: the trial is over. */
  notice(trial: number): Promise<TrialNotice | null>;
  /** Resolves when the broker has the message, or has no use for it any more: its trial is over. */
  write(trial: number, message: ResultMessage): Promise<unknown>;
  /** Resolves when it listens. */
  listenForAborts(hear: (trial: number) => void): Promise<unknown>;
  startJobWorker(process: (job: TakenJob) => Promise<void>, options: JobWorkerOptions): JobWorker;
}

export interface ControllerRequest {
  readonly address: BrokerAddress;
  readonly names: BrokerNames;
  /** Of each job. */
  readonly jobOptions: JobsOptions;
  /** Is told why, when the broker is gone: to find it again would be to measure the gap. */
  readonly lose: (loss: Loss) => void;
}

/** What jobs and results go through: all that depends on which it is. */
export interface BrokerEngine {
  /**
   * What a broker is, as it says itself.
   *
   * @throws UsageError for one that cannot be reached, or is of no use
   */
  read(address: BrokerAddress, wish: BrokerWish): Promise<Omit<Broker, 'packages'>>;
  controller(request: ControllerRequest): ControllerLink;
  /** Where workers and runs find each other. @param watch of one that looks for a lost connection; left out: it does not */
  meet(address: BrokerAddress, watch?: ConnectionWatch): MeetingPlace;
  worker(address: BrokerAddress, names: BrokerNames): WorkerLink;
}
