import { describe, expect, it } from 'vitest';
import { WorkerLost } from '../../src/errors.js';
import { executorNames, findExecutor } from '../../src/executors/registry.js';
import { digestResults } from '../../src/trial/digest.js';
import { CANCELLED, COMPLETED, FAILED, NOT_STARTED } from '../../src/trial/ledger.js';
import { type StartAsked, startProbe } from './start.js';

const range = (n: number) => Array.from({ length: n }, (_, index) => index);

/** Threads of this process that are still there. */
const threadsAlive = () => process.getActiveResourcesInfo().filter(name => name === 'MessagePort').length;

const kinds = new Map<string, string>();
for (const name of executorNames) kinds.set(name, (await findExecutor(name)!.load()).kind);
const threaded = executorNames.filter(name => kinds.get(name) === 'threads');

describe.each(executorNames)('%s', name => {
  it.each([0, 1, 2, 10, 257])(
    'runs each of %d tasks once and delivers each result to its place',
    async tasks => {
      await using probe = await startProbe(name, { does: 'index', threads: 2 });
      const batch = probe.batch(tasks);
      await probe.executor.run(batch);
      expect(batch.results).toEqual(range(tasks));
      expect(batch.completed).toBe(tasks);
      expect(batch.failed + batch.cancelled).toBe(0);
      const outcomes = [...probe.ledger.outcome];
      expect(outcomes.slice(0, tasks).every(outcome => outcome === COMPLETED)).toBe(true);
      expect(outcomes.slice(tasks).every(outcome => outcome === NOT_STARTED)).toBe(true);
      for (const index of range(tasks)) {
        const started = probe.ledger.startedNs[index]!;
        const finished = probe.ledger.finishedNs[index]!;
        expect(started <= finished && finished <= probe.ledger.deliveredNs[index]!).toBe(true);
      }
    },
  );

  it('runs fewer tasks than it has threads, and batch after batch', async () => {
    await using probe = await startProbe(name, { does: 'wait', threads: 4, inFlight: 8 });
    for (const tasks of [1, 3, 20]) {
      const batch = probe.batch(tasks);
      await probe.executor.run(batch);
      expect(batch.results).toEqual(range(tasks));
    }
  });

  it('keeps to its limit in flight', async () => {
    await using probe = await startProbe(name, {
      does: 'gauge',
      threads: 2,
      inFlight: 6,
      options: { batchSize: 6 },
    });
    const batch = probe.batch(60);
    await probe.executor.run(batch);
    const most = Math.max(...(batch.results as number[]));
    // All at once is what promise-all is: its connections keep to the limit, not its tasks.
    const limits: Record<string, number> = { sequential: 1, 'promise-all': 60, limited: 6, batched: 6 };
    expect(most).toBe(limits[name] ?? 3);
  });

  it('carries every kind of value, with the digests of the loop', async () => {
    const digestsOf = async (executor: string) => {
      await using probe = await startProbe(executor, { does: 'values' });
      const batch = probe.batch(18);
      await probe.executor.run(batch);
      expect(batch.completed).toBe(18);
      return digestResults(batch.results);
    };
    expect(await digestsOf(name)).toEqual(await digestsOf('sequential'));
  });

  it.each([
    ['fails', /^Error: task \d+ failed$/],
    ['throwsAtOnce', /^TypeError: task \d+ threw$/],
  ])('counts a task that %s, and goes on', async (does, message) => {
    await using probe = await startProbe(name, { does });
    const batch = probe.batch(12);
    await probe.executor.run(batch);
    expect(batch.completed).toBe(8);
    expect(batch.failedByKind).toEqual({ error: 4 });
    expect(batch.examples).toHaveLength(1);
    expect(batch.examples[0]?.message).toMatch(message);
    expect(range(12).map(index => probe.ledger.outcome[index])).toEqual(
      range(12).map(index => (index % 3 === 1 ? FAILED : COMPLETED)),
    );
  });

  it.each(['stalls', 'deaf'])('times out a task that %s, and finishes the others', async does => {
    await using probe = await startProbe(name, { does, taskTimeoutMs: 20 });
    const batch = probe.batch(12);
    await probe.executor.run(batch);
    expect(batch.completed).toBe(8);
    expect(batch.failedByKind).toEqual({ timeout: 4 });
  });

  it('does nothing for a batch that is aborted beforehand', async () => {
    await using probe = await startProbe(name, { does: 'index' });
    const batch = probe.batch(10, AbortSignal.abort());
    await probe.executor.run(batch);
    expect(batch.completed + batch.failed + batch.cancelled).toBe(0);
  });

  it('cancels what is in flight when it is aborted, and can go on afterwards', async () => {
    await using probe = await startProbe(name, { does: 'stalls' });
    const controller = new AbortController();
    const batch = probe.batch(12, controller.signal);
    const running = probe.executor.run(batch);
    // Task 2 stalls for ever: once it has started, nothing but the abort ends the batch.
    while (probe.ledger.outcome[2] === NOT_STARTED) await new Promise(setImmediate);
    controller.abort();
    await running;
    expect(batch.cancelled).toBeGreaterThan(0);
    expect(batch.failed).toBe(0);
    expect(probe.ledger.outcome[2]).toBe(CANCELLED);
    const next = probe.batch(2);
    await probe.executor.run(next);
    expect(next.results).toEqual([0, 1]);
  });

  it('is disposed of twice without harm, and leaves no thread', async () => {
    const before = threadsAlive();
    const probe = await startProbe(name, { does: 'index' });
    await probe.executor.run(probe.batch(5));
    await Promise.all([probe.executor[Symbol.asyncDispose](), probe.executor[Symbol.asyncDispose]()]);
    await probe.executor[Symbol.asyncDispose]();
    expect(threadsAlive()).toBe(before);
  });
});

