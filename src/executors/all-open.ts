import { setTimeout as sleep } from 'node:timers/promises';

/** What workers that are still loading are given, once one of them has failed. */
const GRACE_MS = 2_000;

/**
 * What all workers answer when they have opened the workload; the first failure, but not before the others have answered
 * too. A thread that is ended while it loads its modules makes Node abort the process now and then
 * (`v8::ToLocalChecked`), and the failure's reason is lost with it.
 */
export async function allOpen<T>(opening: readonly PromiseLike<T>[], graceMs = GRACE_MS): Promise<T[]> {
  try {
    return await Promise.all(opening);
  } catch (error) {
    // Not a reason to stay alive: the workers are one.
    await Promise.race([Promise.allSettled(opening), sleep(graceMs, undefined, { ref: false })]);
    throw error;
  }
}
