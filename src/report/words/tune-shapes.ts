import type { Estimate, TunePoint } from '../../schema/index.js';
import { amount, ratioInterval, times } from '../format.js';
import { listed } from './labels.js';

/** `piscina atomics=async`: what points of all sizes have in common. */
export function pointName({ executor, setting, uvThreads }: TunePoint): string {
  const pool = uvThreads === null ? [] : [`uv-threads=${uvThreads}`];
  return [executor, setting, ...pool].filter(text => text !== '').join(' ');
}

/** `1 thread`, `2 and 4 threads`, `2 processes`. */
export function workersText(executor: string, counts: readonly number[]): string {
  const [one, many] = executor === 'processes' ? ['process', 'processes'] : ['thread', 'threads'];
  return `${listed(counts.map(String))} ${counts.length === 1 && counts[0] === 1 ? one : many}`;
}

/** `a piscina pool of 4 threads, 16 tasks at once in each`. */
export function shapeText({ executor, workers, inFlightPerWorker, setting, uvThreads }: TunePoint): string {
  const kind = executor === 'queue' ? 'worker threads on a shared queue' : `a ${executor} pool`;
  const threads = workersText(executor, [workers]);
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
