import { describe, expect, it } from 'vitest';
import { Batch } from '../../src/tasks/batch.js';
import { COMPLETED, FAILED } from '../../src/tasks/recorder.js';
import { localSource } from '../../src/tasks/source.js';
import { TaskRunner } from '../../src/tasks/task-runner.js';
import { Ledger } from '../../src/trial/ledger.js';
import type { TaskSignal } from '../../src/workloads/task-signal.js';
import type { Workload } from '../../src/workloads/workload.js';

type Task = (index: number, signal: TaskSignal) => Promise<unknown>;

function runnerOf(task: Task, taskTimeoutMs = 30_000) {
  const ledger = Ledger.allocate(100, false);
  const workload = { task: (_context: unknown, index: number, signal: TaskSignal) => task(index, signal) };
  const runner = new TaskRunner({
    workload: workload as Workload,
    context: null,
    recorder: ledger,
    worker: 3,
    taskTimeoutMs,
  });
  const batch = (tasks: number) => new Batch(tasks, ledger, new AbortController().signal);
  return { ledger, runner, batch };
}

const sourceOf = (tasks: number) => localSource(tasks, new AbortController().signal);

const busyMs = (ms: number) => {
  const start = process.hrtime.bigint();
  while (process.hrtime.bigint() - start < BigInt(ms * 1e6));
};

it.each<[string, (runner: TaskRunner, batch: Batch) => Promise<void>]>([
  ['lanes', (runner, batch) => runner.runLanes(1, batch.source, batch)],
  ['all at once', (runner, batch) => runner.runAll(batch.source, batch)],
])('%s: a task that holds the thread past its limit has timed out', async (_, run) => {
  const task = async (index: number) => {
    if (index === 2) busyMs(6);
    return index;
  };
  const { ledger, runner, batch } = runnerOf(task, 5);
  const ran = batch(3);
  await run(runner, ran);
  expect(ran.failedByKind.timeout).toBeGreaterThan(0);
  expect(ledger.outcome[2]).toBe(FAILED);
  expect(ran.completed + ran.failed).toBe(3);
  expect(ran.examples[0]!.message).toEqual({ code: 'timeout', limitMs: 5 });
});

it.each<[string, (runner: TaskRunner, batch: Batch) => Promise<void>]>([
  ['lanes', (runner, batch) => runner.runLanes(2, batch.source, batch)],
  ['all at once', (runner, batch) => runner.runAll(batch.source, batch)],
])('%s: a task may return a plain value', async (_, run) => {
  const { runner, batch } = runnerOf(((index: number) => index) as unknown as Task);
  const ran = batch(3);
  await run(runner, ran);
  expect(ran.results).toEqual([0, 1, 2]);
});

describe('lanes', () => {
  it('compute one task at a time: a finish is stamped before the next task starts', async () => {
    const { ledger, runner, batch } = runnerOf(async index => index);
    await runner.runLanes(8, sourceOf(50), batch(50));
    for (let index = 1; index < 50; index++)
      expect(ledger.startedNs[index]! >= ledger.finishedNs[index - 1]!).toBe(true);
  });

  it('all wait at once when tasks wait', async () => {
    let inFlight = 0;
    let release: () => void = () => {};
    const gate = new Promise<void>(resolve => {
      release = resolve;
    });
    const { runner, batch } = runnerOf(async () => {
      // The eighth opens the gate: with fewer in flight this would never end.
      if (++inFlight === 8) release();
      await gate;
    });
    await runner.runLanes(8, sourceOf(8), batch(8));
    expect(inFlight).toBe(8);
  });

  it('write the number of their worker', async () => {
    const { ledger, runner, batch } = runnerOf(async () => {});
    await runner.runLanes(2, sourceOf(4), batch(4));
    expect([...ledger.worker.subarray(0, 5)]).toEqual([3, 3, 3, 3, 0]);
  });

  it('replace a lane whose task ignores its time-out, and do not record what that does later', async () => {
    let wake: (value: string) => void = () => {};
    const late = new Promise(resolve => {
      wake = resolve;
    });
    const { ledger, runner, batch } = runnerOf(index => (index === 0 ? late : Promise.resolve(index)), 10);
    const results = batch(5);
    // One lane only: the others would never run had it not been replaced.
    await runner.runLanes(1, sourceOf(5), results);
    expect(results.failedByKind).toEqual({ timeout: 1 });
    const finished = ledger.finishedNs[0];
    wake('too late');
    await late;
    await new Promise(setImmediate);
    expect(results.results[0]).toBeUndefined();
    expect(results.completed).toBe(4);
    expect(ledger.finishedNs[0]).toBe(finished);
    expect(ledger.outcome[0]).toBe(FAILED);
  });

  it('call a result that comes after its abort a time-out', async () => {
    const { runner, batch } = runnerOf(
      (_index, signal) => new Promise(resolve => signal.once('abort', () => resolve('anyway'))),
      10,
    );
    const results = batch(1);
    await runner.runLanes(1, sourceOf(1), results);
    expect(results.failedByKind).toEqual({ timeout: 1 });
  });
});

describe('all at once', () => {
  it('starts every task before any ends, and nothing for an empty range', async () => {
    const { ledger, runner, batch } = runnerOf(async index => index);
    await runner.runAll(sourceOf(0), batch(0));
    await runner.runAll(sourceOf(20), batch(20));
    // They start in order: the last start is the latest.
    for (let index = 0; index < 20; index++)
      expect(ledger.finishedNs[index]! >= ledger.startedNs[19]!).toBe(true);
  });
});

describe('one by one', () => {
  it('runs the task it is given, and none after an abort', async () => {
    const { ledger, runner } = runnerOf(async index => index * 2);
    expect(await runner.runOne(2)).toBe(4);
    ledger.abort();
    expect(await runner.runOne(1)).toBeUndefined();
    expect([...ledger.outcome.subarray(0, 3)]).toEqual([0, 0, COMPLETED]);
  });
});
