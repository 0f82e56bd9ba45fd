import { expect, test } from 'vitest';
import { Batch } from '../../src/tasks/batch.js';
import { failureBy } from '../../src/tasks/failure.js';
import { COMPLETED, FAILED } from '../../src/tasks/recorder.js';
import { Ledger } from '../../src/trial/ledger.js';
import { BatchTrialLoad } from '../../src/trial/loads/batch-load.js';
import { traceOf } from '../../src/trial/trace.js';

/** Task by task: worker, started and finished in ms; null has not been started. */
function runOf(
  tasks: readonly (readonly [worker: number, from: number, to: number] | null)[],
  wallMs: number,
) {
  const ledger = Ledger.allocate(tasks.length, true, { workers: 2 });
  ledger.reset(tasks.length);
  tasks.forEach((task, index) => {
    if (task === null) return;
    const [worker, from, to] = task;
    ledger.receive(index, COMPLETED, worker, from * 1e6, to * 1e6);
  });
  const load = new BatchTrialLoad({ tasks: tasks.length });
  const batch = new Batch(tasks.length, ledger, new AbortController().signal);
  return { load, ledger, batch, startNs: 0n, wallMs, record: null };
}

test('the mean in flight of each worker, part by part, adds up to the time that its tasks ran', () => {
  const run = runOf([[0, 0, 100], [0, 0, 50], [1, 25, 75.3], [0, 10.1, 10.2], null], 100);
  const { tracks, tasks, wallMs } = traceOf(run);
  expect({ tasks, wallMs }).toEqual({ tasks: 5, wallMs: 100 });
  expect(tracks.map(({ worker, tasks: number }) => [worker, number])).toEqual([
    [0, 3],
    [1, 1],
  ]);
  const ran = tracks.map(
    ({ inFlight }) => (inFlight.reduce((sum, one) => sum + one, 0) * wallMs) / inFlight.length,
  );
  expect(ran[0]).toBeCloseTo(150.1, 1);
  expect(ran[1]).toBeCloseTo(50.3, 1);
  const { inFlight } = tracks[0]!;
  expect(inFlight[0]).toBe(2);
  expect(inFlight.at(-1)).toBe(1);
  expect(tracks[1]!.inFlight[0]).toBe(0);
});

test('a cause that is known stays data', () => {
  const run = runOf([[0, 0, 1]], 1);
  run.ledger.outcome[0] = FAILED;
  run.batch.fail(0, failureBy({ code: 'timeout', limitMs: 5 }));
  const [task] = traceOf(run).first;
  expect(task).toMatchObject({ outcome: 'timeout', says: { code: 'timeout', limitMs: 5 } });
});

test('what the first tasks said, and in which order they came', () => {
  const run = runOf(
    [
      [0, 0, 3],
      [0, 0, 1],
      [0, 0, 2],
    ],
    3,
  );
  const { batch, ledger } = run;
  batch.complete(1, { status: 200, body: 'x\ny' });
  ledger.outcome[2] = FAILED;
  batch.fail(2, { kind: 'http-503', message: '/sites/shop - 503' });
  batch.complete(0, '/sites/news - 200');
  const { first, arrived } = traceOf(run);
  expect(arrived).toEqual([1, 2, 0]);
  expect(first.map(({ index, outcome, says }) => [index, outcome, says])).toEqual([
    [0, 'completed', '/sites/news - 200'],
    [1, 'completed', "{ status: 200, body: 'x\\ny' }"],
    [2, 'http-503', '/sites/shop - 503'],
  ]);
  expect(first[0]).toMatchObject({ queuedMs: 0, startedMs: 0, finishedMs: 3, worker: 0 });
});
