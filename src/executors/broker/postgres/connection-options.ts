import { readFileSync } from 'node:fs';
import { dirname, extname } from 'node:path';
import type { PostgresPoolConfig } from 'bullmq';
import type { ClientConfig } from 'pg';
import type { BrokerAddress } from '../../../schema/index.js';
import { serverOf, socketOf } from '../address.js';
import { PRIVATE } from '../private-postgres.js';
import type { PostgresNames } from './names.js';

/** Connections of one of BullMQ's pools, as `pg` has it. */
const USUAL_POOL = 10;

/** @param address checked before: `brokerUrl` of the settings */
export function connectionOptions({ url, caFile }: BrokerAddress): ClientConfig {
  const socket = socketOf(url);
  if (socket !== null) return { ...PRIVATE, host: dirname(socket), port: Number(extname(socket).slice(1)) };
  const parts = new URL(url);
  return { ...serverOf(parts), ssl: tlsOf(parts.searchParams.get('sslmode') ?? 'disable', caFile) };
}

/** As libpq has it: `require` looks at no certificate unless there are some to trust. */
function tlsOf(mode: string, caFile: string | null): ClientConfig['ssl'] {
  if (mode === 'disable') return false;
  const rejectUnauthorized = mode === 'verify-full' || caFile !== null;
  return { rejectUnauthorized, ...(caFile !== null && { ca: readFileSync(caFile) }) };
}

/** For BullMQ. Its tables are there already, and the version of the engine was looked at when the run began. */
export function backendOptions(
  address: BrokerAddress,
  { schema }: Pick<PostgresNames, 'schema'>,
  mostConnections = USUAL_POOL,
): PostgresPoolConfig {
  const { host, port, user, password, database, ssl } = connectionOptions(address);
  const known = Object.entries({ host, port, user, password, database, ssl });
  return {
    ...Object.fromEntries(known.filter(([, value]) => value !== undefined)),
    max: Math.min(mostConnections, USUAL_POOL),
    schema,
    migrate: false,
    skipVersionCheck: true,
  };
}