describe.each(executorNames)('%s, under a rate load', name => {
  const started = (does: string, more: Partial<StartAsked> = {}) =>
    startProbe(name, { does, load: 'rate', threads: 2, ...more });

  it('starts no task before it is due, and each that is, until no more will come', async () => {
    await using probe = await started('index');
    const { ledger } = probe;
    const arrived = endings();
    const batch = probe.batch(9, undefined, { ended: () => arrived.next() });
    const run = probe.executor.run(batch);
    for (const due of [1, 4, 9]) {
      ledger.releaseUpTo(due);
      await arrived.reach(due);
      expect(batch.completed).toBe(due);
      expect([...ledger.outcome.subarray(due, 9)].every(outcome => outcome === NOT_STARTED)).toBe(true);
    }
    ledger.close();
    await run;
    expect(batch.results).toEqual(range(9));
  });

  it('ends with what was due when fewer come than were planned', async () => {
    await using probe = await started('wait');
    const batch = probe.batch(50);
    probe.ledger.releaseUpTo(7);
    probe.ledger.close();
    await probe.executor.run(batch);
    expect([batch.completed, batch.failed, batch.cancelled]).toEqual([7, 0, 0]);
  });

  it('ends soon after an abort, those that wait for a task and those in the middle of one', async () => {
    await using probe = await started('stalls');
    const controller = new AbortController();
    const arrived = endings();
    const batch = probe.batch(20, controller.signal, { ended: () => arrived.next() });
    const run = probe.executor.run(batch);
    // Task 2 stalls; the others end.
    probe.ledger.releaseUpTo(3);
    await arrived.reach(2);
    controller.abort();
    await run;
    expect(batch.completed).toBe(2);
    // Task 2 had been started, or was held back by the abort: then it has no outcome.
    expect(batch.failed).toBe(0);
    expect(probe.ledger.outcome[2]).toBe(batch.cancelled === 1 ? CANCELLED : NOT_STARTED);
  });
});

describe.each(executorNames)('%s, under a duration load', name => {
  it('goes on until the time is over, and each result comes once', async () => {
    await using probe = await startProbe(name, { does: 'index', load: 'duration', threads: 2 });
    const { ledger } = probe;
    const seen = new Set<number>();
    const enough = 40_000;
    const batch = probe.batch(Number.POSITIVE_INFINITY, undefined, {
      keep: 100,
      ended: index => {
        seen.add(index);
        ledger.release(index);
        // More than the ring has places for, so that they have been used again.
        if (seen.size === enough) ledger.begin(0n, 1n);
      },
    });
    ledger.begin(0n, 2n ** 62n);
    await probe.executor.run(batch);
    expect(seen.size).toBeGreaterThanOrEqual(enough);
    expect(batch.completed).toBe(seen.size);
    expect(batch.results).toEqual(range(100));
    expect(ledger.inFlight()).toBe(0);
  });
});

/** Counts endings, and resolves when so many have come. */
function endings() {
  let count = 0;
  let wanted = Number.POSITIVE_INFINITY;
  let resolve: () => void = () => {};
  return {
    next() {
      if (++count >= wanted) resolve();
    },
    reach(number: number): Promise<void> {
      wanted = number;
      return count >= number ? Promise.resolve() : new Promise(done => (resolve = done));
    },
  };
}

describe.each(threaded)('%s, whose workers are threads', name => {
  it('runs tasks on other threads than this one, and on all of them', async () => {
    await using probe = await startProbe(name, { does: 'thread', threads: 2, inFlight: 2 });
    const seen = new Set<number>();
    // Who is first may take all of a short batch.
    for (let attempt = 0; attempt < 50 && seen.size < 2; attempt++) {
      const batch = probe.batch(200);
      await probe.executor.run(batch);
      for (const result of batch.results as { isMainThread: boolean; threadId: number }[]) {
        expect(result.isMainThread).toBe(false);
        seen.add(result.threadId);
      }
    }
    expect(seen.size).toBe(2);
  });

  it.each([
    ['exits', /exited with code:? 0/],
    ['throwsOutside', /outside a task/],
  ])('loses the batch when a thread %s, and says why', async (does, reason) => {
    await using probe = await startProbe(name, { does });
    const run = probe.executor.run(probe.batch(10));
    await expect(run).rejects.toThrow(WorkerLost);
    await expect(run).rejects.toThrow(reason);
    await expect(probe.executor.run(probe.batch(10))).rejects.toThrow(WorkerLost);
  });
});

it('queue counts a result that cannot travel as a failure that names the value', async () => {
  await using probe = await startProbe('queue', { does: 'uncloneable' });
  const batch = probe.batch(6);
  await probe.executor.run(batch);
  expect(batch.completed).toBe(5);
  expect(batch.failedByKind).toEqual({ uncloneable: 1 });
  expect(batch.examples[0]?.message).toMatch(/\(\) => index could not be cloned/);
  expect(probe.ledger.outcome[1]).toBe(FAILED);
});

it('promise-all with onError=abort cancels the rest after the first failure', async () => {
  await using probe = await startProbe('promise-all', { does: 'fails', options: { onError: 'abort' } });
  const batch = probe.batch(12);
  await probe.executor.run(batch);
  expect(batch.failed).toBe(1);
  expect(batch.completed + batch.failed + batch.cancelled).toBe(12);
  expect(batch.cancelled).toBeGreaterThan(0);
});
