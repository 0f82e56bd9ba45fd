import { describeThrown, KnownTaskError, TaskError } from '../errors.js';
import type { Failure, FailureCause } from '../schema/index.js';
import { throwSite } from '../throw-site.js';

export type { Failure } from '../schema/index.js';

export const CANCELLED_KIND = 'cancelled';

export function cancelled(): TaskError {
  return new TaskError(CANCELLED_KIND, 'cancelled');
}

export function timedOut(limitMs: number): TaskError {
  return new KnownTaskError({ code: 'timeout', limitMs });
}

/** One that this program has found itself. */
export function failureBy(cause: FailureCause): Failure {
  return { kind: cause.code, message: cause };
}

/** Whatever a task threw, as a countable failure. Never throws itself, whatever that is. */
export function failureOf(error: unknown): Failure {
  try {
    if (error instanceof KnownTaskError) return failureBy(error.known);
    if (error instanceof TaskError) return ofKind(error.kind, error.message);
  } catch {
    // Its message cannot be read.
  }
  return { kind: 'error', message: thrownText(error) };
}

/** With the place where it was thrown. Never throws itself. */
export function thrownText(error: unknown): string {
  return `${describeThrown(error)}${siteOf(error)}`;
}

/** A stack is whatever somebody made of it. */
function siteOf(error: unknown): string {
  try {
    return throwSite(error);
  } catch {
    return '';
  }
}

/** Kinds are keys of objects, in the results file too. */
const KIND = /^[a-z\d][\w.-]{0,63}$/i;

function ofKind(kind: unknown, message: string): Failure {
  if (typeof kind === 'string' && KIND.test(kind) && !(kind in Object.prototype))
    return { kind, message: `${message}` };
  return { kind: 'error', message: `${String(kind)}: ${message}` };
}
