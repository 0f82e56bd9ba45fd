import { describeThrown, WorkerLost } from '../errors.js';
import { Hasher } from './hasher.js';

/** Digest of a task that did not complete, or whose result cannot be read: compared with nothing. */
export const NO_DIGEST = Number.NaN;

/** What of a result is compared, by its workload. */
export type DigestOf = (result: unknown) => unknown;

/**
 * A number per result, so that executors can be shown to have done the same work: compared task by task, whatever the
 * order in which they completed.
 *
 * A result that came from a thread has been through a structured clone (a Buffer is a Uint8Array then, an instance a
 * plain object), so every result is put through one before it is hashed.
 *
 * @param results by index; a hole where the task did not complete
 * @param of what of a result counts, by its workload; default: all of it; null: nothing
 * @returns 53-bit hashes by index, NO_DIGEST where the task did not complete; null where nothing counts
 * @throws WorkerLost when `of` throws
 */
export function digestResults(results: readonly unknown[], of?: DigestOf): Float64Array;
export function digestResults(results: readonly unknown[], of?: DigestOf | null): Float64Array | null;
export function digestResults(results: readonly unknown[], of?: DigestOf | null): Float64Array | null {
  if (of === null) return null;
  const digests = new Float64Array(results.length);
  for (let index = 0; index < digests.length; index++) {
    const counted =
      index in results && of !== undefined ? digestBy(of, results[index], index) : results[index];
    digests[index] = index in results ? digestIfReadable(counted) : NO_DIGEST;
  }
  return digests;
}

/** A user's function must not fail in silence: nothing would be compared any more. */
function digestBy(of: DigestOf, result: unknown, index: number): unknown {
  try {
    return of(asReceived(result));
  } catch (error) {
    throw new WorkerLost({ code: 'digest-threw', task: index, message: describeThrown(error) });
  }
}

/** A result may have a getter that throws, or a buffer that was handed away: there is nothing to compare then. */
function digestIfReadable(value: unknown): number {
  try {
    return digestOf(value);
  } catch {
    return NO_DIGEST;
  }
}

/** A 53-bit hash of a value's contents. */
export function digestOf(value: unknown): number {
  const hasher = new Hasher();
  hasher.add(asReceived(value));
  return hasher.digest();
}

/** What the host would hold had the value come from a thread. */
export function asReceived(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  try {
    return structuredClone(value);
  } catch {
    return value;
  }
}
