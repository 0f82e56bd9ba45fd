import assert from 'node:assert/strict';
import type { Executor } from '../executors/executor.js';
import { CANCELLED, NOT_STARTED } from '../tasks/recorder.js';
import { awaitedLater, check, type OpenCheck, range, whenStarted } from './check.js';

/** Tasks that come as time goes by, and tasks without an end. */
export function loadChecks(executor: Executor): OpenCheck[] {
  const rate = { load: 'rate', threads: 2 } as const;
  return [
    check(
      executor,
      'by rate: starts no task before it is due, and each that is, until no more will come',
      async start => {
        const { executor: running, ledger, batch: batchOf } = await start({ ...rate, does: 'index' });
        const arrived = endings();
        const batch = batchOf(9, undefined, { ended: () => arrived.next() });
        const run = awaitedLater(running.run(batch));
        for (const due of [1, 4, 9]) {
          ledger.arrivals.releaseUpTo(due);
          await arrived.reach(due);
          assert.equal(batch.completed, due);
          assert.ok([...ledger.outcome.subarray(due, 9)].every(outcome => outcome === NOT_STARTED));
        }
        ledger.arrivals.close();
        await run;
        assert.deepEqual(batch.results, range(9));
      },
    ),
    check(executor, 'by rate: ends with what was due when fewer come than were planned', async start => {
      const { executor: running, ledger, batch: batchOf } = await start({ ...rate, does: 'wait' });
      const batch = batchOf(50);
      ledger.arrivals.releaseUpTo(7);
      ledger.arrivals.close();
      await running.run(batch);
      assert.deepEqual([batch.completed, batch.failed, batch.cancelled], [7, 0, 0]);
    }),
    ...(executor.needsTaskSync === true ? [] : [endsSoonAfterAnAbort(executor)]),
    check(
      executor,
      'by duration: goes on until the time is over, and each result comes once',
      async start => {
        const {
          executor: running,
          ledger,
          batch: batchOf,
        } = await start({ load: 'duration', does: 'index' });
        const seen = new Set<number>();
        // More than the ring has places for, so that they have been used again; processes take long for as many.
        const enough = !executor.capabilities.sharesMemory ? 2_000 : 40_000;
        const batch = batchOf(Number.POSITIVE_INFINITY, undefined, {
          keep: 100,
          ended: index => {
            seen.add(index);
            ledger.ring.release(index);
            if (seen.size === enough) ledger.span.begin(0n, 1n);
          },
        });
        ledger.span.begin(0n, 2n ** 62n);
        await running.run(batch);
        assert.ok(seen.size >= enough);
        assert.equal(batch.completed, seen.size);
        assert.deepEqual(batch.results, range(100));
        assert.equal(ledger.counts.inFlight(), 0);
      },
    ),
  ];
}

function endsSoonAfterAnAbort(executor: Executor): OpenCheck {
  return check(
    executor,
    'by rate: ends soon after an abort, those that wait for a task and those in the middle of one',
    async start => {
      const {
        executor: running,
        ledger,
        batch: batchOf,
      } = await start({
        load: 'rate',
        threads: 2,
        does: 'stalls',
      });
      const controller = new AbortController();
      const arrived = endings();
      const batch = batchOf(20, controller.signal, { ended: () => arrived.next() });
      const run = awaitedLater(running.run(batch));
      // Task 2 stalls; the others end.
      ledger.arrivals.releaseUpTo(3);
      await arrived.reach(2);
      await whenStarted(executor, ledger, 2);
      controller.abort();
      await run;
      assert.equal(batch.completed, 2);
      assert.equal(batch.failed, 0);
      assert.equal(ledger.outcome[2], CANCELLED);
    },
  );
}

/** Counts endings, and resolves when so many have come. */
function endings(): { next(): void; reach(number: number): Promise<void> } {
  let count = 0;
  let wanted = Number.POSITIVE_INFINITY;
  let resolve: () => void = () => {};
  return {
    next() {
      if (++count >= wanted) resolve();
    },
    reach(number) {
      wanted = number;
      return count >= number ? Promise.resolve() : new Promise(done => (resolve = done));
    },
  };
}
