import { readFileSync } from 'node:fs';
import type { BrokerAddress } from '../../../schema/index.js';
import { serverOf, socketOf } from '../address.js';

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
  const parts = new URL(url);
  const { host, port = USUAL_PORT, user, password, database } = serverOf(parts);
  return {
    ...{ host, port },
    ...(user !== undefined && { username: user }),
    ...(password !== undefined && { password }),
    ...(database !== undefined && { db: Number(database) }),
    ...(parts.protocol === 'rediss:' && {
      tls: { servername: host, ...(caFile !== null && { ca: readFileSync(caFile) }) },
    }),
  };
}
