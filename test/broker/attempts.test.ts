import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { endings, range } from '../../src/contract/check.js';
import { startExecutor } from '../../src/contract/start.js';
import bullmq from '../../src/executors/bullmq.js';
import { hasty } from './hasty.js';
import { BACKENDS, sharedBroker } from './shared-broker.js';

const TASKS = 12;

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'tvl-attempts-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const failsFirst = (failures: number) => ({
  name: 'fails-first',
  moduleUrl: new URL('../fixtures/fails-first.mjs', import.meta.url).href,
  params: { failures, folder },
});
/** Between attempts at a task, ms. */
const gapsOf = (index: number) => {
  const times = readFileSync(join(folder, String(index)), 'utf8')
    .trim()
    .split('\n')
    .map(Number);
  return times.slice(1).map((ms, at) => ms - times[at]!);
};

describe.each(BACKENDS)('through %s', backend => {
  const broker = sharedBroker(backend);
  const start = (failures: number, options: Record<string, number>) =>
    startExecutor(bullmq, { workload: failsFirst(failures), threads: 2, inFlight: 8, options, broker });

  it('tries a task that fails as often as it is asked to, and counts it once', async () => {
    await using probe = await start(2, { attempts: 3 });
    const batch = await probe.run(TASKS);
    expect([batch.completed, batch.failed]).toEqual([TASKS, 0]);
    expect(batch.results).toEqual(range(TASKS));
    expect(await probe.executor.executions!()).toMatchObject({
      started: 3 * TASKS,
      retried: 2 * TASKS,
      duplicates: 0,
    });
  });

  it('has the last failure of a task that fails each time', async () => {
    await using probe = await start(2, { attempts: 2 });
    const batch = await probe.run(TASKS);
    expect([batch.completed, batch.failedByKind]).toEqual([0, { error: TASKS }]);
    expect(batch.examples[0]!.message).toContain('not yet, at 2');
    expect(await probe.executor.executions!()).toMatchObject({ started: 2 * TASKS, retried: TASKS });
  });

  it('tries a task once where nobody asks for more', async () => {
    await using probe = await start(1, {});
    const batch = await probe.run(TASKS);
    expect(batch.failedByKind).toEqual({ error: TASKS });
    const executions = await probe.executor.executions!();
    expect([executions.started, executions.retried]).toEqual([TASKS, undefined]);
  });

  it('waits before it tries a task again, twice as long each time', async () => {
    await using probe = await start(2, { attempts: 3, backoff: 100 });
    expect((await probe.run(TASKS)).completed).toBe(TASKS);
    for (const index of range(TASKS)) {
      const [first, second] = gapsOf(index);
      // Both are read from clocks of whole milliseconds; more may be the machine.
      expect(first).toBeGreaterThanOrEqual(99);
      expect(second).toBeGreaterThanOrEqual(199);
    }
  });

  it('gives up what a lost worker had where it is not to be taken over', async () => {
    const options = { maxStalled: 0 };
    await using probe = await startExecutor(hasty, {
      does: 'wait',
      threads: 2,
      inFlight: 8,
      options,
      broker,
    });
    const arrived = endings();
    const batch = probe.batch(300, undefined, { ended: arrived.next });
    const run = probe.executor.run(batch);
    await arrived.reach(50);
    process.kill(probe.executor.usage!().pids[0]!, 'SIGKILL');
    await run;
    const { stalled = 0 } = batch.failedByKind;
    // Of four at a time each was begun, or about to begin.
    expect(stalled).toBeGreaterThan(0);
    expect(stalled).toBeLessThanOrEqual(4);
    expect([batch.completed + stalled, batch.failed]).toEqual([300, stalled]);
    expect((await probe.executor.executions!()).started).toBe(300);
  });
});
