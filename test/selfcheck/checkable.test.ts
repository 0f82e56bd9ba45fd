import { expect, test } from 'vitest';
import { executorNames } from '../../src/executors/registry.js';
import { checkableExecutors } from '../../src/selfcheck/checkable.js';
import { LEVELS, planExperiments } from '../../src/selfcheck/experiments.js';

/** A broker is not there with Node alone. */
const CHECKABLE = executorNames.filter(name => name !== 'bullmq');

test('every executor can be checked, those that call taskSync too', async () => {
  const { names, without } = await checkableExecutors();
  expect([names, without]).toEqual([CHECKABLE, []]);
  const experiments = await planExperiments(LEVELS.quick, names, 7);
  const checked = new Set(experiments.map(({ executor }) => executor));
  expect([...checked].sort()).toEqual([...CHECKABLE].sort());
});

test('an executor whose optional package is not installed is left out, with its package', async () => {
  const { names, without } = await checkableExecutors(({ needsPackage }) => needsPackage === undefined);
  expect(names).toEqual(CHECKABLE.filter(name => name !== 'poolifier' && name !== 'workerpool'));
  expect(without).toEqual([
    { name: 'poolifier', needsPackage: 'poolifier' },
    { name: 'workerpool', needsPackage: 'workerpool' },
  ]);
});
