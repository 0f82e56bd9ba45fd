import { expect, it } from 'vitest';
import type { Batch } from '../../src/tasks/batch.js';
import { ClaimLoop } from '../../src/tasks/claim-loop.js';
import { COMPLETED, FAILED } from '../../src/tasks/recorder.js';
import { NONE_LEFT, NOT_YET } from '../../src/tasks/source.js';
import { Ledger } from '../../src/trial/ledger.js';
import { runTrial, type TrialSpec } from '../../src/trial/trial.js';
import { trialSetting } from '../support/trial-setting.js';

const TASKS = 2_000;
/** A ring of 16. */
const MOST_PLACES = 64;
const SPEC: TrialSpec = {
  load: { kind: 'batch', tasks: TASKS },
  repeats: 1,
  taskTimeoutMs: 1_000,
  probeSeed: 1,
  digest: false,
  gauge: false,
  trace: false,
};

/**
 * Takes more at once than there are places, and ends what it has in the opposite order. Task i starts i ms after the start, takes
 * up to 100 ms, and is delivered another ms later.
 */
function scripted(ledger: Ledger) {
  const seen: number[] = [];
  return {
    seen,
    async run(batch: Batch): Promise<void> {
      let open: number[] = [];
      const end = (index: number) => {
        seen.push(index);
        const startedNs = Number(ledger.span.startNs) + index * 1e6;
        const finishedNs = startedNs + (1 + (index % 100)) * 1e6;
        const isFailed = index % 100 === 7;
        ledger.receive(index, isFailed ? FAILED : COMPLETED, 0, startedNs, finishedNs);
        ledger.deliver(index, BigInt(finishedNs + 1e6));
        if (isFailed) batch.fail(index, { kind: 'error', message: '' });
        else batch.complete(index, index);
        loop.ended();
      };
      const loop = new ClaimLoop({
        source: batch.source,
        most: 50,
        start: index => {
          if (open.push(index) === 1)
            setImmediate(() => {
              const ending = open.reverse();
              open = [];
              for (const one of ending) end(one);
            });
        },
      });
      await loop.run();
    },
  };
}

async function trialOf(mostPlaces?: number) {
  const ledger = Ledger.allocate(TASKS, true, mostPlaces === undefined ? {} : { mostPlaces });
  const executor = scripted(ledger);
  const output = await runTrial(trialSetting({ executor, ledger }), SPEC);
  return { ledger, executor, ...output };
}

it('of more tasks than have places the times are taken down as they come, each task once', async () => {
  const { ledger, executor, figures, faults, trace } = await trialOf(MOST_PLACES);
  expect([ledger.isRing, ledger.outcome.length]).toEqual([true, 16]);
  expect(executor.seen.toSorted((a, b) => a - b)).toEqual(Array.from({ length: TASKS }, (_, index) => index));
  expect(figures.outcomes).toEqual({
    issued: TASKS,
    completed: TASKS - TASKS / 100,
    cancelled: 0,
    failed: { error: TASKS / 100 },
  });
  expect([faults, trace]).toEqual([[], null]);
});

it('these times are those of a batch whose tasks all have places, to half a percent', async () => {
  const [long, exact] = [await trialOf(MOST_PLACES), await trialOf()];
  expect(exact.ledger.isRing).toBe(false);
  for (const time of ['latencyMs', 'waitMs', 'serviceMs', 'deliveryMs'] as const) {
    const [found, right] = [long.figures[time], exact.figures[time]];
    expect(found.count).toBe(right.count);
    for (const percentile of ['min', 'p50', 'p90', 'p99', 'max'] as const)
      expect(Math.abs(found[percentile]! - right[percentile]!)).toBeLessThanOrEqual(
        0.005 * right[percentile]!,
      );
  }
});

it('an index is given when the place of the one before it is free, on whatever thread', () => {
  const ledger = Ledger.allocate(100, true, { mostPlaces: 16 });
  ledger.reset(10);
  const sources = [ledger.claims, new Ledger(ledger.shared).claims];
  const claim = (at: number) => sources[at % 2]!.claim();
  expect([0, 1, 2, 3, 4].map(claim)).toEqual([0, 1, 2, 3, NOT_YET]);
  // Another than the next in turn is of no use.
  ledger.release(1);
  expect(claim(0)).toBe(NOT_YET);
  ledger.release(0);
  expect([claim(1), claim(0), claim(1)]).toEqual([4, 5, NOT_YET]);
  for (const index of [2, 3, 4, 5]) ledger.release(index);
  expect([0, 1, 2, 3, 4].map(claim)).toEqual([6, 7, 8, 9, NONE_LEFT]);
  ledger.reset(10);
  ledger.abort();
  expect(claim(0)).toBe(NONE_LEFT);
});
