import { messageOf, UsageError } from '../../errors.js';
import type { Loss } from '../../schema/index.js';
import { engineKindOf } from './address.js';

/** Why a trial is lost: what was said of its broker last. @param error null: nothing was */
export function brokerLoss(error: unknown): Loss {
  return { code: 'broker-lost', message: error === null ? null : messageOf(error) };
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

/** @throws UsageError for a broker that `worker` commands do not speak with */
export function requireSpokenByWorkers(url: string, subject: string): void {
  if (engineKindOf({ url }) === 'redis') return;
  const remedy = 'Workers on other machines take jobs from these alone: give one, redis://HOST:6379.';
  throw new UsageError(subject, 'a Redis or Valkey', 'a PostgreSQL', remedy);
}
