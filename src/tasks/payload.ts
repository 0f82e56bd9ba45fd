import { WorkerLost } from '../errors.js';
import type { Workload } from '../workloads/workload.js';

/** How bytes get from one thread to another. */
export const PAYLOAD_WAYS = ['clone', 'transfer', 'shared'] as const;
export type PayloadBy = (typeof PAYLOAD_WAYS)[number];

export interface PayloadSetting {
  /** In, and as many out. */
  readonly bytes: number;
  readonly by: PayloadBy;
}

/** A task with the data it is to work on. */
export interface PayloadTask {
  readonly index: number;
  readonly input: Uint8Array;
  /** Shared memory to put the output in; null: the task makes its own. */
  readonly output: Uint8Array | null;
}

/** What comes back: the task's own result, and its data. */
export interface PayloadResult {
  readonly result: unknown;
  readonly output: Uint8Array;
}

/**
 * The host's side of a payload: makes a task's input, and looks at its output.
 *
 * Every executor does this same work, whether the bytes then travel or not: fresh memory is filled for each task, and
 * the task copies it into fresh memory. What differs between executors is the way in between. (Memory that is used again
 * would spare one of them what the others pay.)
 */
export class PayloadCodec {
  readonly #setting: PayloadSetting;

  constructor(setting: PayloadSetting) {
    this.#setting = setting;
  }

  pack(index: number): PayloadTask {
    const { bytes, by } = this.#setting;
    const input = by === 'shared' ? sharedMemory(bytes) : new Uint8Array(bytes);
    input.fill(fillOf(index));
    return { index, input, output: by === 'shared' ? sharedMemory(bytes) : null };
  }

  /** What is to be transferred with the task: the sender has it no longer. */
  transferOf(task: PayloadTask): ArrayBuffer[] {
    return this.#setting.by === 'transfer' ? [task.input.buffer as ArrayBuffer] : [];
  }

  /** @throws WorkerLost when the data did not arrive whole: an executor that moves half of it must not look fast */
  unpack(index: number, { result, output }: PayloadResult): unknown {
    const { bytes } = this.#setting;
    const fill = fillOf(index);
    const whole =
      output.byteLength === bytes && output[0] === mark(fill) && (bytes === 1 || output.at(-1) === fill);
    if (!whole) throw new WorkerLost({ code: 'payload-damaged', task: index });
    return result;
  }
}

function sharedMemory(bytes: number): Uint8Array {
  return new Uint8Array(new SharedArrayBuffer(bytes));
}

/** The memory of a worker's reply that is to be transferred; null for a reply without data, such as a failure. */
export function outputOf(reply: unknown): ArrayBuffer | null {
  const output = (reply as Partial<PayloadResult> | null | undefined)?.output;
  return output instanceof Uint8Array ? (output.buffer as ArrayBuffer) : null;
}

/** The task's side: reads the whole input and writes the whole output, in one pass. */
function answer({ index, input, output }: PayloadTask): Uint8Array {
  const answered = output ?? new Uint8Array(input.byteLength);
  answered.set(input);
  answered[0] = mark(fillOf(index));
  return answered;
}

function fillOf(index: number): number {
  return (index * 31 + 7) & 0xff;
}

/** The first byte tells that a task has had its hands on the data. */
function mark(fill: number): number {
  return fill ^ 0xff;
}

/** The workload where nothing has to travel: input and output are handed over by reference. */
export function withPayloadHere(workload: Workload, setting: PayloadSetting): Workload {
  const codec = new PayloadCodec({ ...setting, by: 'clone' });
  const { taskSync } = workload;
  return {
    ...workload,
    async task(context, index, signal) {
      const task = codec.pack(index);
      const result = await workload.task(context, index, signal);
      return codec.unpack(index, { result, output: answer(task) });
    },
    ...(taskSync !== undefined && {
      taskSync(context: unknown, index: number) {
        const task = codec.pack(index);
        return codec.unpack(index, { result: taskSync(context, index), output: answer(task) });
      },
    }),
  };
}

/** The workload in a worker, whose inputs come in messages. */
export function withPayloadFrom(workload: Workload, inputs: Map<number, PayloadTask>): Workload {
  return {
    ...workload,
    async task(context, index, signal): Promise<PayloadResult> {
      const task = inputs.get(index)!;
      inputs.delete(index);
      return { result: await workload.task(context, index, signal), output: answer(task) };
    },
  };
}
