import { WorkerLost } from '../errors.js';
import type { OriginCounters, OriginSettings } from '../model.js';
import type { FromOrigin, ToOrigin } from '../origin/messages.js';
import { forkEntry, whyExited } from './entry.js';

export interface OriginProcessOptions {
  readonly settings: OriginSettings;
  readonly seed: number;
  /** 0, the default: any free port. The port of an origin that died can be taken again at once. */
  readonly port?: number;
}

export interface OriginProcess extends AsyncDisposable {
  /** Without a trailing slash. */
  readonly url: string;
  readonly port: number;
  readonly pid: number;
  /**
   * What was counted since the previous call.
   *
   * @throws WorkerLost when the process ends before it answers
   */
  counters(): Promise<OriginCounters>;
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
export async function startOriginProcess(options: OriginProcessOptions): Promise<OriginProcess> {
  const child = forkEntry('origin');
  const pending: PendingCount[] = [];
  let lostBecause: string | null = null;
  const exited = whyExited(child, 'origin').then(reason => {
    lostBecause = reason;
    for (const { reject } of pending.splice(0)) reject(new WorkerLost(reason));
    return reason;
  });
  // An origin keeps nothing that would have to be put away first.
  const stop = async () => {
    child.kill('SIGKILL');
    await exited;
  };

  const send = (message: ToOrigin) => child.send(message, () => {});
  const ready = new Promise<{ url: string; port: number }>((resolve, reject) => {
    child.on('message', (message: FromOrigin) => {
      if (message.type === 'ready') resolve(message);
      else if (message.type === 'refused') reject(new WorkerLost(message.message));
      else pending.shift()?.resolve(message.counters);
    });
    void exited.then(reason => reject(new WorkerLost(reason)));
  });
  send({ type: 'start', settings: options.settings, seed: options.seed, port: options.port ?? 0 });
  const { url, port } = await ready.catch(async (error: unknown) => {
    await stop();
    throw error;
  });

  return {
    url,
    port,
    pid: child.pid!,
    exited,
    counters: () =>
      new Promise((resolve, reject) => {
        if (lostBecause !== null) reject(new WorkerLost(lostBecause));
        else {
          pending.push({ resolve, reject });
          send({ type: 'count' });
        }
      }),
    [Symbol.asyncDispose]: stop,
  };
}
