import { expect, it } from 'vitest';
import { brokerNames, jobId, parseJobId, queueKey, resultsKey } from '../../../src/executors/broker/names.js';

const names = brokerNames('01234567');

it('a job is called by its run, its trial and its index', () => {
  expect(jobId(names, 3, 17)).toBe('01234567-3-17');
  expect(parseJobId(names, '01234567-3-17')).toEqual({ trial: 3, index: 17 });
});

it.each([
  undefined,
  '',
  '17',
  '0123456789abcdee-3-17',
  '01234567-3',
  '01234567-3-17-1',
  '01234567-3--17',
  '01234567-3-99999999999',
  'x01234567-3-17',
])('%s is no job of the run', id => {
  expect(parseJobId(names, id)).toBe(null);
});

it('all keys of a run have one tag, and no two runs have the same', () => {
  const keys = [names.prefix, names.trials, resultsKey(names, 1), queueKey(names, 'active')];
  for (const key of keys) expect(key.startsWith('{tvl-01234567}')).toBe(true);
  expect(brokerNames().run).toMatch(/^[\da-f]{8}$/);
  expect(brokerNames().run).not.toBe(brokerNames().run);
});
