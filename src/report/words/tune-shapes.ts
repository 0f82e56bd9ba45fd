import type { Estimate, TunePoint } from '../../schema/index.js';
import { amount, ratioInterval, times } from '../format.js';

/** `a piscina pool of 4 threads, 16 tasks at once in each`. */
export function shapeText({ executor, workers, inFlightPerWorker, setting, uvThreads }: TunePoint): string {
  const kind = executor === 'queue' ? 'worker threads on a shared queue' : `a ${executor} pool`;
  const threads = `${workers} ${executor === 'processes' ? 'processes' : 'threads'}`.replace(
    /^1 (thread|process)(s|es)$/,
    '1 $1',
  );
  const of = executor === 'queue' ? `${threads} that drain a shared queue` : `${kind} of ${threads}`;
  const limit = inFlightPerWorker === 1 ? '' : `, ${inFlightPerWorker} tasks at once in each`;
  const options = setting === '' ? '' : ` (${setting})`;
  const pool = uvThreads === null ? '' : `, with ${uvThreads} threads of libuv's pool`;
  return `${of}${options}${limit}${pool}`;
}

export function ratioText({ median, low, high }: Estimate): string {
  if (median === null) return `${amount(null)}×`;
  if (low === null || high === null) return times(median);
  const { value, interval } = ratioInterval(median, low, high);
  return `${value}× ${interval}`;
}
