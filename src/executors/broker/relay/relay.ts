import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';
import { nowMs } from '../../../clock.js';
import type { Loss } from '../../../schema/index.js';
import { AlarmThread } from './alarm-thread.js';
import { DelayLine } from './delay-line.js';

export interface RelayRequest {
  /** Path of the socket that clients connect to. */
  readonly listenAt: string;
  /** And of the broker's own. */
  readonly connectTo: string;
  readonly roundTripMs: number;
}

/** To its process, once; what comes back. */
export type ToRelay = { readonly type: 'start' } & RelayRequest;
export type FromRelay = { readonly type: 'ready' } | { readonly type: 'fault'; readonly loss: Loss };

/**
 * Stands between a broker and its clients, and holds back each chunk of bytes by half of a round trip each way, in order, as a
 * network does. It knows nothing of what the bytes say: commands that are sent without waiting for answers share their way.
 *
 * A relay, and not `netem` in a network namespace: that wants Linux, root, iproute2 and a module of the kernel, and would
 * delay what tasks themselves send.
 */
export async function startRelay({ listenAt, connectTo, roundTripMs }: RelayRequest): Promise<void> {
  const line: DelayLine = new DelayLine({
    delayMs: roundTripMs / 2,
    nowMs,
    alarm: new AlarmThread(() => line.ring()),
  });
  const server = createServer({ allowHalfOpen: true }, client => {
    const broker = connect({ path: connectTo, allowHalfOpen: true });
    pass(client, broker, line);
    pass(broker, client, line);
  });
  server.listen(listenAt);
  await once(server, 'listening');
}

/** One way. */
function pass(from: Socket, to: Socket, line: DelayLine): void {
  const write = (bytes: Buffer) => {
    if (to.write(bytes) || from.isPaused()) return;
    // Who does not read must not fill the memory of who stands in between.
    from.pause();
    to.once('drain', () => from.resume());
  };
  from.on('data', bytes => line.hold(() => write(bytes)));
  from.on('end', () => line.hold(() => to.end()));
  // Its close says as much.
  from.on('error', () => {});
  from.on('close', () => line.hold(() => to.destroySoon()));
}
