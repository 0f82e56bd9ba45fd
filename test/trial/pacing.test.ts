import { expect, it } from 'vitest';
import { Ledger } from '../../src/trial/ledger.js';
import { beginPacing, LEAD_NS } from '../../src/trial/pacing.js';

it('takes the lead from when the schedule is filled, and wakes the pacer last', () => {
  const ledger = Ledger.allocate(4, false, { load: 'rate' });
  ledger.reset(4);
  const calls: unknown[] = [];
  const now = () => {
    calls.push(['clock', [...ledger.arrivals.dueMs]]);
    return 5_000_000n;
  };
  const pacer = {
    begin: (...input: readonly number[]) => calls.push(['pacer', ledger.span.startNs, ...input]),
  };
  const load = {
    kind: 'rate',
    tasks: 4,
    perSecond: 500,
    arrivals: 'constant',
    maxBacklog: 9,
    seed: 1,
  } as const;
  const startNs = beginPacing(pacer as never, ledger, load, now);
  expect(startNs).toBe(5_000_000n + LEAD_NS);
  expect(calls).toEqual([
    ['clock', [0, 2, 4, 6]],
    ['pacer', startNs, 9],
  ]);
});
