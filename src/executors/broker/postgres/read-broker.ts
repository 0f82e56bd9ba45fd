import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { messageOf, UsageError } from '../../../errors.js';
import type { Broker, BrokerAddress } from '../../../schema/index.js';
import { hideInUrl } from '../../../secrets.js';
import { isPrivate } from '../address.js';
import type { BrokerWish } from '../engine.js';
import { notWhatIsAsked, refusal, requireSaving, unreachable } from '../refusals.js';
import { leastRoundTripMs } from '../round-trip.js';
import { connectionOptions } from './connection-options.js';

const CONNECT_LIMIT_MS = 5_000;
/** The first that BullMQ takes without a warning. */
const OLDEST = 14;
const ENGINE = 'postgres';
const SETTINGS = [
  'fsync',
  'synchronous_commit',
  'full_page_writes',
  'wal_level',
  'shared_buffers',
  'max_connections',
  'autovacuum',
];

/** @throws UsageError for one that cannot be reached, or is of no use */
export async function readBroker(
  address: BrokerAddress,
  { backend, persistence }: BrokerWish,
): Promise<Omit<Broker, 'packages'>> {
  const client = new pg.Client({
    ...connectionOptions(address),
    connectionTimeoutMillis: CONNECT_LIMIT_MS,
    query_timeout: CONNECT_LIMIT_MS,
  });
  client.on('error', () => {});
  try {
    await client.connect();
    const version = await versionOf(client);
    const settings = await readSettings(client);
    if (backend !== 'any' && backend !== ENGINE) throw notWhatIsAsked(backend, ENGINE);
    if (Number.parseInt(version, 10) < OLDEST)
      throw refusal(`postgres ${OLDEST} or newer`, version, 'Give a newer one, or leave --broker out.');
    requirePersistence(settings, persistence);
    await requireWritable(client);
    return {
      ...{ backend, engine: ENGINE, version, settings },
      roundTripMs: await leastRoundTripMs(() => client.query('SELECT 1')),
      url: isPrivate(address) ? null : hideInUrl(address.url),
    };
  } catch (error) {
    if (error instanceof UsageError) throw error;
    throw unreachable(messageOf(error));
  } finally {
    await client.end().catch(() => {});
  }
}

/** `15.14 (Debian 15.14-0)` is 15.14. */
async function versionOf(client: pg.Client): Promise<string> {
  const { rows } = await client.query('SHOW server_version');
  return String(rows[0]?.server_version ?? '0').split(' ')[0]!;
}

async function readSettings(client: pg.Client): Promise<Record<string, string>> {
  const text = 'SELECT name, current_setting(name) AS value FROM pg_settings WHERE name = ANY($1)';
  const { rows } = await client.query(text, [SETTINGS]);
  const values = new Map(rows.map(({ name, value }) => [String(name), String(value)]));
  return Object.fromEntries(SETTINGS.flatMap(name => (values.has(name) ? [[name, values.get(name)!]] : [])));
}

/** A schema is what a start of the executor makes first. */
async function requireWritable(client: pg.Client): Promise<void> {
  await client.query('BEGIN');
  await client.query(`CREATE SCHEMA threads_vs_loop_${randomBytes(8).toString('hex')}`);
  await client.query('ROLLBACK');
}

function requirePersistence(settings: Readonly<Record<string, string>>, persistence: string): void {
  const [each, atOnce] = [String(settings.fsync), String(settings.synchronous_commit)];
  requireSaving(
    persistence,
    { setting: 'fsync', wanted: 'on', is: each, isKept: each === 'on' },
    { setting: 'synchronous_commit', wanted: 'on', is: atOnce, isKept: atOnce !== 'off' },
  );
}
