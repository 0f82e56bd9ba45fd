import { connect } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { stripVTControlCharacters } from 'node:util';
import type { ServeReady } from '../schema/index.js';

const TRY_MS = 1_000;
const POLL_MS = 50;
/** `localhost` is either, and a server may listen on one of them alone. */
const LOOPBACKS = ['127.0.0.1', '::1'] as const;
/** As servers announce themselves. */
const PRINTED =
  /\bhttps?:\/\/(?:localhost|127(?:\.\d{1,3}){3}|0\.0\.0\.0|\[::1?\]):\d{1,5}(?=[/\s'"),;.!]|$)/gim;

/**
 * URL of whatever listens on a port of this machine, without a trailing slash; null: nothing does.
 *
 * @param scheme with its colon
 */
export async function listenerOn(port: number, scheme = 'http:'): Promise<string | null> {
  for (const host of LOOPBACKS) {
    if (await accepts(host, port)) return `${scheme}//${host.includes(':') ? `[${host}]` : host}:${port}`;
  }
  return null;
}

/** The URLs of ports of this machine in what a program printed. */
export function printedUrls(output: string): readonly URL[] {
  return [...stripVTControlCharacters(output).matchAll(PRINTED)].map(([url]) => new URL(url));
}

/**
 * Base URL of a command once it shows that it is ready; null before.
 *
 * @param port what PORT says to it
 * @param output all that it has printed
 */
export async function readyUrl(ready: ServeReady, port: number, output: string): Promise<string | null> {
  switch (ready.kind) {
    case 'listening':
      return (await printedListener(output)) ?? listenerOn(port);
    case 'port':
      return listenerOn(ready.port);
    case 'url':
      return (await answers(ready.url)) ? new URL(ready.url).origin : null;
    case 'text': {
      if (!stripVTControlCharacters(output).includes(ready.text)) return null;
      // It may serve nothing by TCP.
      return (await readyUrl({ kind: 'listening' }, port, output)) ?? `http://${LOOPBACKS[0]}:${port}`;
    }
  }
}

/** Asks until it is so, or until `isOver`. Null: it is over. */
export async function untilReady(
  ask: () => Promise<string | null>,
  isOver: () => boolean,
): Promise<string | null> {
  while (!isOver()) {
    const url = await ask();
    if (url !== null) return url;
    await sleep(POLL_MS);
  }
  return null;
}

async function printedListener(output: string): Promise<string | null> {
  for (const { port, protocol } of printedUrls(output)) {
    const url = await listenerOn(Number(port), protocol);
    if (url !== null) return url;
  }
  return null;
}

async function answers(url: string): Promise<boolean> {
  try {
    const { status, body } = await fetch(url, { signal: AbortSignal.timeout(TRY_MS), redirect: 'manual' });
    await body?.cancel();
    return status < 500;
  } catch {
    return false;
  }
}

function accepts(host: string, port: number): Promise<boolean> {
  return new Promise(resolve => {
    const socket = connect({ host, port, timeout: TRY_MS });
    const end = (accepted: boolean) => {
      socket.destroy();
      resolve(accepted);
    };
    socket.once('connect', () => end(true));
    socket.once('timeout', () => end(false));
    socket.once('error', () => end(false));
  });
}
