import { Redis } from 'ioredis';
import { expect, it } from 'vitest';
import { endings, range } from '../../src/contract/check.js';
import { type Started, startExecutor } from '../../src/contract/start.js';
import { connectionOptions } from '../../src/executors/broker/redis/connection-options.js';
import bullmq from '../../src/executors/bullmq.js';

const TASKS = 600;
const start = () => startExecutor(bullmq, { does: 'wait', threads: 2, inFlight: 8, capacity: TASKS });

/** What the broker said, word for word. */
const refused = (message: RegExp) => ({
  code: 'failed',
  by: 'bullmq',
  message: expect.stringMatching(message),
});

/** Says something to the broker in the middle of a trial. @returns the trial */
async function inTheMiddle(probe: Started, ...[command, ...args]: [string, ...string[]]) {
  const arrived = endings();
  const batch = probe.batch(TASKS, undefined, { ended: arrived.next });
  const run = probe.executor.run(batch);
  run.catch(() => {});
  await arrived.reach(50);
  const client = new Redis(connectionOptions(probe.broker!.address));
  await client.call(command, ...args);
  client.disconnect();
  return { batch, run };
}

it('loses the trial, and says why, when the broker is full', async () => {
  await using probe = await start();
  const { run } = await inTheMiddle(probe, 'CONFIG', 'SET', 'maxmemory', '1');
  await expect(run).rejects.toMatchObject({ loss: refused(/OOM command not allowed/) });
});

it('loses the trial, and says why, when the broker can only be read', async () => {
  await using probe = await start();
  const { run } = await inTheMiddle(probe, 'REPLICAOF', '127.0.0.1', '1');
  // Whoever waits for something new is told first.
  const loss = refused(/READONLY|instance state changed \(master -> replica/);
  await expect(run).rejects.toMatchObject({ loss });
});

it('loses nothing, and tells how long it took, when the broker is slow for a while', async () => {
  await using probe = await start();
  const { batch, run } = await inTheMiddle(probe, 'CLIENT', 'PAUSE', '2500', 'ALL');
  await run;
  expect(batch.completed).toBe(TASKS);
  expect(batch.results).toEqual(range(TASKS));
  const { started, duplicates, slowestAnswerMs } = await probe.executor.executions!();
  expect([started, duplicates]).toEqual([TASKS, 0]);
  // Asked once a second, it was asked for 1.5 s of them at least.
  expect(slowestAnswerMs).toBeGreaterThan(1_000);
  await probe.run(20);
  expect((await probe.executor.executions!()).slowestAnswerMs).toBe(undefined);
});
