import { expect, it } from 'vitest';
import { soak } from '../../bench/self/support/soak.js';
import { HASTY_LOCK_MS } from './hasty.js';

it('ends every task once while workers are killed, 20 times', async () => {
  const { tasks, completed, failedByKind, ended, misplaced, killed, executions } = await soak({
    kills: 20,
    everyMs: 600,
    seed: 7,
    lockMs: HASTY_LOCK_MS,
  });
  const { stalled = 0, ...otherwise } = failedByKind;
  expect(otherwise).toEqual({});
  expect(completed + stalled).toBe(tasks);
  expect([ended, misplaced, killed]).toEqual([tasks, 0, 20]);
  expect(executions.workersLost).toBe(20);
  expect(executions.started).toBeGreaterThan(tasks - stalled);
  expect(executions.differing).toBe(0);
});
