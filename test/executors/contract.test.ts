import { describe, expect, it } from 'vitest';
import { executorChecks } from '../../src/contract/index.js';
import { executorNames, findExecutor } from '../../src/executors/registry.js';
import { errorText } from '../../src/report/words/losses.js';
import { startProbe } from './start.js';

for (const name of executorNames) {
  const executor = await findExecutor(name)!.load();
  // Through a broker: test/broker/contract.test.ts.
  if (executor.capabilities.hasBroker === true) continue;
  const checks = await executorChecks(executor);
  describe(name, () => {
    for (const check of checks) it(check.name, () => check.run());
  });
}

/** Why a run was lost, as reports say it. */
const lossOf = (run: Promise<void>) => run.then(() => 'nothing', errorText);

it.each([
  ['queue', 'exits', /worker thread \d exited with code 0/],
  ['queue', 'throwsOutside', /RangeError: outside a task/],
  ['piscina', 'exits', /exited with code:? 0/],
  ['piscina', 'throwsOutside', /outside a task/],
  ['tinypool', 'exits', /exited with code 0/],
  ['poolifier', 'exits', /exited with code 0/],
  ['workerpool', 'exits', /exitCode: `0`/],
  ['processes', 'exits', /exited/],
])('%s whose worker %s says so', async (name, does, reason) => {
  await using probe = await startProbe(name, { does });
  expect(await lossOf(probe.executor.run(probe.batch(10)))).toMatch(reason);
});

it.each([
  ['queue', /worker thread \d could not send the result of task 1: result\.callback, a function/],
  ['piscina', /could not be sent: \(\) => index could not be cloned/],
  ['tinypool', /could not be sent: \(\) => index could not be cloned/],
  // Node 26 says why, older ones do not.
  ['poolifier', /the result of task 1 could not be sent|could not be sent: .*could not be cloned/],
  ['workerpool', /could not be sent: DataCloneError: \(\) => index could not be cloned/],
  ['processes', /could not be sent: \(\) => index could not be cloned/],
])('%s loses a measured batch over a result that cannot be sent, and says so', async (name, reason) => {
  await using probe = await startProbe(name, { does: 'uncloneable' });
  const batch = probe.batch(6, undefined, { checked: false });
  expect(await lossOf(probe.executor.run(batch))).toMatch(reason);
});

it('promise-all with onError=abort cancels the rest after the first failure', async () => {
  await using probe = await startProbe('promise-all', { does: 'fails', options: { onError: 'abort' } });
  const batch = probe.batch(12);
  await probe.executor.run(batch);
  expect(batch.failed).toBe(1);
  expect(batch.completed + batch.failed + batch.cancelled).toBe(12);
  expect(batch.cancelled).toBeGreaterThan(0);
});
