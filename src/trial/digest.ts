import { serialize } from 'node:v8';
import type { Ledger } from './ledger.js';
import { COMPLETED } from './ledger.js';

/** Digest of a task that did not complete: compared with nothing. */
export const NO_DIGEST = Number.NaN;

/**
 * A number per result, so that executors can be shown to have done the same work: compared task by task, whatever the
 * order in which they completed.
 *
 * A result that came from a thread has been through a structured clone (a Buffer is a Uint8Array then, an instance a
 * plain object), so every result is put through one before it is serialized.
 *
 * @returns 53-bit hashes by index; NO_DIGEST where the task did not complete
 */
export function digestResults(results: readonly unknown[], ledger: Ledger): Float64Array {
  const digests = new Float64Array(results.length);
  for (let index = 0; index < digests.length; index++)
    digests[index] = ledger.outcome[index] === COMPLETED ? digestOf(results[index]) : NO_DIGEST;
  return digests;
}

/** A 53-bit hash of a value's serialized form. */
export function digestOf(value: unknown): number {
  return hashBytes(bytesOf(value));
}

function bytesOf(value: unknown): Uint8Array {
  try {
    return serialize(structuredClone(value));
  } catch {
    // Cannot travel between threads; loops keep it all the same, so compare what can be compared.
    return serialize(String(value));
  }
}

/** Two lanes of multiply-xor (the mixing of cyrb53, public domain, by bryc), joined to 53 bits. */
function hashBytes(bytes: Uint8Array): number {
  let a = 0xdeadbeef;
  let b = 0x41c6ce57;
  for (let at = 0; at < bytes.length; at++) {
    const byte = bytes[at]!;
    a = Math.imul(a ^ byte, 2654435761);
    b = Math.imul(b ^ byte, 1597334677);
  }
  a = Math.imul(a ^ (a >>> 16), 2246822507) ^ Math.imul(b ^ (b >>> 13), 3266489909);
  b = Math.imul(b ^ (b >>> 16), 2246822507) ^ Math.imul(a ^ (a >>> 13), 3266489909);
  return 4294967296 * (2097151 & b) + (a >>> 0);
}

export interface DigestDifference {
  /** Tasks that completed in both. */
  readonly compared: number;
  readonly different: number;
  /** The first task whose results differ; -1 when none does. */
  readonly firstIndex: number;
}

/** Compares two trials over the tasks that completed in both. */
export function compareDigests(a: Float64Array, b: Float64Array): DigestDifference {
  let compared = 0;
  let different = 0;
  let firstIndex = -1;
  for (let index = 0; index < Math.min(a.length, b.length); index++) {
    if (Number.isNaN(a[index]!) || Number.isNaN(b[index]!)) continue;
    compared++;
    if (a[index] === b[index]) continue;
    if (different++ === 0) firstIndex = index;
  }
  return { compared, different, firstIndex };
}
