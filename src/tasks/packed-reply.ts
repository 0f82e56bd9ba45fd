import type { TaskReply } from './message-recorder.js';

/** A TaskReply on its way to another process: the value, and the three numbers as 24 bytes in a text. */
export type PackedReply = readonly [value: unknown, numbers: string];

const numbers = new Float64Array(3);
const bytes = Buffer.from(numbers.buffer);

/** V8 writes a text as it is, and numbers one by one: those cost a process that has the replies of many read 2 µs each. */
export function packReply([value, outcomeAndWorker, startedNs, durationNs]: TaskReply): PackedReply {
  numbers[0] = outcomeAndWorker;
  numbers[1] = startedNs;
  numbers[2] = durationNs;
  return [value, bytes.toString('latin1')];
}

export function unpackReply([value, text]: PackedReply): TaskReply {
  bytes.write(text, 'latin1');
  return [value, numbers[0]!, numbers[1]!, numbers[2]!];
}
