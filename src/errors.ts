/** Errors that have an owner: the user, a task, a worker, or the measurement. */
import type { FailureCause, Loss } from './schema/index.js';

/** The user's input is wrong. The CLI prints the message without a stack and exits 2. */
export class UsageError extends Error {
  override readonly name = 'UsageError';

  /**
   * @param subject what was given, such as `--threads`
   * @param expected what is allowed
   * @param got what came
   * @param remedy what to do, a sentence; or what was probably meant, which is read before a long list of what is allowed
   */
  constructor(subject: string, expected: string, got: string, remedy: string | { readonly meant: string }) {
    super(
      typeof remedy === 'string'
        ? `${subject}: expected ${expected}, got ${got}. ${remedy}`
        : `${subject}: got ${got}. Did you mean ${remedy.meant}? Expected ${expected}.`,
    );
  }
}

/** A task failed in a way that is counted by kind (`http-500`, `bad-json`, …); the run goes on. */
export class TaskError extends Error {
  override readonly name = 'TaskError';
  readonly kind: string;

  constructor(kind: string, message: string) {
    super(message);
    this.kind = kind;
  }
}

/** One that this program knows the cause of: results keep it as data, and `report/words/failures.ts` has the sentences. */
export class KnownTaskError extends TaskError {
  readonly known: FailureCause;

  constructor(known: FailureCause) {
    super(known.code, summaryOf(known));
    this.known = known;
  }
}

/** A worker, a host or the origin ended before its trial did: the trial is lost. */
export class WorkerLost extends Error {
  override readonly name = 'WorkerLost';
  /** What results keep of it; the sentences are `report/words/losses.ts`. */
  readonly loss: Loss;

  /** @param loss a text: what somebody else says of it, word for word */
  constructor(loss: Loss | string) {
    const data: Loss = typeof loss === 'string' ? failedLoss(loss) : loss;
    super(data.code === 'failed' ? data.message : summaryOf(data));
    this.loss = data;
  }
}

/** `worker-failed (worker thread, number 3): Error: no database`: for stacks and logs. */
function summaryOf(data: Loss | FailureCause): string {
  const { code, message, ...values } = { message: null, ...data };
  const told = Object.entries(values).filter(([, value]) => value !== null && value !== false);
  const parts = told.map(
    ([name, value]) => `${name} ${typeof value === 'object' ? JSON.stringify(value) : value}`,
  );
  const about = parts.length === 0 ? code : `${code} (${parts.join(', ')})`;
  return message === null ? about : `${about}: ${message}`;
}

/** What results keep of an error that cost a trial. */
export function lossOf(error: unknown): Loss {
  return error instanceof WorkerLost ? error.loss : failedLoss(messageOf(error));
}

/** @param message word for word, of somebody else */
export function failedLoss(message: string): Loss {
  return { code: 'failed', by: null, message };
}

/** The next trial would send more to other machines than the run may: no fault, the run ends with what it has. */
export class RemoteTotalReached extends Error {
  override readonly name = 'RemoteTotalReached';
  readonly sent: number;
  readonly total: number;

  constructor(sent: number, total: number) {
    super(`ended after ${sent} requests to another machine: the next trial would exceed ${total}`);
    this.sent = sent;
    this.total = total;
  }
}

/** The operating system refused something, such as space on a full disk: neither the user's input nor a bug. */
export class SystemFault extends Error {
  override readonly name = 'SystemFault';
}

/** What was thrown, with its name: `TypeError: x is not a function`. Never throws, whatever it was. */
export function describeThrown(thrown: unknown): string {
  try {
    return thrown instanceof Error ? `${thrown.name}: ${thrown.message}` : String(thrown);
  } catch {
    // A getter that throws, an object without a prototype.
    return 'something that cannot be turned into text';
  }
}

/** Its message alone, in another process perhaps: an error from there is an object like one. Never throws. */
export function messageOf(thrown: unknown): string {
  try {
    const message =
      typeof thrown === 'object' && thrown !== null && 'message' in thrown ? thrown.message : null;
    if (typeof message === 'string') return message;
  } catch {
    // What it is can perhaps be told all the same.
  }
  return describeThrown(thrown);
}
