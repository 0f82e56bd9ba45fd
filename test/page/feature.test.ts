import { afterEach, expect, it, vi } from 'vitest';
import { enhance } from '../../src/page/feature.js';

afterEach(() => vi.restoreAllMocks());

it('one feature that fails, at once or later, is told and hurts no other', async () => {
  const told = vi.spyOn(console, 'error').mockImplementation(() => {});
  const done: string[] = [];
  const broken = new Error('broken');
  enhance('page', {
    throws: () => {
      throw broken;
    },
    rejects: () => Promise.reject(broken),
    works: page => {
      done.push(page);
    },
  });
  await vi.waitFor(() => expect(told).toHaveBeenCalledTimes(2));
  expect(done).toEqual(['page']);
  expect(told.mock.calls).toEqual([
    ['threads-vs-loop, throws:', broken],
    ['threads-vs-loop, rejects:', broken],
  ]);
});
