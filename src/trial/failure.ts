import { TaskError } from '../errors.js';

/** Why a task failed, as data: fields of errors do not survive the way between threads. */
export interface Failure {
  /** `timeout`, `refused`, `http-500`, `error`, …; `cancelled` is counted apart from failures. */
  readonly kind: string;
  readonly message: string;
}

export const CANCELLED_KIND = 'cancelled';

export function cancelled(): TaskError {
  return new TaskError(CANCELLED_KIND, 'cancelled');
}

export function timedOut(limitMs: number): TaskError {
  return new TaskError('timeout', `took longer than its limit of ${limitMs} ms`);
}

/** Whatever a task threw, as a countable failure. */
export function failureOf(error: unknown): Failure {
  if (error instanceof TaskError) return { kind: error.kind, message: error.message };
  if (error instanceof Error) return { kind: 'error', message: `${error.name}: ${error.message}` };
  return { kind: 'error', message: String(error) };
}
