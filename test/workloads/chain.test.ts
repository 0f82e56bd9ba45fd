import { expect, test } from 'vitest';
import chain from '../../src/workloads/chain.js';
import { TaskSignal } from '../../src/workloads/task-signal.js';
import { openOnOrigin, paramsOf } from './support.js';

test('each request needs the answer of the one before, and no two chains share one', async () => {
  await using opened = await openOnOrigin(chain, { steps: 3, waitMs: 0 });
  const run = (index: number) => chain.task(opened.context, index, new TaskSignal());
  expect(await run(0)).toEqual({ index: 0, reached: 3 });
  expect(opened.origin.snapshot()).toMatchObject({ requests: 3, maxConcurrency: 1 });
  expect(await Promise.all([run(1), run(2)])).toEqual([
    { index: 1, reached: 6 },
    { index: 2, reached: 9 },
  ]);
  expect(opened.origin.snapshot().requests).toBe(6);
});

test('says how many requests a task sends', () => {
  const requests = chain.requestsPerTask as (params: ReturnType<typeof paramsOf>) => number;
  expect(requests(paramsOf(chain))).toBe(4);
  expect(requests(paramsOf(chain, { steps: 7 }))).toBe(7);
});

test('a chain that is aborted stops', async () => {
  await using opened = await openOnOrigin(chain, { steps: 5, waitMs: 0 });
  const signal = new TaskSignal();
  const running = chain.task(opened.context, 0, signal);
  const reason = new Error('enough');
  signal.abort(reason);
  await expect(running).rejects.toBe(reason);
  expect(opened.origin.snapshot().requests).toBeLessThan(5);
});
