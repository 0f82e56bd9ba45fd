import { setTimeout as sleep } from 'node:timers/promises';
import { UsageError } from '../../../errors.js';
import type { BrokerAddress, RemoteStation, RemoteWorkerFacts } from '../../../schema/index.js';
import type { ClockReading } from '../clock-offset.js';
import { loadEngine } from '../engines.js';
import { brokerNames } from '../names.js';
import { refusalOf, type Wanted } from './admission.js';
import { Asker } from './asker.js';
import type { MeetingPlace } from './meeting-place.js';
import { type Announcement, isWorkerId, parseAnnouncement } from './protocol.js';

const WAIT_LIMIT_MS = 60_000;
const POLL_MS = 200;
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
  const place = (await loadEngine(address)).meet(address);
  try {
    const taken = await waitForWorkers(place, wanted, waitMs);
    const asker = await Asker.open(place, brokerNames());
    const workers: RemoteWorkerFacts[] = [];
    for (const { id, said } of taken) workers.push(factsOf(said, await asker.clockOf(id)));
    return {
      stations: taken.map(({ id, said: { host, threads } }) => ({ id, host, threads })),
      workers,
    };
  } finally {
    place.close();
  }
}

async function waitForWorkers(place: MeetingPlace, wanted: WorkersWanted, waitMs: number): Promise<Found[]> {
  for (let waitedMs = 0; ; waitedMs += POLL_MS) {
    const found = await workersOf(place);
    const fit = found.filter(({ said }) => refusalOf(said, wanted) === null);
    if (fit.length >= wanted.count) return withRoom(fit.slice(0, wanted.count), wanted);
    if (waitedMs >= waitMs) throw tooFew(found, fit.length, wanted, waitMs);
    await sleep(POLL_MS);
  }
}

async function workersOf(place: MeetingPlace): Promise<Found[]> {
  const found = (await place.announcements()).flatMap(({ id, text }) => {
    const said = parseAnnouncement(text);
    return said === null || !isWorkerId(id) ? [] : [{ id, said }];
  });
  return found.sort((a, b) => (a.id < b.id ? -1 : 1));
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
