import { expect, it } from 'vitest';
import { brokerNames, jobId, parseJobId, queueKey, resultsKey } from '../../../src/executors/broker/names.js';

const names = brokerNames('0123456789abcdef');

it('a job is called by its run, its trial and its index', () => {
  expect(jobId(names, 3, 17)).toBe('0123456789abcdef-3-17');
  expect(parseJobId(names, '0123456789abcdef-3-17')).toEqual({ trial: 3, index: 17 });
});

it.each([
  undefined,
  '',
  '17',
  '0123456789abcdee-3-17',
  '0123456789abcdef-3',
  '0123456789abcdef-3-17-1',
  '0123456789abcdef-3--17',
  '0123456789abcdef-3-99999999999',
  'x0123456789abcdef-3-17',
])('%s is no job of the run', id => {
  expect(parseJobId(names, id)).toBe(null);
});

it('all keys of a run have one tag, and no two runs have the same', () => {
  const keys = [
    names.prefix,
    names.trials,
    names.executions,
    resultsKey(names, 1),
    queueKey(names, 'active'),
  ];
  for (const key of keys) expect(key.startsWith('{threads-vs-loop-0123456789abcdef}')).toBe(true);
  expect(brokerNames().run).toMatch(/^[\da-f]{16}$/);
  expect(brokerNames().run).not.toBe(brokerNames().run);
});
