import { mkdtempSync } from 'node:fs';
import { join } from 'node:path';
import { UsageError } from '../errors.js';
import type { Broker, BrokerAddress } from '../schema/index.js';
import { BrokerProcess, findServer, LONGEST_SOCKET_PATH, SOCKET_NAME } from './broker-process.js';
import type { RunningBroker } from './companion.js';
import { versionOf } from './environment.js';
import type { BrokerRequest } from './launcher.js';

/** Of who starts one. */
export interface BrokerCare {
  /** A folder that is removed with the run, whatever ends that. */
  folder(): string;
  /** To be called at once: it must not outlive the run. */
  watch(broker: BrokerProcess): void;
  isOver(): boolean;
}

const PACKAGES = ['bullmq', 'ioredis'];

/** @throws UsageError where there is none, or one that is of no use */
export async function findBroker(
  { backend, persistence, url, caFile, workers }: BrokerRequest,
  care: BrokerCare,
): Promise<RunningBroker> {
  if (url === null) return startOwn(backend, persistence, care);
  const address = { url, caFile };
  const facts = await factsOf(address, backend, persistence);
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

async function startOwn(backend: string, persistence: string, care: BrokerCare): Promise<RunningBroker> {
  const broker = new BrokerProcess(findServer(backend), privateFolder(care.folder()), persistence);
  care.watch(broker);
  if (care.isOver()) await broker.end();
  await broker.ready();
  const { address, lost } = broker;
  return { address, facts: await factsOf(address, backend, persistence), lost, end: () => broker.end() };
}

/** A folder that its owner alone may enter. @throws UsageError where a socket's path would be too long for the kernel */
function privateFolder(within: string): string {
  const folder = mkdtempSync(join(within, 'b'));
  if (join(folder, SOCKET_NAME).length <= LONGEST_SOCKET_PATH) return folder;
  const got = `the temporary folder ${within}`;
  throw new UsageError('bullmq', "a shorter path for the broker's socket", got, 'Set TMPDIR to /tmp.');
}

/** The packages are optional, and loaded by nobody else here. */
async function factsOf(address: BrokerAddress, backend: string, persistence: string): Promise<Broker> {
  const { readBroker } = await import('../executors/broker/read-broker.js');
  const packages = Object.fromEntries(PACKAGES.map(name => [name, versionOf(name)]));
  return { ...(await readBroker(address, backend, persistence)), packages };
}

function never(): Promise<never> {
  return new Promise(() => {});
}
