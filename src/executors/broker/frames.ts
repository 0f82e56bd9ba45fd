import { deserialize, serialize } from 'node:v8';
import { WorkerLost } from '../../errors.js';
import type { LossOf } from '../../schema/index.js';
import { CANCELLED_KIND } from '../../tasks/failure.js';
import { outcomeOfReply, type TaskReply, workerOfReply } from '../../tasks/message-recorder.js';
import { CANCELLED, COMPLETED, FAILED, NOT_STARTED } from '../../tasks/recorder.js';
import { isFailure } from './failures.js';

/** What a worker tells of one task: 32 bytes, and the value that it came to unless that is a number. */
export interface ResultFrame {
  readonly index: number;
  readonly outcome: number;
  readonly worker: number;
  /** Times that it was taken over from a worker that was lost. */
  readonly takeovers: number;
  /** Attempts before this one, which failed. */
  readonly retries: number;
  /** On the clock of the worker. */
  readonly startedNs: number;
  readonly durationNs: number;
  /** As V8 writes it; a number as it is; null: undefined. */
  readonly value: Buffer | number | null;
}

/** What is in the broker was put there by others than the workers of this run, or is damaged. */
export class BrokerFault extends WorkerLost {
  constructor(what: LossOf<'broker-damaged'>['what'], fault: LossOf<'broker-damaged'>['fault']) {
    super({ code: 'broker-damaged', what, fault });
  }
}

/** Where each field begins, in bytes; little-endian. A number stands in place of how many bytes a value has, and whether there is one. */
const AT = {
  index: 0,
  worker: 4,
  packed: 6,
  startedNs: 8,
  durationNs: 16,
  number: 24,
  bytes: 24,
  has: 28,
};
/** What is packed into two bytes, by what each is multiplied with: the outcome is below them all. */
const PACKED = { isNumber: 8, retries: 16, takeovers: 1_024 };
/** Six bits each: attempts and takeovers of a job are limited to that. */
export const MOST_RETRIES = 63;
const HEAD_BYTES = 32;
/** Of one message: what a worker gathers, and one result more. */
export const MOST_MESSAGE_BYTES = 256 * 1024 * 1024;
const OUTCOMES: readonly number[] = [NOT_STARTED, COMPLETED, FAILED, CANCELLED];

/** @throws DataCloneError for a value that cannot be sent */
export function encodeFrame(
  index: number,
  reply: TaskReply,
  { retries, takeovers }: Pick<ResultFrame, 'retries' | 'takeovers'>,
): Buffer {
  const [value, , startedNs, durationNs] = reply;
  // V8's way to write one takes 3 µs, on each side: a good part of what a short job costs.
  const isNumber = typeof value === 'number';
  const written = value === undefined || isNumber ? null : serialize(value);
  const frame = Buffer.allocUnsafe(HEAD_BYTES + (written?.length ?? 0));
  frame.writeUInt32LE(index, AT.index);
  frame.writeUInt16LE(workerOfReply(reply), AT.worker);
  const counts = PACKED.retries * retries + PACKED.takeovers * takeovers;
  frame.writeUInt16LE(outcomeOfReply(reply) + (isNumber ? PACKED.isNumber : 0) + counts, AT.packed);
  frame.writeDoubleLE(startedNs, AT.startedNs);
  frame.writeDoubleLE(durationNs, AT.durationNs);
  if (isNumber) frame.writeDoubleLE(value, AT.number);
  else {
    frame.writeUInt32LE(written?.length ?? 0, AT.bytes);
    frame.writeUInt32LE(written === null ? 0 : 1, AT.has);
    written?.copy(frame, HEAD_BYTES);
  }
  return frame;
}

/**
 * The frames of a message.
 *
 * @param workers of the run: numbers from 0
 * @throws BrokerFault for what no worker sends
 */
export function decodeFrames(message: Buffer, workers: number): ResultFrame[] {
  if (message.length > MOST_MESSAGE_BYTES) throw new BrokerFault('message', 'too-long');
  const frames: ResultFrame[] = [];
  for (let at = 0; at < message.length; ) {
    if (message.length - at < HEAD_BYTES) throw new BrokerFault('message', 'cut-off');
    const frame = frameAt(message, at);
    requirePlausible(frame, workers);
    frames.push(frame);
    at += HEAD_BYTES + (frame.value instanceof Buffer ? frame.value.length : 0);
  }
  return frames;
}

function frameAt(message: Buffer, at: number): ResultFrame {
  const packed = message.readUInt16LE(at + AT.packed);
  const isNumber = (packed & PACKED.isNumber) !== 0;
  return {
    index: message.readUInt32LE(at + AT.index),
    worker: message.readUInt16LE(at + AT.worker),
    outcome: packed % PACKED.isNumber,
    retries: Math.floor(packed / PACKED.retries) % (MOST_RETRIES + 1),
    takeovers: Math.floor(packed / PACKED.takeovers),
    startedNs: message.readDoubleLE(at + AT.startedNs),
    durationNs: message.readDoubleLE(at + AT.durationNs),
    value: isNumber ? message.readDoubleLE(at + AT.number) : bytesAt(message, at),
  };
}

function bytesAt(message: Buffer, at: number): Buffer | null {
  const bytes = message.readUInt32LE(at + AT.bytes);
  const has = message.readUInt32LE(at + AT.has);
  if (has > 1 || (has === 0 && bytes > 0)) throw new BrokerFault('result', 'unknown-kind');
  const from = at + HEAD_BYTES;
  if (bytes > message.length - from) throw new BrokerFault('message', 'cut-off');
  return has === 0 ? null : message.subarray(from, from + bytes);
}

function requirePlausible({ outcome, worker, startedNs, durationNs }: ResultFrame, workers: number): void {
  if (!OUTCOMES.includes(outcome)) throw new BrokerFault('result', 'unknown-outcome');
  if (worker >= workers) throw new BrokerFault('result', 'unknown-worker');
  const isTime = (ns: number) => ns >= 0 && ns <= Number.MAX_SAFE_INTEGER;
  if (!isTime(startedNs) || !isTime(durationNs)) throw new BrokerFault('result', 'impossible-time');
}

/** @throws BrokerFault for a value that cannot be read, or a failure that is none */
export function valueOfFrame({ outcome, value }: ResultFrame): unknown {
  const read = value instanceof Buffer ? readValue(value) : (value ?? undefined);
  if (outcome === COMPLETED) return read;
  if (outcome === NOT_STARTED) return undefined;
  if (!isFailure(read) || (outcome === CANCELLED) !== (read.kind === CANCELLED_KIND))
    throw new BrokerFault('failure', 'unreadable');
  return read;
}

function readValue(value: Buffer): unknown {
  try {
    return deserialize(value);
  } catch {
    throw new BrokerFault('result', 'unreadable');
  }
}
