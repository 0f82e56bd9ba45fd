import { WorkerLost } from '../errors.js';
import type { FromOrigin, ToOrigin } from '../origin/messages.js';
import type { OriginCounters, OriginSettings } from '../schema/index.js';
import { type Child, forkEntry } from './child.js';
import type { Origin } from './launcher.js';

export interface OriginProcessOptions {
  readonly settings: OriginSettings;
  readonly seed: number;
  /** 0, the default: any free port. The port of an origin that died can be taken again at once. */
  readonly port?: number;
}

/** The CLI's handle of the origin's process. */
export interface OriginProcess extends Origin {
  readonly pid: number;
  /** Resolves when the process has ended, with why, such as `origin killed by SIGKILL`; never rejects. */
  readonly exited: Promise<string>;
}

interface PendingCount {
  resolve(counters: OriginCounters): void;
  reject(error: Error): void;
}

/**
 * Starts the embedded origin in a process of its own, on loopback. It ends with the CLI, however that ends.
 *
 * @throws WorkerLost when it does not come up
 */
export async function startOriginProcess(
  options: OriginProcessOptions,
  child: Child = forkEntry('origin'),
): Promise<OriginProcess> {
  const pending: PendingCount[] = [];
  const exited = child.exited.then(reason => {
    for (const { reject } of pending.splice(0)) reject(new WorkerLost(reason));
    return reason;
  });
  const send = (message: ToOrigin) => child.process.send(message, () => {});
  const ready = new Promise<{ url: string; port: number }>((resolve, reject) => {
    child.process.on('message', (message: FromOrigin) => {
      if (message.type === 'ready') resolve(message);
      else if (message.type === 'refused') reject(new WorkerLost(message.message));
      else pending.shift()?.resolve(message.counters);
    });
    void exited.then(reason => reject(new WorkerLost(reason)));
  });
  send({ type: 'start', settings: options.settings, seed: options.seed, port: options.port ?? 0 });
  const ask = (message: ToOrigin) =>
    new Promise<OriginCounters>((resolve, reject) => {
      const lost = child.exitReason();
      if (lost !== null) reject(new WorkerLost(lost));
      else {
        pending.push({ resolve, reject });
        send(message);
      }
    });
  const { url, port } = await ready.catch(async (error: unknown) => {
    await child.kill();
    throw error;
  });

  return {
    url,
    port,
    pid: child.process.pid!,
    exited,
    get lost() {
      return child.exitReason();
    },
    begin: async salt => {
      await ask({ type: 'begin', salt });
    },
    counters: () => ask({ type: 'count' }),
    // It keeps nothing that would have to be put away first.
    [Symbol.asyncDispose]: () => child.kill(),
  };
}
