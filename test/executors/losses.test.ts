import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { expect, it } from 'vitest';
import { Losses } from '../../src/executors/losses.js';
import { executorNames, findExecutor } from '../../src/executors/registry.js';
import { workerEnded } from '../../src/executors/worker-exits.js';
import { startProbe } from './start.js';

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;

it('a loss rejects who waits, and who comes later', async () => {
  const losses = new Losses('pool');
  const waiting = losses.rejectOnLoss(() => new Promise(() => {}));
  losses.lose('a worker\nis gone');
  await expect(waiting).rejects.toMatchObject({
    loss: { code: 'failed', by: 'pool', message: 'a worker is gone' },
  });
  losses.lose(workerEnded('thread'));
  await expect(losses.rejectOnLoss(() => Promise.resolve())).rejects.toThrow('a worker is gone');
});

it('waiting for a loss that does not come leaves nothing behind', async () => {
  const losses = new Losses('pool');
  const wait = () => losses.rejectOnLoss(() => Promise.resolve());
  for (let n = 0; n < 1_000; n++) await wait();
  collect();
  const before = process.memoryUsage().heapUsed;
  for (let n = 0; n < 50_000; n++) await wait();
  collect();
  // A race with one promise of the trial's left 310 bytes each time.
  expect((process.memoryUsage().heapUsed - before) / 50_000).toBeLessThan(20);
});

it('executors that need an optional package load it before their start is timed', async () => {
  for (const name of executorNames) {
    const { needsPackage, prepare } = await findExecutor(name)!.load();
    expect([name, typeof prepare]).toEqual([name, needsPackage === undefined ? 'undefined' : 'function']);
    await prepare?.();
  }
});

it('processes say what they have used when they are asked, not with each result', async () => {
  await using probe = await startProbe('processes', { does: 'index' });
  await probe.executor.refreshUsage!();
  const before = probe.executor.usage!();
  expect(before.cpuMs).toBeGreaterThan(0);
  expect(before.pids).toHaveLength(2);
  await probe.executor.run(probe.batch(200));
  expect(probe.executor.usage!().cpuMs).toBe(before.cpuMs);
  await probe.executor.refreshUsage!();
  expect(probe.executor.usage!().cpuMs).toBeGreaterThan(before.cpuMs);
});
