import type { Check } from '../support/check.js';
import { soak } from '../support/soak.js';

/** Ten minutes, a kill every three seconds. */
const SOAK = { kills: 200, everyMs: 3_000, seed: 7 };

export const brokerSoak: Check = {
  name: 'broker-soak',
  summary: 'bullmq while its workers are killed, 200 times in ten minutes: every task ends once',
  async run({ quick, report }) {
    const { tasks, completed, failedByKind, misplaced, killed, executions } = await soak(
      quick ? { ...SOAK, kills: 5, everyMs: 1_000 } : SOAK,
    );
    const { stalled = 0 } = failedByKind;
    report({
      measured: `bullmq, tasks that did not end once while ${killed} workers were killed`,
      baseline: 'none',
      value: Math.max(misplaced, tasks - completed - stalled),
      unit: 'runs',
      bound: { atMost: 0 },
      note: `${tasks} tasks, ${stalled} of them stalled, ${executions.started} executions`,
    });
  },
};
