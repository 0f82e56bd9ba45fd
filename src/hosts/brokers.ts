import { dirname, join } from 'node:path';
import { UsageError } from '../errors.js';
import { type EngineKind, engineKindOf, socketOf, socketUrl } from '../executors/broker/address.js';
import { loadEngine } from '../executors/broker/engines.js';
import { PRIVATE, socketName } from '../executors/broker/private-postgres.js';
import type { Broker, BrokerAddress } from '../schema/index.js';
import type { BrokerCare, StartServer } from './broker-process.js';
import { BrokerRelay } from './broker-relay.js';
import type { RunningBroker } from './companion.js';
import { versionOf } from './environment.js';
import type { BrokerRequest } from './launcher.js';
import { startPostgres } from './postgres-server.js';
import { startRedis } from './redis-server.js';

const SERVERS: Readonly<Record<EngineKind, StartServer>> = { redis: startRedis, postgres: startPostgres };
/** Names of sockets, as short as those of the brokers' own, and as their clients want them. */
const RELAYS: Readonly<Record<EngineKind, string>> = { redis: 'r', postgres: socketName(PRIVATE.port + 1) };
/** What speaks with it. All are optional. */
const PACKAGES: Readonly<Record<EngineKind, readonly string[]>> = {
  redis: ['bullmq', 'ioredis'],
  postgres: ['bullmq', 'pg'],
};

/** @throws UsageError where there is none, or one that is of no use */
export async function findBroker(request: BrokerRequest, care: BrokerCare): Promise<RunningBroker> {
  const { backend, url, caFile, workers } = request;
  const kind = engineKindOf({ url: url ?? backend });
  requirePackages(kind);
  if (url === null) return startOwn(kind, request, care);
  const address = { url, caFile };
  const facts = await factsOf(address, request);
  const running = { lost: never(), end: async () => null };
  if (workers === undefined) return { address, facts, ...running };
  const { recruit } = await import('../executors/broker/remote/recruit.js');
  const recruited = await recruit(address, workers);
  return {
    address: { ...address, stations: recruited.stations },
    facts: { ...facts, workers: recruited.workers },
    ...running,
  };
}

/** @throws UsageError with the command that installs those that are missing */
export function requirePackages(kind: EngineKind, isThere = isInstalled): void {
  const missing = PACKAGES[kind].filter(name => !isThere(name));
  if (missing.length === 0) return;
  const expected = `the optional ${missing.length === 1 ? 'package' : 'packages'} ${missing.join(' and ')}`;
  throw new UsageError('bullmq', expected, 'none', `Run npm install ${missing.join(' ')}.`);
}

function isInstalled(name: string): boolean {
  return versionOf(name) !== 'unknown';
}

async function startOwn(kind: EngineKind, request: BrokerRequest, care: BrokerCare): Promise<RunningBroker> {
  const { process: server, address: near } = await SERVERS[kind](request, care);
  const { rttMs } = request;
  const { lost } = server;
  if (rttMs === 0)
    return { address: near, facts: await factsOf(near, request), lost, end: () => server.end() };
  const { address, relay } = await startRelay(near, rttMs, care);
  const facts = { ...(await factsOf(address, request)), rttMs };
  const end = async () => {
    await server.end();
    return relay.end();
  };
  return { address, facts, lost, end };
}

/** Where clients find the broker from then on: its own socket is another one, in the same folder. */
async function startRelay(
  near: BrokerAddress,
  rttMs: number,
  care: BrokerCare,
): Promise<{ readonly address: BrokerAddress; readonly relay: BrokerRelay }> {
  const connectTo = socketOf(near.url);
  if (connectTo === null) throw new Error('a round trip is added to a private broker alone');
  const kind = engineKindOf(near);
  const listenAt = join(dirname(connectTo), RELAYS[kind]);
  const relay = new BrokerRelay();
  care.watch(relay);
  if (care.isOver()) await relay.end();
  await relay.start({ listenAt, connectTo, roundTripMs: rttMs });
  return { address: { ...near, url: socketUrl(kind, listenAt) }, relay };
}

async function factsOf(address: BrokerAddress, request: BrokerRequest): Promise<Broker> {
  const engine = await loadEngine(address);
  const packages = Object.fromEntries(PACKAGES[engineKindOf(address)].map(name => [name, versionOf(name)]));
  return { ...(await engine.read(address, request)), packages };
}

function never(): Promise<never> {
  return new Promise(() => {});
}
