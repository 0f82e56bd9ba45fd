import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { nowMs } from '../clock.js';
import { UsageError } from '../errors.js';
import type { OriginCounters, OriginSettings } from '../schema/index.js';
import { createFateDecider, type Fate } from './fate.js';
import { Gauge } from './gauge.js';
import { delayWithPauses } from './pause.js';
import { Replies } from './reply.js';

const HOST = '127.0.0.1';
/** As many as may connect at the same moment; the kernel caps it at `net.core.somaxconn`. */
const BACKLOG = 8192;
/** A timer cannot be shorter than 1 ms: what is shorter is answered at once. */
const AT_ONCE_MS = 0.5;

export interface OriginOptions {
  readonly settings: OriginSettings;
  readonly seed: number;
  /** 0, the default: any free port. The port of an origin that died can be taken again at once. */
  readonly port?: number;
}

export interface OriginServer {
  /** Without a trailing slash. */
  readonly url: string;
  readonly port: number;
  /**
   * Draws whatever is random anew for the requests that arrive from now on: from this salt in place of the seed. Counting
   * starts anew as well.
   */
  begin(salt: number): void;
  /** What was counted since the last call; CPU and loop are those of the whole thread. */
  snapshot(): OriginCounters;
  /** Ends every connection, waiting requests included. */
  close(): Promise<void>;
}

/**
 * Starts the embedded origin in this process.
 *
 * Waiting is a `setTimeout` per request, rounded to whole milliseconds: Node compares the clock of the loop, in whole
 * milliseconds too, so that an answer comes up to 1 ms early, or late by what the loop was busy with. Each waiting
 * request is a connection and so a file descriptor: 10,000 need `ulimit -n` above that (Node raises the soft limit to
 * the hard one by itself).
 *
 * @throws UsageError when the port cannot be had
 */
export async function startOrigin(options: OriginOptions): Promise<OriginServer> {
  const { port = 0 } = options;
  const gauge = new Gauge();
  const server = createServer({ keepAliveTimeout: 0, requestTimeout: 0, headersTimeout: 0, noDelay: true });
  const waiting = countWaiting(gauge);
  server.on('connection', waiting.connected);
  const handler = createHandler(options, gauge, waiting);
  server.on('request', handler.handle);
  await new Promise<void>((resolve, reject) => {
    server.once('error', error => reject(listenError(error, port)));
    server.listen({ port, host: HOST, backlog: BACKLOG }, resolve);
  });
  const bound = (server.address() as AddressInfo).port;
  return {
    url: `http://${HOST}:${bound}`,
    port: bound,
    begin: salt => {
      handler.drawFrom(salt);
      gauge.take();
    },
    snapshot: () => gauge.take(),
    close: () =>
      new Promise(resolve => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

type Waiting = ReturnType<typeof countWaiting>;

/** Requests that wait, by connection, so that those of a closed one leave the gauge. */
function countWaiting(gauge: Gauge) {
  const counts = new Map<Socket, { requests: number; known: boolean }>();
  return {
    connected(socket: Socket): void {
      gauge.connected();
      counts.set(socket, { requests: 0, known: false });
      socket.once('close', () => {
        const requests = counts.get(socket)?.requests ?? 0;
        if (requests > 0) gauge.left(requests);
        counts.delete(socket);
      });
    },
    /** Whether it is the first request of its connection. */
    arrived(socket: Socket): boolean {
      const count = counts.get(socket);
      if (count === undefined) return false;
      count.requests++;
      const isFirst = !count.known;
      count.known = true;
      return isFirst;
    },
    /** False: the connection is closed, and its requests have left. */
    leave(socket: Socket): boolean {
      const count = counts.get(socket);
      if (count === undefined) return false;
      count.requests--;
      return true;
    },
  };
}

function createHandler({ settings, seed }: OriginOptions, gauge: Gauge, waiting: Waiting) {
  let decide = createFateDecider(settings, seed);
  const startedMs = nowMs();
  const replies = new Replies(settings.payloadBytes);

  const finish = (request: IncomingMessage, response: ServerResponse, fate: Fate) => {
    const { socket } = request;
    if (!waiting.leave(socket)) return;
    if (fate === 'reset') {
      gauge.left(1);
      socket.resetAndDestroy();
      return;
    }
    const { status, headers, body } = replies.of(fate, request.method, request.url!);
    response.sendDate = false;
    // A copy is not needed: node:http does not write into a list of raw headers.
    response.writeHead(status, headers as string[]);
    response.end(body, 'latin1');
    gauge.answered();
  };

  const handle = (request: IncomingMessage, response: ServerResponse): void => {
    const connectMs = waiting.arrived(request.socket) ? settings.connectMs : 0;
    const { fate, delayMs: ownDelayMs } = decide(request, gauge.arrived());
    const delayMs = delayWithPauses(settings, nowMs() - startedMs, connectMs + ownDelayMs);
    if (request.method !== 'GET') request.resume();
    if (fate === 'stall') return;
    if (delayMs < AT_ONCE_MS) {
      finish(request, response, fate);
      return;
    }
    // Not a reason to stay alive once the server is closed.
    setTimeout(finish, Math.round(delayMs), request, response, fate).unref();
  };

  return {
    handle,
    drawFrom(salt: number): void {
      decide = createFateDecider(settings, salt);
    },
  };
}

function listenError(error: NodeJS.ErrnoException, port: number): Error {
  const remedy = 'Choose another, or 0 for any free one.';
  if (error.code === 'EADDRINUSE') return new UsageError('port', 'a free port', `${port}, in use`, remedy);
  if (error.code === 'EACCES') return new UsageError('port', 'a port you may use', String(port), remedy);
  return error;
}
