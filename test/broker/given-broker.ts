import pg from 'pg';
import { connectionOptions } from '../../src/executors/broker/postgres/connection-options.js';
import { startForeignBroker, startForeignPostgres } from './processes.js';

/** A broker on a port of loopback, as workers and runs are given it. */
export interface GivenBroker extends AsyncDisposable {
  readonly url: string;
  /** Ends the connections of all. */
  hangUp(): Promise<unknown>;
  /** Names of workers that are there. */
  announced(): Promise<readonly string[]>;
  /** Jobs of the run that goes on which no worker has taken yet; null before it has some. */
  waiting(): Promise<number | null>;
}

export const GIVEN: Readonly<Record<string, (password: string) => Promise<GivenBroker>>> = {
  redis: givenRedis,
  postgres: givenPostgres,
};

async function givenRedis(password: string): Promise<GivenBroker> {
  const broker = await startForeignBroker(['--requirepass', password], password);
  return {
    url: `redis://:${password}@127.0.0.1:${broker.port}`,
    async hangUp() {
      await broker.ask('CLIENT KILL TYPE normal');
      await broker.ask('CLIENT KILL TYPE pubsub');
    },
    announced: async () => (await broker.ask('KEYS *:workers*')).match(/\{.+:workers.*(?=\r)/g) ?? [],
    async waiting() {
      const [, key] = /(\{tvl-[^}]+\}:tasks:wait)\r/.exec(await broker.ask('KEYS *:wait')) ?? [];
      return key === undefined ? null : Number(/:(\d+)\r/.exec(await broker.ask(`LLEN ${key}`))?.[1]);
    },
    [Symbol.asyncDispose]: () => broker[Symbol.asyncDispose](),
  };
}

const HANG_UP = `
  SELECT pg_terminate_backend(pid) FROM pg_stat_activity
  WHERE backend_type = 'client backend' AND pid <> pg_backend_pid()`;

async function givenPostgres(password: string): Promise<GivenBroker> {
  const server = await startForeignPostgres(password);
  const url = `postgres://me:${password}@127.0.0.1:${server.port}/postgres`;
  const ask = async (text: string) => {
    const client = new pg.Client(connectionOptions({ url, caFile: null }));
    await client.connect();
    try {
      return (await client.query(text)).rows;
    } finally {
      await client.end();
    }
  };
  return {
    url,
    hangUp: () => ask(HANG_UP),
    async announced() {
      const [{ isThere }] = await ask(
        'SELECT to_regclass(\'threads_vs_loop.kept\') IS NOT NULL AS "isThere"',
      );
      const rows = isThere ? await ask('SELECT name FROM threads_vs_loop.kept') : [];
      return rows.map(({ name }) => String(name));
    },
    async waiting() {
      const [table] = await ask("SELECT oid::regclass AS name FROM pg_class WHERE relname = 'job'");
      if (table === undefined) return null;
      const [{ jobs }] = await ask(`SELECT count(*) AS jobs FROM ${table.name} WHERE state = 'waiting'`);
      return Number(jobs);
    },
    [Symbol.asyncDispose]: () => server[Symbol.asyncDispose](),
  };
}
