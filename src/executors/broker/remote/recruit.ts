import { setTimeout as sleep } from 'node:timers/promises';
import { Redis } from 'ioredis';
import { UsageError } from '../../../errors.js';
import type { BrokerAddress, RemoteStation, RemoteWorkerFacts } from '../../../schema/index.js';
import type { ClockReading } from '../clock-offset.js';
import { brokerNames } from '../names.js';
import { connectionOptions } from '../redis/connection-options.js';
import { refusalOf, type Wanted } from './admission.js';
import { Asker } from './asker.js';
import { type Announcement, announcementKey, isWorkerId, parseAnnouncement, WORKERS } from './protocol.js';

const WAIT_LIMIT_MS = 60_000;
const POLL_MS = 200;
/** Of workers that are looked at: a set that anybody can write to may be of any size. */
const MOST_WORKERS = 1_000;
const MOST_SAID = 5;

/** Workers that a run asks for. */
export interface WorkersWanted extends Wanted {
  readonly count: number;
  /** Processes of all together, at least. */
  readonly processes: number;
}

export interface Recruited {
  readonly stations: readonly RemoteStation[];
  readonly workers: readonly RemoteWorkerFacts[];
}

interface Found {
  readonly id: string;
  readonly said: Announcement;
}

/**
 * Waits until as many are there as are asked for.
 *
 * @throws UsageError where too few come, with how many did, and why others were refused
 */
export async function recruit(
  address: BrokerAddress,
  wanted: WorkersWanted,
  waitMs = WAIT_LIMIT_MS,
): Promise<Recruited> {
  const [client, subscriber] = [connect(address), connect(address)];
  try {
    const taken = await waitForWorkers(client, wanted, waitMs);
    const asker = await Asker.open(client, subscriber, brokerNames());
    const workers: RemoteWorkerFacts[] = [];
    for (const { id, said } of taken) workers.push(factsOf(said, await asker.clockOf(id)));
    return {
      stations: taken.map(({ id, said: { host, threads } }) => ({ id, host, threads })),
      workers,
    };
  } finally {
    client.disconnect();
    subscriber.disconnect();
  }
}

function connect(address: BrokerAddress): Redis {
  const client = new Redis({ ...connectionOptions(address), retryStrategy: () => null });
  client.on('error', () => {});
  return client;
}

async function waitForWorkers(client: Redis, wanted: WorkersWanted, waitMs: number): Promise<Found[]> {
  for (let waitedMs = 0; ; waitedMs += POLL_MS) {
    const found = await workersOf(client);
    const fit = found.filter(({ said }) => refusalOf(said, wanted) === null);
    if (fit.length >= wanted.count) return withRoom(fit.slice(0, wanted.count), wanted);
    if (waitedMs >= waitMs) throw tooFew(found, fit.length, wanted, waitMs);
    await sleep(POLL_MS);
  }
}

async function workersOf(client: Redis): Promise<Found[]> {
  const ids = (await client.srandmember(WORKERS, MOST_WORKERS)).filter(isWorkerId).sort();
  if (ids.length === 0) return [];
  const texts = await client.mget(ids.map(announcementKey));
  return ids.flatMap((id, at) => {
    const said = parseAnnouncement(texts[at] ?? null);
    return said === null ? [] : [{ id, said }];
  });
}

function withRoom(taken: Found[], { processes }: WorkersWanted): Found[] {
  const room = taken.reduce((sum, { said }) => sum + said.threads, 0);
  if (room >= processes) return taken;
  throw new UsageError(
    '--threads',
    `at most ${room} processes, which is what the ${taken.length} workers start (their --threads)`,
    String(processes),
    'Ask for fewer, or start workers with more.',
  );
}

/** @param fit how many can be taken */
export function tooFew(
  found: readonly Pick<Found, 'said'>[],
  fit: number,
  wanted: WorkersWanted,
  waitMs: number,
): UsageError {
  const refused = found.flatMap(({ said }) => {
    const why = refusalOf(said, wanted);
    return why === null ? [] : [`${said.host} ${why}`];
  });
  const more = refused.length > MOST_SAID ? [`${refused.length - MOST_SAID} more`] : [];
  const others =
    refused.length === 0 ? '' : ` (refused: ${[...refused.slice(0, MOST_SAID), ...more].join('; ')})`;
  const targets = wanted.modules.map(({ name }) => name).join(' ');
  return new UsageError(
    '--workers',
    `${wanted.count} workers within ${waitMs / 1_000} s`,
    `${fit}${others}`,
    `Start them where they are to run: threads-vs-loop worker ${targets} --broker URL.`,
  );
}

function factsOf(
  { host, cores, node, threads, concurrency }: Announcement,
  clock: ClockReading | null,
): RemoteWorkerFacts {
  return {
    ...{ host, cores, node, threads, concurrency },
    clockOffsetMs: clock === null ? null : clock.offsetNs / 1e6,
    clockErrorMs: clock === null ? null : clock.errorNs / 1e6,
  };
}
