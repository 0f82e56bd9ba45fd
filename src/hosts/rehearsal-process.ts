import type { Rehearsal, RehearsalSetting } from '../tasks/rehearsal.js';
import type { Child } from './child.js';

export interface RehearsalRequest extends RehearsalSetting {
  /** Whether in a thread first; false: on the main thread of the process alone. */
  readonly inThread: boolean;
}

export interface RehearsalReply {
  /** Null: not asked for. */
  readonly thread: Rehearsal | null;
  /** Null: there was no need. */
  readonly main: Rehearsal | null;
}

/** The user's code may send messages as well. */
export interface FromRehearsal {
  readonly type: 'rehearsed';
  readonly reply: RehearsalReply;
}

/** A task may take its time: then there is nothing to tell. */
const LIMIT_MS = 10_000;

/**
 * Tries a user's own code in a process of its own, which ends with it.
 *
 * @returns null when the process ends or takes too long: trials will show why
 */
export async function rehearseIn(child: Child, request: RehearsalRequest): Promise<RehearsalReply | null> {
  let late: NodeJS.Timeout | undefined;
  try {
    return await new Promise<RehearsalReply | null>(resolve => {
      child.process.on('message', (message: Partial<FromRehearsal> | null) => {
        if (message?.type === 'rehearsed' && message.reply !== undefined) resolve(message.reply);
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
