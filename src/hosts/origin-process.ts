import type { FromOrigin, ToOrigin } from '../origin/messages.js';
import type { OriginOptions } from '../origin/server.js';
import type { ProcessLoss } from '../schema/index.js';
import { type Child, forkEntry } from './child.js';
import { Dialog } from './dialog.js';
import type { Origin } from './launcher.js';

/** The CLI's handle of the origin's process. */
export interface OriginProcess extends Origin {
  readonly pid: number;
  /** Resolves when the process has ended, with how; never rejects. */
  readonly exited: Promise<ProcessLoss>;
}

/**
 * Starts the embedded origin in a process of its own, on loopback. It ends with the CLI, however that ends.
 *
 * @throws WorkerLost when it does not come up
 */
export async function startOriginProcess(
  { settings, seed, port: wantedPort = 0 }: OriginOptions,
  child: Child = forkEntry('origin'),
): Promise<OriginProcess> {
  const dialog = new Dialog<ToOrigin, FromOrigin>(child);
  const start = { type: 'start', settings, seed, port: wantedPort } as const;
  const { url, port } = await dialog.ask(start, 'ready').catch(async (error: unknown) => {
    await child.kill();
    throw error;
  });
  return {
    url,
    port,
    pid: child.process.pid!,
    exited: child.exited,
    get lost() {
      return child.loss();
    },
    begin: async salt => {
      await dialog.ask({ type: 'begin', salt }, 'counters');
    },
    counters: async () => (await dialog.ask({ type: 'count' }, 'counters')).counters,
    // It keeps nothing that would have to be put away first.
    [Symbol.asyncDispose]: () => child.kill(),
  };
}
