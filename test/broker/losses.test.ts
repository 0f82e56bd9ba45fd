import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { endings, range } from '../../src/contract/check.js';
import { type StartRequest, startExecutor } from '../../src/contract/start.js';
import { workerEnded } from '../../src/executors/worker-exits.js';
import { HASTY_LOCK_MS, hasty } from './hasty.js';
import { becomes } from './processes.js';
import { BACKENDS, sharedBroker } from './shared-broker.js';

const folder = mkdtempSync(join(tmpdir(), 'tvl-places-'));
afterAll(() => rmSync(folder, { recursive: true }));

const fixture = (name: string, params = {}) => ({
  name,
  moduleUrl: new URL(`../fixtures/${name}.mjs`, import.meta.url).href,
  params,
});
const start = (more: StartRequest) => startExecutor(hasty, { does: 'wait', ...more });

describe.each(BACKENDS)('through %s', backend => {
  const broker = sharedBroker(backend);

  it('loses nothing and counts nothing twice when a worker is killed in the middle of a trial', async () => {
    await using probe = await start({ threads: 2, inFlight: 8, capacity: 2_000, broker });
    const arrived = endings();
    const batch = probe.batch(2_000, undefined, { ended: arrived.next });
    const run = probe.executor.run(batch);
    await arrived.reach(200);
    process.kill(probe.executor.usage!().pids[0]!, 'SIGKILL');
    await run;
    expect([batch.completed, batch.failed, batch.cancelled]).toEqual([2_000, 0, 0]);
    expect(batch.results).toEqual(range(2_000));
    const executions = await probe.executor.executions!();
    expect(executions).toMatchObject({
      workersLost: 1,
      loss: workerEnded('process', { exitCode: null, signal: 'SIGKILL' }),
    });
    // What the worker had in hand began once more elsewhere: four tasks at most, and one that was about to begin.
    expect(executions.started).toBeGreaterThanOrEqual(2_000);
    expect(executions.started).toBeLessThanOrEqual(2_008);
    expect(executions.recoveryMs).toBeGreaterThan(0);
    // The one in its place takes part from then on.
    expect((await probe.run(20)).completed).toBe(20);
  });

  it('loses the trial, and says why, when the broker is killed', async () => {
    await using probe = await start({ threads: 2, inFlight: 4, options: { backend } });
    const arrived = endings();
    const run = probe.executor.run(probe.batch(300, undefined, { ended: arrived.next }));
    await arrived.reach(10);
    process.kill(probe.broker!.pid, 'SIGKILL');
    // Of a connection that was closed the client of Redis has nothing to say.
    const said = backend === 'postgres' && { message: expect.stringMatching(/./) };
    await expect(run).rejects.toMatchObject({ loss: { code: 'broker-lost', ...said } });
    await expect(probe.run(3)).rejects.toMatchObject({ loss: { code: 'broker-lost' } });
  });

  it('keeps the lock of a task that computes for longer than a lock holds', async () => {
    const workload = fixture('long-block', { holdMs: 3 * HASTY_LOCK_MS, holders: 1 });
    await using probe = await startExecutor(hasty, { workload, threads: 2, inFlight: 2, broker });
    const batch = await probe.run(4);
    expect([batch.completed, batch.failed]).toEqual([4, 0]);
    expect(await probe.executor.executions!()).toMatchObject({ started: 4, duplicates: 0, workersLost: 0 });
  });

  it('takes the first of two results, and tells when the second one differs', async () => {
    // Each result names the process that it was made in.
    const workload = fixture('place-late', { waitMs: 150, folder });
    // With data few jobs wait in the broker: PostgreSQL has those that were taken over come last of all.
    await using probe = await startExecutor(hasty, {
      ...{ workload, threads: 2, inFlight: 2, payloadBytes: 1 },
      broker,
    });
    const [stopped, other] = probe.executor.usage!().pids;
    const begunBy = (pid: number | undefined) =>
      readdirSync(folder).flatMap(name => (name.startsWith(`${pid}-`) ? [Number(name.split('-')[1])] : []));
    const arrived = endings();
    const batch = probe.batch(100, undefined, { ended: arrived.next });
    const run = probe.executor.run(batch);
    await arrived.reach(4);
    const before = begunBy(stopped).length;
    // In the middle of a task.
    await becomes(() => begunBy(stopped).length > before);
    process.kill(stopped!, 'SIGSTOP');
    const held = Math.max(...begunBy(stopped));
    // The other worker goes on alone, takes over what this one holds, and is at work on the next.
    expect(await becomes(() => begunBy(other).includes(held))).toBe(true);
    const soFar = begunBy(other).length;
    expect(await becomes(() => begunBy(other).length > soFar)).toBe(true);
    process.kill(stopped!, 'SIGCONT');
    await run;
    expect(batch.completed).toBe(100);
    const { duplicates, differing, started } = await probe.executor.executions!();
    expect([duplicates, differing]).toEqual([1, 1]);
    expect(started).toBe(101);
  });
});
