import type { TrialFault } from '../schema/index.js';
import type { Tally } from './columns.js';
import type { BatchRun } from './loads/load.js';

/** Tasks issued = completed + failed + cancelled, by the ledger and by what was received. */
export function conservationFaults({ load, ledger, batch }: BatchRun, tally: Tally): TrialFault[] {
  const faults: TrialFault[] = [];
  for (const outcome of ['completed', 'failed', 'cancelled'] as const) {
    const [inLedger, received] = [tally[outcome], batch[outcome]];
    if (inLedger !== received) faults.push({ code: 'not-received', outcome, inLedger, received });
  }
  const expected = load.there(ledger);
  const mayStopEarly = batch.signal.aborted || tally.cancelled > 0 || !Number.isFinite(expected);
  const { issued } = tally;
  if (issued !== expected && !mayStopEarly) faults.push({ code: 'not-issued', issued, expected });
  return faults;
}
