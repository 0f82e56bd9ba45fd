import { describe, expect, it } from 'vitest';
import { nowNs } from '../../src/clock.js';
import type { Batch } from '../../src/tasks/batch.js';
import { COMPLETED } from '../../src/tasks/recorder.js';
import { Ledger } from '../../src/trial/ledger.js';
import { runTrial, type TrialSpec } from '../../src/trial/trial.js';
import { trialSetting } from '../support/trial-setting.js';

/** Completes every task at once, and counts them by batch. */
function countingSetting(ledger: Ledger) {
  const sizes: number[] = [];
  const looked: boolean[] = [];
  const run = async (batch: Batch) => {
    sizes.push(batch.tasks);
    looked.push(ledger.checked);
    for (let index = batch.source.claim(); index >= 0; index = batch.source.claim()) {
      ledger.start(index, 0);
      ledger.finish(index, COMPLETED);
      ledger.deliver(index, nowNs());
      batch.complete(index, index);
    }
  };
  const setting = trialSetting({ executor: { run }, ledger });
  return { setting, sizes, looked };
}

const SPEC: TrialSpec = {
  load: { kind: 'batch', tasks: 10 },
  repeats: 1,
  taskTimeoutMs: 1_000,
  probeSeed: 1,
  digest: false,
  gauge: false,
  trace: false,
};

describe('the lead-in of a trial', () => {
  it('runs two tasks a worker over and over, and counts none of them', async () => {
    const { setting, sizes } = countingSetting(Ledger.allocate(10, true, { workers: 3 }));
    const { figures } = await runTrial(setting, { ...SPEC, leadIn: true });
    expect(sizes.length).toBeGreaterThan(1);
    expect(new Set(sizes.slice(0, -1))).toEqual(new Set([6]));
    expect(sizes.at(-1)).toBe(10);
    expect(figures).toMatchObject({ batches: 1, outcomes: { issued: 10, completed: 10 } });
  });

  it('never runs more tasks than there are', async () => {
    const { setting, sizes } = countingSetting(Ledger.allocate(10, true, { workers: 8 }));
    await runTrial(setting, { ...SPEC, leadIn: true });
    expect(Math.max(...sizes)).toBe(10);
  });

  it.each([true, false])('looks at results where the trial does: %j', async looks => {
    const { setting, looked } = countingSetting(Ledger.allocate(10, true, { workers: 2 }));
    await runTrial(setting, { ...SPEC, leadIn: true, looks });
    expect(new Set(looked)).toEqual(new Set([looks]));
  });

  it('is left out where nobody asks for it', async () => {
    const { setting, sizes } = countingSetting(Ledger.allocate(10, true, { workers: 3 }));
    await runTrial(setting, SPEC);
    expect(sizes).toEqual([10]);
  });
});
