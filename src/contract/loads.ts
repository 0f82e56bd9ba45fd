import assert from 'node:assert/strict';
import type { Executor } from '../executors/executor.js';
import { CANCELLED, NOT_STARTED } from '../tasks/recorder.js';
import { awaitedLater, check, endings, type OpenCheck, range, whenStarted } from './check.js';

/** Tasks that come as time goes by, and tasks without an end. */
export function loadChecks(executor: Executor): OpenCheck[] {
  const rate = { load: 'rate', threads: 2 } as const;
  return [
    check(
      'by rate: starts no task before it is due, and each that is, until no more will come',
      async start => {
        const probe = await start({ ...rate, does: 'index' });
        const { arrivals, outcome } = probe.ledger;
        const arrived = endings();
        const batch = probe.batch(9, undefined, { ended: arrived.next });
        const run = awaitedLater(probe.executor.run(batch));
        for (const due of [1, 4, 9]) {
          arrivals.releaseUpTo(due);
          await arrived.reach(due);
          assert.equal(batch.completed, due);
          assert.ok([...outcome.subarray(due, 9)].every(one => one === NOT_STARTED));
        }
        arrivals.close();
        await run;
        assert.deepEqual(batch.results, range(9));
      },
    ),
    check('by rate: ends with what was due when fewer come than were planned', async start => {
      const probe = await start({ ...rate, does: 'wait' });
      const batch = probe.batch(50);
      probe.ledger.arrivals.releaseUpTo(7);
      probe.ledger.arrivals.close();
      await probe.executor.run(batch);
      assert.deepEqual([batch.completed, batch.failed, batch.cancelled], [7, 0, 0]);
    }),
    ...(executor.needsTaskSync === true ? [] : [endsSoonAfterAnAbort(executor)]),
    check('by duration: goes on until the time is over, and each result comes once', async start => {
      const probe = await start({ load: 'duration', does: 'index' });
      const { ring, span, counts } = probe.ledger;
      const seen = new Set<number>();
      // More than the ring has places for, so that they have been used again; processes take long for as many.
      const enough = !executor.capabilities.sharesMemory ? 2_000 : 40_000;
      const batch = probe.batch(Number.POSITIVE_INFINITY, undefined, {
        keep: 100,
        ended: index => {
          seen.add(index);
          ring.release(index);
          if (seen.size === enough) span.begin(0n, 1n);
        },
      });
      span.begin(0n, 2n ** 62n);
      await probe.executor.run(batch);
      assert.ok(seen.size >= enough);
      assert.equal(batch.completed, seen.size);
      assert.deepEqual(batch.results, range(100));
      assert.equal(counts.inFlight(), 0);
    }),
  ];
}

function endsSoonAfterAnAbort(executor: Executor): OpenCheck {
  return check(
    'by rate: ends soon after an abort, those that wait for a task and those in the middle of one',
    async start => {
      const probe = await start({ load: 'rate', threads: 2, does: 'stalls' });
      const controller = new AbortController();
      const arrived = endings();
      const batch = probe.batch(20, controller.signal, { ended: arrived.next });
      const run = awaitedLater(probe.executor.run(batch));
      // Task 2 stalls; the others end.
      probe.ledger.arrivals.releaseUpTo(3);
      await arrived.reach(2);
      await whenStarted(executor, probe.ledger, 2);
      controller.abort();
      await run;
      assert.equal(batch.completed, 2);
      assert.equal(batch.failed, 0);
      assert.equal(probe.ledger.outcome[2], CANCELLED);
    },
  );
}
