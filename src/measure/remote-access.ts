import dns from 'node:dns';
import { isIP } from 'node:net';
import { messageOf, UsageError } from '../errors.js';
import type { Plan, Scenario } from '../schema/index.js';
import type { NetworkEnv } from '../workloads/network.js';

/** The addresses of a name, as the system tells them. */
export type ResolveHost = (host: string) => Promise<readonly string[]>;

/** What a run knows of the machines that it may call. */
export type RemoteAccess = Pick<NetworkEnv, 'addresses' | 'caFile'>;

/**
 * Looks every host up once: whatever its name says later, this is whom the run was about.
 *
 * @returns undefined for a plan that calls nobody, and has no certificates to trust
 * @throws UsageError for a name that is not found
 */
export async function remoteAccessOf(
  { scenarios, caFile }: Plan,
  resolveHost: ResolveHost = resolveBySystem,
): Promise<RemoteAccess | undefined> {
  const urls = scenarios.flatMap(({ remote }) => remote?.requests ?? []).map(({ url }) => new URL(url));
  const hosts = [...new Set(urls.map(({ hostname }) => hostname))];
  if (hosts.length === 0 && caFile === undefined) return undefined;
  const addresses: Record<string, readonly string[]> = {};
  for (const host of hosts) addresses[host] = await addressesOf(host, resolveHost);
  return { addresses, caFile: caFile ?? null };
}

async function addressesOf(host: string, resolveHost: ResolveHost): Promise<readonly string[]> {
  const bare = host.replace(/^\[(.*)\]$/, '$1');
  if (isIP(bare) !== 0) return [bare];
  try {
    return await resolveHost(host);
  } catch (error) {
    const remedy = 'Check the name, or give its address (and allow that).';
    throw new UsageError(host, 'a name that is found', messageOf(error), remedy);
  }
}

export async function resolveBySystem(host: string): Promise<readonly string[]> {
  const found = await dns.promises.lookup(host, { all: true });
  return found.map(({ address }) => address);
}

/** What a worker of an executor is told, with its share of the rate. A load that has a rate of its own keeps to that. */
export function networkEnvOf(
  { remote, load }: Pick<Scenario, 'remote' | 'load'>,
  threads: number,
  access: RemoteAccess | undefined,
): NetworkEnv | undefined {
  if (access === undefined) return undefined;
  const perSecond = remote?.perSecond ?? null;
  return { ...access, perSecond: perSecond === null || load.kind === 'rate' ? null : perSecond / threads };
}
