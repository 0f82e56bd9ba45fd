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
  /** Of the trial that has most of them by now, while a run goes on. */
  executions(): Promise<number>;
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
    async executions() {
      const keys = await broker.ask('KEYS *:executions');
      const [, key] = /(\{threads-vs-loop-[^}]+\}:executions)\r/.exec(keys) ?? [];
      const counts = key === undefined ? '' : await broker.ask(`HVALS ${key}`);
      return Math.max(0, ...[...counts.matchAll(/^(\d+)\r$/gm)].map(([, count]) => Number(count)));
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
    async executions() {
      const [table] = await ask("SELECT oid::regclass AS name FROM pg_class WHERE relname = 'tvl_execution'");
      if (table === undefined) return 0;
      const counts = await ask(`SELECT sum(started) AS begun FROM ${table.name} GROUP BY trial`);
      return Math.max(0, ...counts.map(row => Number(row.begun)));
    },
    [Symbol.asyncDispose]: () => server[Symbol.asyncDispose](),
  };
}
