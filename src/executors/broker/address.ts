import type { BrokerAddress } from '../../schema/index.js';

/** By what speaks with a broker: Redis and Valkey are one. */
export type EngineKind = 'redis' | 'postgres';

/** What the path of a private broker's socket comes after. */
const SOCKETS: Readonly<Record<EngineKind, string>> = { redis: 'unix:', postgres: 'postgres-unix:' };

/** One that the run has started for itself, on a socket that nobody else can open. */
export function isPrivate({ url }: Pick<BrokerAddress, 'url'>): boolean {
  return socketOf(url) !== null;
}

export function engineKindOf({ url }: Pick<BrokerAddress, 'url'>): EngineKind {
  return url.startsWith('postgres') ? 'postgres' : 'redis';
}

export function socketUrl(kind: EngineKind, path: string): string {
  return SOCKETS[kind] + path;
}

/** What a URL of any engine says, as its client takes it; left out: what it does not say. */
export function serverOf({ hostname, port, username, password, pathname }: URL) {
  return {
    host: hostname.replace(/^\[(.*)\]$/, '$1'),
    ...(port !== '' && { port: Number(port) }),
    ...(username !== '' && { user: decodeURIComponent(username) }),
    ...(password !== '' && { password: decodeURIComponent(password) }),
    ...(pathname.length > 1 && { database: decodeURIComponent(pathname.slice(1)) }),
  };
}

/** @returns null for what is no such URL */
export function socketOf(url: string): string | null {
  const before = Object.values(SOCKETS).find(start => url.startsWith(start));
  return before === undefined ? null : url.slice(before.length);
}
