import type { Batch } from './batch.js';
import { CANCELLED, COMPLETED, NOT_STARTED } from './ledger.js';

/** A trial's times in ms, one entry per issued task, in order of index. */
export interface Columns {
  readonly latencyMs: Float64Array;
  readonly waitMs: Float64Array;
  readonly serviceMs: Float64Array;
  readonly deliveryMs: Float64Array;
  /** From the start of the trial to the first and last delivered result; null when none was. */
  readonly firstResultMs: number | null;
  readonly lastResultMs: number | null;
  readonly issued: number;
  readonly completed: number;
  readonly cancelled: number;
  readonly failed: number;
}

/** Reads stamps as numbers of ms after `startNs`: doubles hold them to the nanosecond, and BigInts would cost 100 ns each. */
function stampReader(stamps: BigInt64Array, startNs: bigint): (index: number) => number {
  const words = new Uint32Array(stamps.buffer, stamps.byteOffset, stamps.length * 2);
  const startLow = Number(startNs & 0xffffffffn);
  const startHigh = Number(startNs >> 32n);
  return index => ((words[2 * index + 1]! - startHigh) * 4294967296 + (words[2 * index]! - startLow)) / 1e6;
}

/**
 * Turns the ledger into columns. A task that did not complete enters service and latency as at least its limit:
 * an executor must not look fast by failing.
 */
export function readColumns(batch: Batch, startNs: bigint, limitMs: number): Columns {
  const { ledger, tasks } = batch;
  const started = stampReader(ledger.startedNs, startNs);
  const finished = stampReader(ledger.finishedNs, startNs);
  const delivered = stampReader(ledger.deliveredNs, startNs);
  const latencyMs = new Float64Array(tasks);
  const waitMs = new Float64Array(tasks);
  const serviceMs = new Float64Array(tasks);
  const deliveryMs = new Float64Array(tasks);
  let issued = 0;
  let completed = 0;
  let cancelled = 0;
  let first = Number.POSITIVE_INFINITY;
  let last = Number.NEGATIVE_INFINITY;
  for (let index = 0; index < tasks; index++) {
    const outcome = ledger.outcome[index];
    if (outcome === NOT_STARTED) continue;
    const deliveredMs = delivered(index);
    const finishedMs = finished(index);
    const startedMs = started(index);
    const isCompleted = outcome === COMPLETED;
    const atLeastMs = isCompleted ? 0 : limitMs;
    latencyMs[issued] = Math.max(deliveredMs, atLeastMs);
    waitMs[issued] = Math.max(0, startedMs);
    serviceMs[issued] = Math.max(finishedMs - startedMs, atLeastMs);
    deliveryMs[issued] = deliveredMs - finishedMs;
    issued++;
    if (outcome === CANCELLED) cancelled++;
    if (!isCompleted) continue;
    completed++;
    if (deliveredMs < first) first = deliveredMs;
    if (deliveredMs > last) last = deliveredMs;
  }
  return {
    latencyMs: latencyMs.subarray(0, issued),
    waitMs: waitMs.subarray(0, issued),
    serviceMs: serviceMs.subarray(0, issued),
    deliveryMs: deliveryMs.subarray(0, issued),
    firstResultMs: completed > 0 ? first : null,
    lastResultMs: completed > 0 ? last : null,
    issued,
    completed,
    cancelled,
    failed: issued - completed - cancelled,
  };
}
