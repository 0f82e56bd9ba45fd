import { MessageChannel, Worker } from 'node:worker_threads';
import { describe, expect, it } from 'vitest';
import { executorChecks } from '../../src/contract/index.js';
import { LOOP, THREADS } from '../../src/executors/capabilities.js';
import { defineExecutor, type RunningExecutor, type StartOptions } from '../../src/executors/executor.js';
import { startOnLoop } from '../../src/executors/loop.js';
import { type Pool, type PoolStartRequest, startPool } from '../../src/executors/pool.js';
import { errorText } from '../../src/report/words/losses.js';
import type { Batch } from '../../src/tasks/batch.js';
import type { PoolRequest } from '../../src/tasks/pool-task.js';
import { localSource, NONE_LEFT, type TaskSource } from '../../src/tasks/source.js';
import type { Sink, TaskRunner } from '../../src/tasks/task-runner.js';
import type { Ledger } from '../../src/trial/ledger.js';
import type { WorkloadRef } from '../../src/workloads/workload.js';

type Run = (runner: TaskRunner, batch: Batch, options: StartOptions) => Promise<void>;
type Start = (workload: WorkloadRef, options: StartOptions) => Promise<RunningExecutor>;

const executor = (start: Start) =>
  defineExecutor({ name: 'broken', summary: 'not as it should be', capabilities: LOOP, options: {}, start });
const running = (run: Run) =>
  executor((workload, options) =>
    startOnLoop(workload, options, (runner, batch) => run(runner, batch, options)),
  );
/** As `limited` does it. */
const lanes = (runner: TaskRunner, { inFlight }: StartOptions, source: TaskSource, sink: Sink) =>
  runner.runLanes(inFlight, source, sink);
const claiming = (claim: (batch: Batch) => () => number) =>
  running((runner, batch, options) =>
    lanes(runner, options, { claim: claim(batch), arrival: () => batch.source.arrival() }, batch),
  );
const keeping = (complete: (batch: Batch) => Sink['complete']) =>
  running((runner, batch, options) =>
    lanes(runner, options, batch.source, {
      complete: complete(batch),
      fail: (index, failure) => batch.fail(index, failure),
    }),
  );

const loadOf = (batch: Batch) => (batch.recorder as Ledger).shared.load;
function once(index: number): TaskSource {
  const indexes = [index];
  return { claim: () => indexes.pop() ?? NONE_LEFT, arrival: () => Promise.resolve() };
}

/** Hears no abort. */
const deaf = executor(async (workload, options) => {
  const { run, ...rest } = await startOnLoop(workload, options, (runner, batch) =>
    lanes(runner, options, batch.source, batch),
  );
  const { signal } = new AbortController();
  return { ...rest, run: batch => run(Object.defineProperty(batch, 'signal', { value: signal })) };
});

/** Names of the checks that it does not pass. */
async function failed(broken: ReturnType<typeof executor>, limitMs?: number): Promise<string[]> {
  const names: string[] = [];
  for (const { name, run } of await executorChecks(broken, limitMs === undefined ? {} : { limitMs }))
    await run().catch(() => names.push(name));
  return names;
}

it('an executor as it should be passes them all', async () => {
  const right = running((runner, batch, options) => lanes(runner, options, batch.source, batch));
  expect(await failed(right)).toEqual([]);
});

