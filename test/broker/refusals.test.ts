import { Redis } from 'ioredis';
import pg from 'pg';
import { expect, it } from 'vitest';
import { endings, range } from '../../src/contract/check.js';
import { type Started, startExecutor } from '../../src/contract/start.js';
import { connectionOptions as postgresOptions } from '../../src/executors/broker/postgres/connection-options.js';
import { connectionOptions } from '../../src/executors/broker/redis/connection-options.js';
import bullmq from '../../src/executors/bullmq.js';
import type { PrivateBroker } from '../../src/hosts/private-broker.js';
import { runTrial } from '../../src/trial/trial.js';
import { trialSetting } from '../support/trial-setting.js';
import { limitFiles } from './processes.js';

const TASKS = 600;
const start = (backend: string) =>
  startExecutor(bullmq, {
    ...{ does: 'wait', threads: 2, inFlight: 8, capacity: TASKS },
    options: { backend },
  });

/** What is done to a broker. */
type Deed = (broker: PrivateBroker) => unknown;

const redis =
  (...[command, ...args]: [string, ...string[]]): Deed =>
  async ({ address }) => {
    const client = new Redis(connectionOptions(address));
    await client.call(command, ...args);
    client.disconnect();
  };

const postgres =
  (...statements: string[]): Deed =>
  async ({ address }) => {
    const client = new pg.Client(postgresOptions(address));
    await client.connect();
    for (const statement of statements) await client.query(statement);
    await client.end();
  };

/** Its workers' writes wait for the same table. */
const HOLD_UP = `
  DO $$ BEGIN
    EXECUTE (SELECT 'LOCK TABLE ' || oid::regclass FROM pg_class WHERE relname = 'tvl_trial');
    PERFORM pg_sleep(2.5);
  END $$`;

/** @returns the trial, in the middle of which it was done */
async function inTheMiddle(probe: Started, deed: Deed) {
  const arrived = endings();
  const batch = probe.batch(TASKS, undefined, { ended: arrived.next });
  const run = probe.executor.run(batch);
  run.catch(() => {});
  await arrived.reach(50);
  await deed(probe.broker!);
  return { batch, run };
}

/** Whoever waits for something new is told first that it is a replica. */
const READ_ONLY = /READONLY|instance state changed \(master -> replica/;

it.each([
  ['any', 'is full', redis('CONFIG', 'SET', 'maxmemory', '1'), /OOM command not allowed/],
  ['any', 'can only be read', redis('REPLICAOF', '127.0.0.1', '1'), READ_ONLY],
  [
    'postgres',
    'can only be read',
    postgres('ALTER SYSTEM SET default_transaction_read_only = on', 'SELECT pg_reload_conf()'),
    /cannot execute \w+ in a read-only transaction/,
  ],
] as const)('%s: loses the trial, and says why, when the broker %s', async (backend, _how, deed, message) => {
  await using probe = await start(backend);
  const { run } = await inTheMiddle(probe, deed);
  // What the broker said, word for word.
  const loss = { code: 'failed', by: 'bullmq', message: expect.stringMatching(message) };
  await expect(run).rejects.toMatchObject({ loss });
});

it('postgres: loses the trial, and says why, when no file of the broker can grow, as on a disk that is full', async () => {
  await using probe = await start('postgres');
  const { run } = await inTheMiddle(probe, ({ pid }) => limitFiles(pid, 1_000_000));
  // Without room for its log it ends the connections of all.
  const loss = { code: 'broker-lost', message: expect.stringMatching(/./) };
  await expect(run).rejects.toMatchObject({ loss });
});

it('any: loses the trial at its end where the broker was set to forget what it is given', async () => {
  await using probe = await start('any');
  const { executor, ledger } = probe;
  const setting = trialSetting({ executor, ledger });
  const spec = {
    load: { kind: 'batch', tasks: TASKS },
    ...{ repeats: 1, taskTimeoutMs: 30_000, probeSeed: 1, digest: true, gauge: false, trace: false },
  } as const;
  expect((await runTrial(setting, spec)).figures.outcomes.completed).toBe(TASKS);
  await redis('CONFIG', 'SET', 'maxmemory-policy', 'allkeys-lru')(probe.broker!);
  const loss = { code: 'broker-evicts', policy: 'allkeys-lru' };
  await expect(runTrial(setting, spec)).rejects.toMatchObject({ loss });
});

it.each([
  ['any', redis('CLIENT', 'PAUSE', '2500', 'ALL')],
  ['postgres', postgres(HOLD_UP)],
] as const)(
  '%s: loses nothing, and tells how long it took, when the broker is slow for a while',
  async (backend, deed) => {
    await using probe = await start(backend);
    const { batch, run } = await inTheMiddle(probe, deed);
    await run;
    expect(batch.completed).toBe(TASKS);
    expect(batch.results).toEqual(range(TASKS));
    const { started, duplicates, slowestAnswerMs } = await probe.executor.executions!();
    expect([started, duplicates]).toEqual([TASKS, 0]);
    // Asked once a second, it was asked for 1.5 s of them at least.
    expect(slowestAnswerMs).toBeGreaterThan(1_000);
    await probe.run(20);
    expect((await probe.executor.executions!()).slowestAnswerMs).toBe(undefined);
  },
);
