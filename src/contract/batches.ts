import assert from 'node:assert/strict';
import type { Executor } from '../executors/executor.js';
import { COMPLETED, NOT_STARTED } from '../tasks/recorder.js';
import { check, type OpenCheck, range } from './check.js';
import type { Started } from './start.js';

const TURNS = 10;

/** Every task once, each result in its place, no more in flight than allowed. */
export function batchChecks(executor: Executor): OpenCheck[] {
  return [
    ...[0, 1, 2, 10, 257].map(everyTaskOnce),
    check('runs fewer tasks than it has workers, and batch after batch', async start => {
      const probe = await start({ does: 'wait', threads: 4, inFlight: 8 });
      for (const tasks of [1, 3, 20]) assert.deepEqual((await probe.run(tasks)).results, range(tasks));
    }),
    ...(executor.needsTaskSync === true ? [] : limits(executor)),
    check('is disposed of twice without harm, and leaves no thread and no process', async start => {
      // What others have closed goes at the end of a turn of the loop.
      for (let turn = 0; turn < TURNS; turn++) await new Promise(setImmediate);
      const before = resources();
      const probe = await start({});
      await probe.run(5);
      await Promise.all([probe.executor[Symbol.asyncDispose](), probe.executor[Symbol.asyncDispose]()]);
      // With the broker of one that goes through one.
      await probe[Symbol.asyncDispose]();
      for (let turn = 0; turn < TURNS && resources() > before; turn++) await new Promise(setImmediate);
      assert.ok(resources() <= before, `${resources() - before} more than before`);
    }),
    ...(!executor.capabilities.workers ? [] : [runsOnAllWorkers()]),
  ];
}

function everyTaskOnce(tasks: number): OpenCheck {
  return check(`runs each of ${tasks} tasks once and delivers each result to its place`, async start => {
    const { ledger, run } = await start({ does: 'index' });
    const batch = await run(tasks);
    assert.deepEqual(batch.results, range(tasks));
    assert.equal(batch.completed, tasks);
    assert.equal(batch.failed + batch.cancelled, 0);
    const outcomes = [...ledger.outcome];
    assert.ok(outcomes.slice(0, tasks).every(outcome => outcome === COMPLETED));
    assert.ok(outcomes.slice(tasks).every(outcome => outcome === NOT_STARTED));
    for (const index of range(tasks)) {
      const [started, finished] = [ledger.startedNs[index]!, ledger.finishedNs[index]!];
      assert.ok(
        started > 0n && started <= finished && finished <= ledger.deliveredNs[index]!,
        `task ${index}`,
      );
    }
  });
}

function limits(executor: Executor): OpenCheck[] {
  const sixInFlight = {
    threads: 2,
    inFlight: 6,
    options: 'batchSize' in executor.options ? { batchSize: 6 } : {},
  };
  return [
    check('has as many tasks in flight as it may, and no more', async start => {
      const probe = await start({ does: 'gauge', ...sixInFlight });
      assert.equal(await mostInFlight(probe), limitOf(executor));
    }),
    // A pool that moves waiting tasks from a worker to another may lose count of what each of them has.
    check('has no more tasks in flight than it may while workers are held up', async start => {
      const probe = await start({ does: 'unevenGauge', ...sixInFlight });
      for (let batch = 0; batch < 3; batch++)
        assert.ok((await mostInFlight(probe)) <= limitOf(executor), `batch ${batch}`);
    }),
  ];
}

/** Of 60 tasks, as one worker or the loop saw it. */
async function mostInFlight(probe: Started): Promise<number> {
  const { results } = await probe.run(60);
  return Math.max(...(results as number[]));
}

/** Of 60 tasks, 6 in flight for 2 workers, as one worker or the loop sees it. */
function limitOf(executor: Executor): number {
  if (executor.maxInFlight === 1 || executor.maxInFlightPerWorker === 1) return 1;
  if (executor.capabilities.workers) return 3;
  return (
    executor.concurrency?.({ options: { batchSize: 6 }, inFlight: 6, tasks: 60, connections: false }) ?? 6
  );
}

function runsOnAllWorkers(): OpenCheck {
  return check('runs tasks elsewhere than on the main thread, and on all of its workers', async start => {
    const probe = await start({ does: 'place', threads: 2, inFlight: 2 });
    const seen = new Set<string>();
    // Who is first may take all of a short batch.
    for (let attempt = 0; attempt < 50 && seen.size < 2; attempt++) {
      const { results } = await probe.run(200);
      for (const { isWorker, place } of results as { isWorker: boolean; place: string }[]) {
        assert.equal(isWorker, true);
        seen.add(place);
      }
    }
    assert.equal(seen.size, 2);
  });
}

/** Threads and processes of this process that are still there. */
function resources(): number {
  return process
    .getActiveResourcesInfo()
    .filter(name => name === 'MessagePort' || name === 'Worker' || name === 'ProcessWrap').length;
}
