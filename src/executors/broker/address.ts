import type { BrokerAddress } from '../../schema/index.js';

const SOCKET = 'unix:';
/** A folder with the socket of a PostgreSQL in it, and the files of that. */
const POSTGRES_FOLDER = 'postgres-unix:';

/** One that the run has started for itself, on a socket that nobody else can open. */
export function isPrivate({ url }: Pick<BrokerAddress, 'url'>): boolean {
  return url.startsWith(SOCKET) || url.startsWith(POSTGRES_FOLDER);
}

/** By what speaks with it: Redis and Valkey are one. */
export function engineKindOf({ url }: Pick<BrokerAddress, 'url'>): 'redis' | 'postgres' {
  return url.startsWith('postgres') ? 'postgres' : 'redis';
}

export function socketUrl(path: string): string {
  return SOCKET + path;
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
  return url.startsWith(SOCKET) ? url.slice(SOCKET.length) : null;
}

export function postgresFolderUrl(folder: string): string {
  return POSTGRES_FOLDER + folder;
}

/** @returns null for what is no such URL */
export function postgresFolderOf(url: string): string | null {
  return url.startsWith(POSTGRES_FOLDER) ? url.slice(POSTGRES_FOLDER.length) : null;
}