describe('an executor is found out that', () => {
  it.each<[string, ReturnType<typeof executor>, string[]]>([
    [
      'runs one task at a time where more are allowed',
      running((runner, batch) => runner.runLanes(1, batch.source, batch)),
      ['has as many tasks in flight as it may, and no more'],
    ],
    [
      'runs one more than is allowed',
      running((runner, batch, { inFlight }) => runner.runLanes(inFlight + 1, batch.source, batch)),
      [
        'has as many tasks in flight as it may, and no more',
        'has no more tasks in flight than it may while workers are held up',
      ],
    ],
    [
      'leaves out the last of ten',
      claiming(({ source, tasks }) => () => {
        const index = source.claim();
        return tasks === 10 && index === 9 ? NONE_LEFT : index;
      }),
      ['runs each of 10 tasks once and delivers each result to its place'],
    ],
    [
      'runs a task of ten twice',
      running(async (runner, batch, options) => {
        await lanes(runner, options, batch.source, batch);
        if (batch.tasks === 10 && !batch.signal.aborted) await runner.runAll(once(4), batch);
      }),
      ['runs each of 10 tasks once and delivers each result to its place'],
    ],
    [
      'gives two of ten results to the wrong tasks',
      keeping(
        batch => (index, result) =>
          batch.complete(batch.tasks === 10 && index < 2 ? 1 - index : index, result),
      ),
      ['runs each of 10 tasks once and delivers each result to its place'],
    ],
    [
      'changes values on their way',
      keeping(batch => (index, result) => {
        batch.complete(index, result instanceof Map ? Object.fromEntries(result) : result);
      }),
      ['carries every kind of value, with the digests of a loop'],
    ],
    [
      'rejects when a task fails',
      running(async (runner, batch, options) => {
        await lanes(runner, options, batch.source, batch);
        if (batch.failedByKind.error !== undefined) throw new Error('a task failed');
      }),
      ['counts a task that fails, and goes on', 'counts a task that throws at once, and goes on'],
    ],
    [
      'starts what is aborted already',
      claiming(batch => {
        const { tasks, signal, source } = batch;
        const all = localSource(tasks, new AbortController().signal);
        const tooLate = loadOf(batch) === 'batch' && signal.aborted;
        return () => (tooLate ? all.claim() : source.claim());
      }),
      ['does nothing for a batch that is aborted beforehand'],
    ],
    [
      'starts tasks before they are due',
      claiming(batch => {
        const all = localSource(batch.tasks, batch.signal);
        return () => (loadOf(batch) === 'rate' ? all.claim() : batch.source.claim());
      }),
      [
        'by rate: starts no task before it is due, and each that is, until no more will come',
        'by rate: ends with what was due when fewer come than were planned',
      ],
    ],
    [
      'stops before the time is over',
      claiming(batch => {
        let left = 1_000;
        return () => (loadOf(batch) === 'duration' && left-- <= 0 ? NONE_LEFT : batch.source.claim());
      }),
      ['by duration: goes on until the time is over, and each result comes once'],
    ],
    [
      'cannot be disposed of twice',
      executor(async (workload, options) => {
        const { run } = await startOnLoop(workload, options, (runner, batch) =>
          lanes(runner, options, batch.source, batch),
        );
        let disposed = false;
        return {
          run,
          async [Symbol.asyncDispose]() {
            // Of a check that disposes of it itself the end is the second time.
            if (disposed) throw new Error('disposed of already');
            disposed = true;
          },
        };
      }),
      ['is disposed of twice without harm, and leaves no thread and no process'],
    ],
  ])('%s', async (_, broken, expected) => {
    expect(await failed(broken)).toEqual(expected);
  });

  it('leaves something behind that keeps a process alive', async () => {
    const channels: MessageChannel[] = [];
    const broken = executor((workload, options) => {
      const channel = new MessageChannel();
      channel.port1.on('message', () => {});
      channels.push(channel);
      return startOnLoop(workload, options, (runner, batch) => lanes(runner, options, batch.source, batch));
    });
    const names = await failed(broken);
    for (const { port1 } of channels) port1.close();
    expect(names).toEqual(['is disposed of twice without harm, and leaves no thread and no process']);
  });

  it('returns nothing when it is started', async () => {
    const [check] = await executorChecks(executor(async () => undefined as unknown as RunningExecutor));
    expect(await check!.run().catch(errorText)).toBe(
      'start() of broken returned no { run, [Symbol.asyncDispose] }',
    );
  });

  it.each<[string, ReturnType<typeof executor>, string]>([
    ['never ends', running(() => new Promise(() => {})), 'runs each of 0 tasks once'],
    [
      'knows no time-outs',
      executor((workload, options) =>
        startOnLoop(workload, { ...options, taskTimeoutMs: 2 ** 30 }, (runner, batch) =>
          lanes(runner, options, batch.source, batch),
        ),
      ),
      'times out a task that stalls',
    ],
    ['hears no abort', deaf, 'cancels what is in flight'],
    ['hears none by rate', deaf, 'by rate: ends soon after an abort'],
  ])('%s, and is not waited for', async (_, broken, name) => {
    const checks = await executorChecks(broken, { limitMs: 100 });
    const check = checks.find(one => one.name.startsWith(name))!;
    await expect(check.run()).rejects.toThrow('it is still not done after 0.1 s');
  });

  it('is a pool that does not tell when a thread ends', async () => {
    const broken = defineExecutor({
      name: 'silent',
      summary: 'threads in turn',
      capabilities: THREADS,
      options: {},
      start: (workload, options) => startPool('silent', workload, options, asked => new SilentPool(asked)),
    });
    // Long beside the start of four threads on a machine whose other tests use every core.
    const checks = await executorChecks(broken, { limitMs: 4_000 });
    const faults: string[] = [];
    for (const { name, run } of checks.filter(one => one.name.includes('batch')))
      await run().catch(({ message }: Error) => faults.push(`${name}: ${message}`));
    expect(faults).toEqual([
      'loses a batch whose results nobody looks at over one that cannot travel, and says why: Missing expected rejection (WorkerLost).',
      'loses the batch when a worker exits, and says why: it is still not done after 4 s',
      'loses the batch when a worker throws outside of its tasks, and says why: it is still not done after 4 s',
    ]);
  });
});

class SilentPool implements Pool {
  readonly #workers: readonly Worker[];
  readonly #waiting = new Map<number, (value: unknown) => void>();
  #sent = 0;

  constructor({ threads, data }: PoolStartRequest) {
    this.#workers = Array.from({ length: threads }, () => {
      const worker = new Worker(new URL('../../examples/my-pool-worker.mjs', import.meta.url), {
        workerData: data,
        stderr: true,
      });
      worker.on('error', () => {});
      return worker.on('message', ({ id, value }) => this.#waiting.get(id)!(value));
    });
  }

  run(request: PoolRequest): Promise<unknown> {
    return new Promise(resolve => {
      const id = this.#sent++;
      this.#waiting.set(id, resolve);
      this.#workers[id % this.#workers.length]!.postMessage({ id, request });
    });
  }

  async close(): Promise<void> {
    await Promise.all(this.#workers.map(worker => worker.terminate()));
  }
}
