import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { SendLimit } from '../../src/workloads/send-limit.js';
import { TaskSignal } from '../../src/workloads/task-signal.js';

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

/** When each of so many turns came, ms after they were asked for at once. */
async function turnsOf(limit: SendLimit, count: number): Promise<number[]> {
  const startedMs = Date.now();
  const turns = Array.from({ length: count }, async () => {
    await limit.turn(new TaskSignal());
    return Date.now() - startedMs;
  });
  await vi.runAllTimersAsync();
  return Promise.all(turns);
}

test('requests that come at once go at the rate, the first at once', async () => {
  const limit = new SendLimit(100, Date.now);
  expect(await turnsOf(limit, 5)).toEqual([0, 10, 20, 30, 40]);
});

test('what was not used in time is not made up for', async () => {
  const limit = new SendLimit(100, Date.now);
  await turnsOf(limit, 2);
  await vi.advanceTimersByTimeAsync(5_000);
  expect(await turnsOf(limit, 3)).toEqual([0, 10, 20]);
});

test('a late timer delays nobody else', async () => {
  let now = 0;
  const limit = new SendLimit(100, () => now);
  await limit.turn(new TaskSignal());
  void limit.turn(new TaskSignal());
  now = 17;
  void limit.turn(new TaskSignal());
  // The third is due at 20, whenever the second has gone.
  expect(vi.getTimerCount()).toBe(2);
  let went = false;
  now = 20;
  void limit.turn(new TaskSignal()).then(() => (went = true));
  await vi.advanceTimersByTimeAsync(9);
  expect(went).toBe(false);
  await vi.advanceTimersByTimeAsync(1);
  expect(went).toBe(true);
});

test('an abort ends the wait, and leaves no timer and no listener', async () => {
  const limit = new SendLimit(1, Date.now);
  await limit.turn(new TaskSignal());
  const signal = new TaskSignal();
  const waiting = limit.turn(signal);
  signal.abort(new Error('timed out'));
  await expect(waiting).rejects.toThrow('timed out');
  expect(vi.getTimerCount()).toBe(0);
  await expect(limit.turn(signal)).rejects.toThrow('timed out');
});
