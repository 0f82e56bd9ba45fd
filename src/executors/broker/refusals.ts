import { lossOf, messageOf, UsageError } from '../../errors.js';
import type { Loss } from '../../schema/index.js';

/** Why a trial is lost: what was said of its broker last. @param error null: nothing was */
export function brokerLoss(error: unknown): Loss {
  return { code: 'broker-lost', message: error === null ? null : messageOf(error) };
}

/** Of a socket whose other end is gone, and of a PostgreSQL that ends (57P01 to 57P03). */
const GONE: readonly unknown[] = [
  ...['EPIPE', 'ECONNRESET', 'ECONNREFUSED', 'ENOENT', 'ETIMEDOUT', 'EHOSTUNREACH', 'ENETUNREACH'],
  ...['57P01', '57P02', '57P03'],
];
/** Of a client of PostgreSQL, whose error has no code. */
const TERMINATED = 'Connection terminated';

/** Whether a call to a broker has failed since its connection is gone. */
export function isGone(error: unknown): boolean {
  const { code, message = '' } = (error ?? {}) as Partial<NodeJS.ErrnoException>;
  return GONE.includes(code) || message.startsWith(TERMINATED);
}

/** Why a call to a broker has failed: one that was written to a lost connection may be told before its end is. */
export function callLoss(error: unknown): Loss {
  return isGone(error) ? brokerLoss(error) : lossOf(error);
}

/** Of a broker that is of no use. */
export function refusal(expected: string, got: string, remedy: string): UsageError {
  return new UsageError('--broker', expected, got, remedy);
}

export function unreachable(reason: string): UsageError {
  const remedy = 'Check the URL, its user and password, and that the broker is running.';
  return refusal('one that answers and can be written to', reason, remedy);
}

export function notWhatIsAsked(backend: string, engine: string): UsageError {
  return refusal(`${backend}, as --option backend=${backend} asks for`, engine, 'Leave the option out.');
}

/** A setting of a broker, what it has to be, and what it is. */
interface Saving {
  readonly setting: string;
  readonly wanted: string;
  readonly is: string;
  readonly isKept: boolean;
}

/**
 * @param each by which each change is saved
 * @param atOnce by which it is saved before it is answered
 * @throws UsageError for a broker that saves less than `persistence` asks for
 */
export function requireSaving(persistence: string, each: Saving, atOnce: Saving): void {
  if (persistence === 'none') return;
  if (!each.isKept) throw savesLess('saves each change', persistence, each);
  if (persistence === 'durable' && !atOnce.isKept)
    throw savesLess('has saved each change before it answers', persistence, atOnce);
}

function savesLess(what: string, persistence: string, { setting, wanted, is }: Saving): UsageError {
  const expected = `one that ${what} (${setting} ${wanted}), as --option persistence=${persistence} asks for`;
  return refusal(expected, `${setting} ${is}`, 'Change its setting, or leave the option out.');
}
