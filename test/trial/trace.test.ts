import { expect, test } from 'vitest';
import { Batch } from '../../src/tasks/batch.js';
import { COMPLETED, FAILED, Ledger } from '../../src/trial/ledger.js';
import { traceOf } from '../../src/trial/trace.js';

const ms = (value: number) => BigInt(value * 1e6);

/** Task by task: worker, started and finished in ms; null has not been started. */
function batchOf(tasks: readonly (readonly [worker: number, from: number, to: number] | null)[]): Batch {
  const ledger = Ledger.allocate(tasks.length, true, { workers: 2 });
  ledger.reset(tasks.length);
  tasks.forEach((task, index) => {
    if (task === null) return;
    const [worker, from, to] = task;
    ledger.record(index, { worker, startedNs: ms(from), finishedNs: ms(to), outcome: COMPLETED });
  });
  return new Batch(tasks.length, ledger, new AbortController().signal);
}

test('the mean in flight of each worker, part by part, adds up to the time that its tasks ran', () => {
  const batch = batchOf([[0, 0, 100], [0, 0, 50], [1, 25, 75.3], [0, 10.1, 10.2], null]);
  const { lanes, tasks, wallMs } = traceOf(batch, 0n, 100);
  expect({ tasks, wallMs }).toEqual({ tasks: 5, wallMs: 100 });
  expect(lanes.map(({ worker, tasks: number }) => [worker, number])).toEqual([
    [0, 3],
    [1, 1],
  ]);
  const ran = lanes.map(
    ({ inFlight }) => (inFlight.reduce((sum, one) => sum + one, 0) * wallMs) / inFlight.length,
  );
  expect(ran[0]).toBeCloseTo(150.1, 1);
  expect(ran[1]).toBeCloseTo(50.3, 1);
  const { inFlight } = lanes[0]!;
  expect(inFlight[0]).toBe(2);
  expect(inFlight.at(-1)).toBe(1);
  expect(lanes[1]!.inFlight[0]).toBe(0);
});

test('what the first tasks said, and in which order they came', () => {
  const batch = batchOf([
    [0, 0, 3],
    [0, 0, 1],
    [0, 0, 2],
  ]);
  batch.complete(1, { status: 200, body: 'x\ny' });
  batch.ledger.outcome[2] = FAILED;
  batch.fail(2, { kind: 'http-503', message: '/sites/shop - 503' });
  batch.complete(0, '/sites/news - 200');
  const { first, arrived } = traceOf(batch, 0n, 3);
  expect(arrived).toEqual([1, 2, 0]);
  expect(first.map(({ index, outcome, says }) => [index, outcome, says])).toEqual([
    [0, 'completed', '/sites/news - 200'],
    [1, 'completed', "{ status: 200, body: 'x\\ny' }"],
    [2, 'http-503', '/sites/shop - 503'],
  ]);
  expect(first[0]).toMatchObject({ startedMs: 0, finishedMs: 3, worker: 0 });
});
