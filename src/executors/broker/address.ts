import { readFileSync } from 'node:fs';
import type { BrokerAddress } from '../../schema/index.js';

/** What a client of Redis takes to connect. */
export interface ConnectionOptions {
  readonly path?: string;
  readonly host?: string;
  readonly port?: number;
  readonly username?: string;
  readonly password?: string;
  readonly db?: number;
  readonly tls?: { readonly servername: string; readonly ca?: Buffer };
}

const SOCKET = 'unix:';
const USUAL_PORT = 6379;

/** One that the run has started for itself, on a socket that nobody else can open. */
export function isPrivate({ url }: Pick<BrokerAddress, 'url'>): boolean {
  return url.startsWith(SOCKET);
}

export function socketUrl(path: string): string {
  return SOCKET + path;
}

/** @param url of a private one */
export function socketOf(url: string): string {
  return url.slice(SOCKET.length);
}

/** @param address checked before: `brokerUrl` of the settings */
export function connectionOptions({ url, caFile }: BrokerAddress): ConnectionOptions {
  if (url.startsWith(SOCKET)) return { path: socketOf(url) };
  const { protocol, hostname, port, username, password, pathname } = new URL(url);
  const host = hostname.replace(/^\[(.*)\]$/, '$1');
  return {
    host,
    port: port === '' ? USUAL_PORT : Number(port),
    ...(username !== '' && { username: decodeURIComponent(username) }),
    ...(password !== '' && { password: decodeURIComponent(password) }),
    ...(pathname.length > 1 && { db: Number(pathname.slice(1)) }),
    ...(protocol === 'rediss:' && {
      tls: { servername: host, ...(caFile !== null && { ca: readFileSync(caFile) }) },
    }),
  };
}
