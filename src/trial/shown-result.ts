import { inspect } from 'node:util';
import { serialize } from 'node:v8';
import { asReceived } from './digest.js';

/** A result as it is shown, and compared by the workload's own `sameResult`. */
export interface ShownResult {
  /** One line that begins with it. */
  readonly text: string;
  /** Undefined for what cannot be sent. */
  readonly value: unknown;
}

/** Of a message: a result more would not fit. */
const MOST_BYTES = 16_000_000;
/** Characters: enough to find where two results part. */
const LONGEST_TEXT = 2_000;
/** Control characters, and invisible ones that reorder, join or hide text. */
const UNSAFE = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\s]+/gu;

/** Results by their indexes, at least one of them and as many as fit into a message. */
export function showResults(results: readonly unknown[], indexes: readonly number[]): ShownResult[] {
  const shown: ShownResult[] = [];
  let bytes = 0;
  for (const index of indexes) {
    const value = asReceived(results[index]);
    const size = sizeOf(value);
    bytes += size ?? 0;
    if (shown.length > 0 && bytes > MOST_BYTES) break;
    shown.push({ text: textOf(value), value: size === null ? undefined : value });
  }
  return shown;
}

/** Null: it cannot be sent. */
function sizeOf(value: unknown): number | null {
  try {
    return serialize(value).byteLength;
  } catch {
    return null;
  }
}

export function textOf(value: unknown): string {
  const text = typeof value === 'string' ? JSON.stringify(value.slice(0, LONGEST_TEXT)) : inspected(value);
  return text.slice(0, LONGEST_TEXT).replace(UNSAFE, ' ');
}

function inspected(value: unknown): string {
  try {
    return inspect(value, { depth: 4, breakLength: Number.POSITIVE_INFINITY, maxArrayLength: 100 });
  } catch {
    return 'a result that cannot be read';
  }
}
