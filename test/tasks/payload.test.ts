import { expect, test } from 'vitest';
import { PayloadCodec, type PayloadTask, withPayloadFrom, withPayloadHere } from '../../src/tasks/payload.js';
import { TaskSignal } from '../../src/workloads/task-signal.js';
import { defineWorkload } from '../../src/workloads/workload.js';

const workload = defineWorkload({
  name: 'own',
  summary: 'its index',
  kind: 'cpu',
  params: {},
  defaults: { tasks: 1 },
  open: async () => null,
  task: async (_context, index) => index,
  taskSync: (_context, index) => index,
  close: async () => {},
});

/** As a worker of an executor that clones would do it. */
async function throughWorker(task: PayloadTask): Promise<{ result: unknown; output: Uint8Array }> {
  const inputs = new Map([[task.index, task]]);
  const result = await withPayloadFrom(workload, inputs).task(null, task.index, new TaskSignal());
  expect(inputs.size).toBe(0);
  return result as { result: unknown; output: Uint8Array };
}

test.each(['clone', 'transfer', 'shared'] as const)(
  'by %s, a task has its data and gives as much back',
  async by => {
    const desk = new PayloadCodec({ bytes: 1_000, by });
    const task = desk.pack(5);
    expect(task.input).toHaveLength(1_000);
    expect(new Set(task.input).size).toBe(1);
    expect(desk.transferOf(task)).toEqual(by === 'transfer' ? [task.input.buffer] : []);
    expect(task.input.buffer instanceof SharedArrayBuffer).toBe(by === 'shared');
    const reply = await throughWorker(task);
    expect(reply.output).toHaveLength(1_000);
    expect(desk.unpack(5, reply)).toBe(5);
  },
);

test.each([
  ['half of it', (output: Uint8Array) => output.subarray(0, 50)],
  ['the data as it was sent', (output: Uint8Array) => output.fill(output.at(-1)!)],
  ["another task's", () => new Uint8Array(100).fill(3)],
])('%s is not taken for the whole', async (_, damage) => {
  const desk = new PayloadCodec({ bytes: 100, by: 'clone' });
  const { result, output } = await throughWorker(desk.pack(2));
  expect(() => desk.unpack(2, { result, output: damage(output) })).toThrow(
    expect.objectContaining({ loss: { code: 'payload-damaged', task: 2 } }),
  );
});

test('where nothing has to travel the same work is done in place', async () => {
  const here = withPayloadHere(workload, { bytes: 1, by: 'clone' });
  expect(await here.task(null, 9, new TaskSignal())).toBe(9);
  expect(here.taskSync!(null, 9)).toBe(9);
});
