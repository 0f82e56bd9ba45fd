import type { Batch } from './batch.js';
import type { Tally } from './columns.js';

/** Tasks issued = completed + failed + cancelled, by the ledger and by what was received. */
export function conservationErrors(batch: Batch, ledger: Tally): string[] {
  const errors: string[] = [];
  const agree = (what: string, inLedger: number, received: number) => {
    if (inLedger !== received) errors.push(`${inLedger} tasks ${what} in the ledger, ${received} received`);
  };
  agree('completed', ledger.completed, batch.completed);
  agree('failed', ledger.failed, batch.failed);
  agree('cancelled', ledger.cancelled, batch.cancelled);
  const there = batch.ledger.load === 'rate' ? batch.ledger.released : batch.tasks;
  const mayStopEarly = batch.signal.aborted || ledger.cancelled > 0 || !Number.isFinite(there);
  if (ledger.issued !== there && !mayStopEarly) errors.push(`${ledger.issued} tasks issued of ${there}`);
  return errors;
}
