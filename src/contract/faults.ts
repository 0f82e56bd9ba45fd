import assert from 'node:assert/strict';
import type { Executor } from '../executors/executor.js';
import { CANCELLED, COMPLETED, FAILED } from '../tasks/recorder.js';
import { awaitedLater, check, endings, type OpenCheck, range, whenStarted } from './check.js';

/** Errors, time-outs, aborts, and workers that die: counted, ended, never waited for in vain. */
export function faultChecks(executor: Executor): OpenCheck[] {
  return [
    countsFailures('fails', 'fails', /^Error: task \d+ failed$/),
    check('does nothing for a batch that is aborted beforehand', async start => {
      const probe = await start({});
      const batch = await probe.run(10, AbortSignal.abort());
      assert.equal(batch.completed + batch.failed + batch.cancelled, 0);
    }),
    check('times out a task that holds its thread too long', async start => {
      const probe = await start({ does: 'holds', taskTimeoutMs: 20 });
      const batch = await probe.run(6);
      // Others that were in flight beside it may have had to wait as long.
      assert.deepEqual(Object.keys(batch.failedByKind), ['timeout']);
      assert.equal(batch.completed + batch.failed, 6);
      for (const index of [1, 4]) assert.equal(probe.ledger.outcome[index], FAILED);
    }),
    // What holds its thread until it is done can neither be cut short nor aborted.
    ...(executor.needsTaskSync === true ? [] : waiting(executor)),
    ...(!executor.capabilities.workers
      ? []
      : executor.capabilities.takesOver === true
        ? takeOvers()
        : losses()),
  ];
}

function waiting(executor: Executor): OpenCheck[] {
  return [
    countsFailures('throwsAtOnce', 'throws at once', /^TypeError: task \d+ threw$/),
    ...Object.entries({ stalls: 'stalls', deaf: 'stalls and hears no abort' }).map(([does, inWords]) =>
      check(`times out a task that ${inWords}, and finishes the others`, async start => {
        // Long enough that a machine which stops for a moment makes none of the others late.
        const probe = await start({ does, taskTimeoutMs: 100 });
        const batch = await probe.run(12);
        assert.equal(batch.completed, 8);
        assert.deepEqual(batch.failedByKind, { timeout: 4 });
      }),
    ),
    check('cancels what is in flight when it is aborted, and can go on afterwards', async start => {
      const probe = await start({ does: 'stalls' });
      const controller = new AbortController();
      const arrived = endings();
      const batch = probe.batch(12, controller.signal, { ended: arrived.next });
      const running = awaitedLater(probe.executor.run(batch));
      // Task 2 stalls for ever: nothing but the abort ends the batch.
      await arrived.reach(1);
      await whenStarted(executor, probe.ledger, 2);
      controller.abort();
      await running;
      assert.equal(batch.failed, 0);
      assert.ok(batch.completed < 12);
      assert.equal(probe.ledger.outcome[2], CANCELLED);
      assert.deepEqual((await probe.run(2)).results, [0, 1]);
    }),
  ];
}

/** @param does what tasks of the probe do */
function countsFailures(does: string, inWords: string, message: RegExp): OpenCheck {
  return check(`counts a task that ${inWords}, and goes on`, async start => {
    const probe = await start({ does });
    const batch = await probe.run(12);
    assert.equal(batch.completed, 8);
    assert.deepEqual(batch.failedByKind, { error: 4 });
    assert.equal(batch.examples.length, 1);
    assert.match(String(batch.examples[0]!.message), message);
    assert.deepEqual(
      range(12).map(index => probe.ledger.outcome[index]),
      range(12).map(index => (index % 3 === 1 ? FAILED : COMPLETED)),
    );
  });
}

function losses(): OpenCheck[] {
  const ends = { exits: 'exits', throwsOutside: 'throws outside of its tasks' };
  return Object.entries(ends).map(([does, inWords]) =>
    check(`loses the batch when a worker ${inWords}, and says why`, async start => {
      const probe = await start({ does });
      await assert.rejects(probe.run(10), { name: 'WorkerLost', message: /\w/ });
      await assert.rejects(probe.run(10), { name: 'WorkerLost' });
    }),
  );
}

/** A task that ends each worker that has it fails in the end; whoever was beside it each time may have to as well. */
function takeOvers(): OpenCheck[] {
  const ends = { exits: 'exits', throwsOutside: 'throws outside of its tasks' };
  return Object.entries(ends).map(([does, inWords]) =>
    check(`fails a task as stalled when each worker that has it ${inWords}, and goes on`, async start => {
      const probe = await start({ does });
      const batch = await probe.run(10);
      assert.equal(batch.completed + batch.failed, 10);
      assert.deepEqual(Object.keys(batch.failedByKind), ['stalled']);
      assert.equal(probe.ledger.outcome[3], FAILED);
      assert.equal((await probe.run(3)).completed, 3);
    }),
  );
}
