import { isDeepStrictEqual } from 'node:util';
import { UsageError } from '../errors.js';

/** What `setup` is given. */
export interface SetupEnv {
  /** Of the run: for whatever it draws at random. */
  readonly seed: number;
}

/** Some executors hand it to their processes in an environment variable, of which Linux allows 128 kB. */
const MAX_BYTES = 64_000;

/**
 * What `setup` returned, if every worker of every executor can be given it: JSON, or nothing at all.
 *
 * @throws UsageError for anything else
 */
export function plainSetup(data: unknown, subject: string): unknown {
  if (data === undefined) return undefined;
  const text = jsonOf(data);
  if (text === null)
    throw new UsageError(
      subject,
      'plain data, which JSON can hold',
      typeof data === 'object' ? 'an object with something else in it' : `a ${typeof data}`,
      'Return what workers need to find the rest, such as a URL or a path.',
    );
  const bytes = Buffer.byteLength(text);
  if (bytes <= MAX_BYTES) return data;
  throw new UsageError(
    subject,
    `at most ${MAX_BYTES / 1_000} kB of data`,
    `${Math.ceil(bytes / 1_000)} kB`,
    'Write it to a file and return the path.',
  );
}

/** Null where it does not come back the same. */
function jsonOf(data: unknown): string | null {
  try {
    const text = JSON.stringify(data);
    return isDeepStrictEqual(JSON.parse(text), data) ? text : null;
  } catch {
    return null;
  }
}
