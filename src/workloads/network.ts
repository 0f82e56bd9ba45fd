import dns from 'node:dns';
import { readFileSync } from 'node:fs';
import type { LookupFunction } from 'node:net';
import type { buildConnector } from 'undici';
import { KnownTaskError } from '../errors.js';
import { isLoopback } from '../loopback.js';

/** What a worker may send to other machines, and whom it trusts there. */
export interface NetworkEnv {
  /** By the host of a URL: what its name was found at when the run began. Nothing else is connected to. */
  readonly addresses: Readonly<Record<string, readonly string[]>>;
  /** Requests a second to them, this worker's share; null: no limit, or the load keeps to it. */
  readonly perSecond: number | null;
  /** File of certificates in PEM that are trusted in place of the usual ones; null: the usual ones. */
  readonly caFile: string | null;
}

/**
 * How a server is connected to.
 *
 * @throws Error for one elsewhere that was not allowed: the plan has refused it, so this is a way around the plan
 */
export function connectOptionsOf(
  { hostname }: URL,
  network: NetworkEnv | undefined,
): buildConnector.BuildOptions {
  const ca = network?.caFile == null ? {} : { ca: readFileSync(network.caFile) };
  if (isLoopback(hostname)) return ca;
  const known = network?.addresses[hostname];
  if (known === undefined) throw new Error(`${hostname} is not this machine, and was not allowed`);
  return { ...ca, lookup: pinnedLookup(known) };
}

/** Finds a name at those addresses alone; `net` asks it for names, never for addresses. */
export function pinnedLookup(known: readonly string[]): LookupFunction {
  return (hostname, options, callback) => {
    // As a property: who replaces the system's lookup replaces it there.
    dns.lookup(hostname, { ...options, all: true }, (error, found) => {
      if (error !== null) return callback(error, '');
      const allowed = found.filter(({ address }) => known.includes(address));
      const [first] = allowed;
      if (first === undefined) return callback(resolvedElsewhere(hostname, found, known), '');
      if (options.all === true) callback(null, allowed);
      else callback(null, first.address, first.family);
    });
  };
}

function resolvedElsewhere(
  hostname: string,
  found: readonly dns.LookupAddress[],
  known: readonly string[],
): KnownTaskError {
  const now = found.map(({ address }) => address);
  return new KnownTaskError({ code: 'resolved-elsewhere', host: hostname, now, before: known });
}
