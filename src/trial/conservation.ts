import type { TrialFault } from '../schema/index.js';
import type { Batch } from '../tasks/batch.js';
import type { Tally } from './columns.js';

/** Tasks issued = completed + failed + cancelled, by the ledger and by what was received. */
export function conservationFaults(batch: Batch, ledger: Tally): TrialFault[] {
  const faults: TrialFault[] = [];
  for (const outcome of ['completed', 'failed', 'cancelled'] as const) {
    const [inLedger, received] = [ledger[outcome], batch[outcome]];
    if (inLedger !== received) faults.push({ code: 'not-received', outcome, inLedger, received });
  }
  const expected = batch.ledger.load === 'rate' ? batch.ledger.released : batch.tasks;
  const mayStopEarly = batch.signal.aborted || ledger.cancelled > 0 || !Number.isFinite(expected);
  const { issued } = ledger;
  if (issued !== expected && !mayStopEarly) faults.push({ code: 'not-issued', issued, expected });
  return faults;
}
