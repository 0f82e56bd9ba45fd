import { readFileSync } from 'node:fs';
import type { BrokerAddress } from '../../../schema/index.js';
import { socketOf } from '../address.js';

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

const USUAL_PORT = 6379;

/** @param address checked before: `brokerUrl` of the settings */
export function connectionOptions({ url, caFile }: BrokerAddress): ConnectionOptions {
  const path = socketOf(url);
  if (path !== null) return { path };
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
