import { Redis } from 'ioredis';
import { messageOf, UsageError } from '../../../errors.js';
import type { Broker, BrokerAddress } from '../../../schema/index.js';
import { hideInUrl } from '../../../secrets.js';
import { isPrivate } from '../address.js';
import type { BrokerWish } from '../engine.js';
import { notWhatIsAsked, refusal, requireSaving, unreachable } from '../refusals.js';
import { leastRoundTripMs } from '../round-trip.js';
import { connectionOptions } from './connection-options.js';
import { type EngineFacts, engineOf, isBefore, KEEPS_ALL, settingsOf } from './facts.js';

const CONNECT_LIMIT_MS = 5_000;
/** The first that has `XADD … NOMKSTREAM` and trims streams by their ids. */
const OLDEST = '6.2.0';
const UNTOLD = 'that it does not tell';
const SETTINGS = ['save', 'appendonly', 'appendfsync', 'maxmemory', 'maxmemory-policy', 'io-threads'];

/** @throws UsageError for one that cannot be reached, or is of no use */
export async function readBroker(
  address: BrokerAddress,
  { backend, persistence }: BrokerWish,
): Promise<Omit<Broker, 'packages'>> {
  const client = new Redis({
    ...connectionOptions(address),
    connectTimeout: CONNECT_LIMIT_MS,
    commandTimeout: CONNECT_LIMIT_MS,
    maxRetriesPerRequest: 0,
    retryStrategy: () => null,
    lazyConnect: true,
  });
  let reason = '';
  client.on('error', error => {
    reason ||= messageOf(error);
  });
  try {
    await client.connect();
    const facts = engineOf(await client.info('server'));
    const settings = await readSettings(client);
    requireUseful(facts, settings, backend);
    requirePersistence(settings, persistence);
    await requireWritable(client);
    const roundTripMs = await leastRoundTripMs(() => client.ping());
    const url = isPrivate(address) ? null : hideInUrl(address.url);
    return { backend, ...facts, url, roundTripMs, settings };
  } catch (error) {
    if (error instanceof UsageError) throw error;
    throw unreachable(reason || messageOf(error));
  } finally {
    client.disconnect();
  }
}

/** One at a time: brokers before version 7 take no more, and some tell none. */
async function readSettings(client: Redis): Promise<Record<string, string>> {
  const settings: Record<string, string> = {};
  for (const name of SETTINGS)
    Object.assign(settings, settingsOf(await client.config('GET', name).catch(() => [])));
  return settings;
}

async function requireWritable(client: Redis): Promise<void> {
  await client.set('{threads-vs-loop}:probe', '1', 'PX', 1_000);
}

function requireUseful(
  { engine, version }: EngineFacts,
  settings: Readonly<Record<string, string>>,
  backend: string,
): void {
  if (backend !== 'any' && backend !== engine) throw notWhatIsAsked(backend, engine);
  if (isBefore(version, OLDEST))
    throw refusal(`${engine} ${OLDEST} or newer`, version, 'Give a newer one, or leave --broker out.');
  const policy = settings['maxmemory-policy'];
  if (policy !== undefined && policy !== KEEPS_ALL)
    throw refusal(
      `one that keeps what it is given (maxmemory-policy ${KEEPS_ALL})`,
      `maxmemory-policy ${policy}`,
      'A queue that loses jobs cannot be measured: change its setting, or give another one.',
    );
}

/** Of one that does not tell nobody knows what was measured. */
function requirePersistence(settings: Readonly<Record<string, string>>, persistence: string): void {
  const { appendonly: each = UNTOLD, appendfsync: atOnce = UNTOLD } = settings;
  requireSaving(
    persistence,
    { setting: 'appendonly', wanted: 'yes', is: each, isKept: each === 'yes' },
    { setting: 'appendfsync', wanted: 'always', is: atOnce, isKept: atOnce === 'always' },
  );
}
