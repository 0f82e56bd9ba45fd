import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import noop from '../../src/workloads/noop.js';
import { TaskSignal } from '../../src/workloads/task-signal.js';
import timer from '../../src/workloads/timer.js';
import { ENV, paramsOf } from './support.js';

beforeEach(() => {
  vi.useFakeTimers();
});

afterEach(() => {
  vi.useRealTimers();
});

test('waits as long as it is told, and returns its index', async () => {
  const context = await timer.open(paramsOf(timer, { waitMs: 254 }), ENV);
  const results: unknown[] = [];
  void timer.task(context, 7, new TaskSignal()).then(result => results.push(result));
  await vi.advanceTimersByTimeAsync(253);
  expect(results).toEqual([]);
  await vi.advanceTimersByTimeAsync(1);
  expect(results).toEqual([7]);
});

test('0 ms is one turn of setTimeout(0)', async () => {
  const context = await timer.open(paramsOf(timer, { waitMs: 0 }), ENV);
  const task = timer.task(context, 1, new TaskSignal());
  expect(vi.getTimerCount()).toBe(1);
  await vi.advanceTimersByTimeAsync(0);
  expect(await task).toBe(1);
});

test('an abort clears the timer and fails with its reason; the signal serves again after a task', async () => {
  const context = await timer.open(paramsOf(timer), ENV);
  const signal = new TaskSignal();
  const first = timer.task(context, 1, signal);
  await vi.advanceTimersByTimeAsync(10);
  await first;
  const off = vi.spyOn(signal, 'off');
  const second = expect(timer.task(context, 2, signal)).rejects.toThrow('stop');
  signal.abort(new Error('stop'));
  await second;
  expect(vi.getTimerCount()).toBe(0);
  expect(off).not.toHaveBeenCalled();
  await expect(timer.task(context, 3, signal)).rejects.toThrow('stop');
  expect(vi.getTimerCount()).toBe(0);
});

test('a finished task has left the signal', async () => {
  const context = await timer.open(paramsOf(timer), ENV);
  const signal = new TaskSignal();
  const on = vi.spyOn(signal, 'on');
  const off = vi.spyOn(signal, 'off');
  void timer.task(context, 1, signal);
  await vi.advanceTimersByTimeAsync(10);
  expect(off.mock.calls).toEqual(on.mock.calls);
  expect(on).toHaveBeenCalledTimes(1);
});

test('noop returns its index, waiting for nothing', async () => {
  const context = await noop.open({}, ENV);
  expect(await noop.task(context, 5, new TaskSignal())).toBe(5);
  expect(noop.taskSync!(context, 5)).toBe(5);
  expect(vi.getTimerCount()).toBe(0);
});

test('each further task waits a step longer', async () => {
  const context = await timer.open(paramsOf(timer, { waitMs: 10, stepMs: 5 }), ENV);
  const done: number[] = [];
  for (const index of [2, 0, 1])
    void timer.task(context, index, new TaskSignal()).then(() => done.push(index));
  await vi.advanceTimersByTimeAsync(19);
  expect(done).toEqual([0, 1]);
  await vi.advanceTimersByTimeAsync(1);
  expect(done).toEqual([0, 1, 2]);
});

test('without a promise it holds the thread, for as long', async () => {
  const hold = vi.spyOn(Atomics, 'wait').mockReturnValue('timed-out');
  try {
    const context = await timer.open(paramsOf(timer, { waitMs: 10, stepMs: 5 }), ENV);
    expect([0, 3].map(index => timer.taskSync!(context, index))).toEqual([0, 3]);
    expect(hold.mock.calls.map(([, , , timeoutMs]) => timeoutMs)).toEqual([10, 25]);
  } finally {
    hold.mockRestore();
  }
});

test('what it holds the thread with is woken by nobody: it waits until the time is over', async () => {
  const hold = vi.spyOn(Atomics, 'wait');
  try {
    const context = await timer.open(paramsOf(timer, { waitMs: 1 }), ENV);
    expect(timer.taskSync!(context, 2)).toBe(2);
    expect(hold.mock.results.map(({ value }) => value)).toEqual(['timed-out']);
  } finally {
    hold.mockRestore();
  }
});
