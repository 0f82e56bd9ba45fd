import { appendFileSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { nowNs } from '../../src/clock.js';
import { executorChecks } from '../../src/contract/index.js';
import { startExecutor } from '../../src/contract/start.js';
import { RemoteClock } from '../../src/executors/index.js';
import { elsewhere } from '../fixtures/elsewhere.js';

const HOUR_NS = 3_600_000_000_000n;

describe('an executor that shares neither memory, clock nor modules', async () => {
  for (const check of await executorChecks(elsewhere())) it(check.name, () => check.run());

  it('has its stamps converted to the clock of the host', async () => {
    await using probe = await startExecutor(elsewhere(), { does: 'wait' });
    const beforeNs = nowNs();
    await probe.executor.run(probe.batch(20));
    const { startedNs, finishedNs, worker } = probe.ledger;
    expect(new Set(worker.subarray(0, 20))).toEqual(new Set([0, 1]));
    for (let index = 0; index < 20; index++) {
      // Their clocks are three hours ahead and four behind; what is left is less than a message takes.
      expect(startedNs[index]! > beforeNs - HOUR_NS).toBe(true);
      expect(finishedNs[index]! <= nowNs()).toBe(true);
    }
  });

  it('has workers that refuse another version of the workload', async () => {
    const other = elsewhere(folder => appendFileSync(readFileSync(join(folder, 'modules'), 'utf8'), '\n'));
    await expect(startExecutor(other, {})).rejects.toThrow('no module here has the contents of probe');
  });
});

describe('the clock of another machine', () => {
  it('is set by the exchange that took the shortest time', () => {
    const clock = new RemoteClock();
    clock.exchange(0, 5_000, 2_000);
    clock.exchange(1_000, 11_050, 1_100);
    clock.exchange(3_000, 1, 9_000);
    expect(clock.pastNs(10_500)).toBe(500);
  });

  it('never says that something is yet to come', () => {
    expect(new RemoteClock().pastNs(Number.MAX_SAFE_INTEGER)).toBeLessThanOrEqual(Number(nowNs()));
  });
});
