import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { mix } from '../../src/workloads/kernel.js';
import { TaskSignal } from '../../src/workloads/task-signal.js';
import waitCompute from '../../src/workloads/wait-compute.js';
import { ENV, paramsOf } from './support.js';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

test('waits, then computes', async () => {
  const context = await waitCompute.open(paramsOf(waitCompute, { waitMs: 25, cpuMs: 2 }), ENV);
  const results: unknown[] = [];
  void waitCompute.task(context, 3, new TaskSignal()).then(result => results.push(result));
  await vi.advanceTimersByTimeAsync(24);
  expect(results).toEqual([]);
  await vi.advanceTimersByTimeAsync(1);
  expect(results).toEqual([{ index: 3, digest: mix(2000, 3) }]);
});

test('0 ms is no wait at all: there is no timer', async () => {
  const context = await waitCompute.open(paramsOf(waitCompute, { waitMs: 0, cpuMs: 1 }), ENV);
  const result = waitCompute.task(context, 1, new TaskSignal());
  expect(vi.getTimerCount()).toBe(0);
  expect(await result).toEqual({ index: 1, digest: mix(1000, 1) });
});

test('what it mostly does hangs on whether it waits', () => {
  expect(waitCompute.kindOf!(paramsOf(waitCompute, { waitMs: 0 }))).toBe('cpu');
  expect(waitCompute.kindOf!(paramsOf(waitCompute, { waitMs: 5 }))).toBe('mixed');
});

test('an abort ends the wait, and nothing is computed', async () => {
  const context = await waitCompute.open(paramsOf(waitCompute, { waitMs: 25 }), ENV);
  const signal = new TaskSignal();
  const failed = expect(waitCompute.task(context, 1, signal)).rejects.toThrow('stop');
  signal.abort(new Error('stop'));
  await failed;
  expect(vi.getTimerCount()).toBe(0);
});
