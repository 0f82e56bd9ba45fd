import pg from 'pg';
import type { BrokerAddress } from '../../../schema/index.js';
import { connectionOptions } from './connection-options.js';

/** One at a time, in the order in which they are asked for; a connection that was lost is made anew by the next. */
export function oneConnection(address: BrokerAddress): pg.Pool {
  const pool = new pg.Pool({
    ...connectionOptions(address),
    max: 1,
    idleTimeoutMillis: 0,
  });
  pool.on('error', () => {});
  return pool;
}
