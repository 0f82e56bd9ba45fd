import { randomBytes } from 'node:crypto';

/** What an executor has in its broker, by name. All keys have one tag, so that a cluster keeps them together. */
export interface BrokerNames {
  /**
   * Of this start of the executor, and of nobody else's: 8 hexadecimal digits. Each job takes some fifteen keys and ids with
   * it, all of which begin with it: their length is a good part of what a short one costs.
   */
  readonly run: string;
  readonly prefix: string;
  readonly queue: string;
  /** A hash: what workers have to know of a trial, by its number. */
  readonly trials: string;
  /** A channel: numbers of trials of which nothing more is to be started. */
  readonly aborts: string;
}

const QUEUE = 'tasks';

export function brokerNames(run = randomBytes(4).toString('hex')): BrokerNames {
  const prefix = `{tvl-${run}}`;
  return {
    run,
    prefix,
    queue: QUEUE,
    trials: `${prefix}:trials`,
    aborts: `${prefix}:aborts`,
  };
}

/** A stream: the results of a trial, in messages. */
export function resultsKey({ prefix }: BrokerNames, trial: number): string {
  return `${prefix}:results:${trial}`;
}

/** As BullMQ names what it keeps of a queue. */
export function queueKey({ prefix, queue }: BrokerNames, part: string): string {
  return `${prefix}:${queue}:${part}`;
}

/** `run-trial-index`. BullMQ wants no number alone, and no colon. */
export function jobId({ run }: BrokerNames, trial: number, index: number): string {
  return `${run}-${trial}-${index}`;
}

const JOB_ID = /^([\da-f]{8})-(\d{1,9})-(\d{1,10})$/;

/** Null: no job of this run. */
export function parseJobId(
  { run }: BrokerNames,
  id: string | undefined,
): { readonly trial: number; readonly index: number } | null {
  const [, of, trial, index] = JOB_ID.exec(id ?? '') ?? [];
  return of === run ? { trial: Number(trial), index: Number(index) } : null;
}
