import type { Rehearsal, RehearsalSetting } from '../tasks/rehearsal.js';
import type { Child } from './child.js';

export interface RehearsalRequest extends RehearsalSetting {
  /** That try it at the same time; 0: the main thread of the process does. */
  readonly threads: number;
}

/** The user's code may send messages as well. */
export interface FromRehearsal {
  readonly type: 'rehearsed';
  readonly rehearsal: Rehearsal;
}

/** A task may take its time: then there is nothing to tell. */
const LIMIT_MS = 10_000;

/**
 * Tries a user's own code in a process of its own, which ends with it.
 *
 * @returns null when the process ends or takes too long: trials will show why
 */
export async function rehearseIn(child: Child, request: RehearsalRequest): Promise<Rehearsal | null> {
  let late: NodeJS.Timeout | undefined;
  try {
    return await new Promise<Rehearsal | null>(resolve => {
      child.process.on('message', (message: Partial<FromRehearsal> | null) => {
        if (message?.type === 'rehearsed' && message.rehearsal !== undefined) resolve(message.rehearsal);
      });
      void child.exited.then(() => resolve(null));
      late = setTimeout(resolve, LIMIT_MS, null);
      child.process.send(request, () => {});
    });
  } finally {
    clearTimeout(late);
    await child.kill();
  }
}
