import { COMPLETED, NOT_STARTED } from '../tasks/recorder.js';
import type { Ledger } from './ledger.js';
import type { BatchRun } from './loads/load.js';

/** One task's times, in ms. */
export interface TaskTimes {
  /** After the start of the trial. */
  readonly startedMs: number;
  readonly latencyMs: number;
  readonly waitMs: number;
  readonly serviceMs: number;
  /** As it was, even where `serviceMs` counts as its limit. */
  readonly ranMs: number;
  readonly deliveryMs: number;
  /** After the start of the trial. */
  readonly deliveredMs: number;
}

/** Reads stamps as numbers of ms after `startNs`: doubles hold them to the nanosecond, and BigInts would cost 100 ns each. */
export function stampReader(stamps: BigInt64Array, startNs: bigint): (place: number) => number {
  const words = new Uint32Array(stamps.buffer, stamps.byteOffset, stamps.length * 2);
  const startLow = Number(startNs & 0xffffffffn);
  const startHigh = Number(startNs >> 32n);
  return place => ((words[2 * place + 1]! - startHigh) * 4294967296 + (words[2 * place]! - startLow)) / 1e6;
}

/**
 * A reader of the times of started tasks. A task that was cancelled enters service and latency as at least its limit:
 * an executor must not look fast by giving up. One that failed has no time that would do: it is counted beside them.
 */
export function timesReader(
  { load, ledger, startNs }: Pick<BatchRun, 'load' | 'ledger' | 'startNs'>,
  limitMs: number,
): (place: number) => TaskTimes {
  const started = stampReader(ledger.startedNs, startNs);
  const finished = stampReader(ledger.finishedNs, startNs);
  const delivered = stampReader(ledger.deliveredNs, startNs);
  return place => {
    const startedMs = started(place);
    const finishedMs = finished(place);
    const deliveredMs = delivered(place);
    const queuedMs = load.queuedMs(ledger, place, startedMs);
    const atLeastMs = ledger.outcome[place] === COMPLETED ? 0 : limitMs;
    return {
      startedMs,
      latencyMs: Math.max(deliveredMs - queuedMs, atLeastMs),
      waitMs: Math.max(0, startedMs - queuedMs),
      serviceMs: Math.max(finishedMs - startedMs, atLeastMs),
      ranMs: finishedMs - startedMs,
      deliveryMs: deliveredMs - finishedMs,
      deliveredMs,
    };
  };
}

export function isStarted(ledger: Ledger, place: number): boolean {
  return ledger.outcome[place] !== NOT_STARTED;
}
