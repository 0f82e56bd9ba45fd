import { describe, expect, it } from 'vitest';
import { COMPLETED } from '../../src/tasks/recorder.js';
import { localSource, NONE_LEFT, NOT_YET } from '../../src/tasks/source.js';
import { RING_CAPACITY } from '../../src/trial/claims/ring-claims.js';
import { Ledger } from '../../src/trial/ledger.js';

const FAR = 2n ** 62n;

function ledgerOf(load: 'batch' | 'rate' | 'duration', tasks = 4) {
  const ledger = Ledger.allocate(tasks, false, { load });
  ledger.reset(tasks);
  ledger.span.begin(0n, FAR);
  return ledger;
}

describe('a rate load', () => {
  it('gives what is released, once, on whatever thread; then nothing yet; then none left', () => {
    const ledger = ledgerOf('rate');
    const sources = [ledger.claims, new Ledger(ledger.shared).claims];
    const claim = (at: number) => sources[at]!.claim();
    expect(claim(0)).toBe(NOT_YET);
    ledger.arrivals.releaseUpTo(3);
    expect([claim(0), claim(1), claim(0), claim(1)]).toEqual([0, 1, 2, NOT_YET]);
    ledger.arrivals.releaseUpTo(4);
    ledger.arrivals.close();
    expect([claim(1), claim(0), claim(1)]).toEqual([3, NONE_LEFT, NONE_LEFT]);
  });

  it('wakes as many of those who wait as there are tasks, and all of them at the end', async () => {
    const ledger = ledgerOf('rate');
    const source = ledger.claims;
    const woken: string[] = [];
    const lane = async (name: string) => {
      while (source.claim() === NOT_YET) await source.arrival();
      woken.push(name);
    };
    const lanes = ['a', 'b', 'c'].map(lane);
    ledger.arrivals.releaseUpTo(1);
    await lanes[0];
    expect(woken).toEqual(['a']);
    ledger.arrivals.close();
    await Promise.all(lanes);
    expect(woken).toEqual(['a', 'b', 'c']);
  });

  it('does not miss a release between the claim and the wait', async () => {
    const ledger = ledgerOf('rate');
    const source = ledger.claims;
    expect(source.claim()).toBe(NOT_YET);
    ledger.arrivals.releaseUpTo(1);
    await source.arrival();
    expect(source.claim()).toBe(0);
  });

  it('ends at an abort, for those who wait too', async () => {
    const ledger = ledgerOf('rate');
    const source = ledger.claims;
    const waiting = source.arrival();
    ledger.abort();
    await waiting;
    expect(source.claim()).toBe(NONE_LEFT);
  });
});

describe('a duration load', () => {
  it('gives indexes until the time is over', () => {
    const ledger = ledgerOf('duration');
    const source = ledger.claims;
    expect([source.claim(), source.claim()]).toEqual([0, 1]);
    ledger.span.begin(0n, 1n);
    expect(source.claim()).toBe(NONE_LEFT);
  });

  it('waits while half of the ring is in use, and leaves out a place that a slow task still holds', async () => {
    const ledger = ledgerOf('duration');
    const source = ledger.claims;
    const claimed: number[] = [];
    for (let index = source.claim(); index >= 0; index = source.claim()) claimed.push(index);
    expect(claimed).toHaveLength(RING_CAPACITY / 2);
    expect(source.claim()).toBe(NOT_YET);
    const end = (index: number) => {
      ledger.start(index, 0);
      ledger.finish(index, COMPLETED);
      ledger.ring.release(index);
    };
    // All but the first end, and so do all that follow, until the ring comes round to that one.
    for (const index of claimed.slice(1)) end(index);
    for (let index = source.claim(); index < RING_CAPACITY - 1; index = source.claim()) end(index);
    end(RING_CAPACITY - 1);
    expect(source.claim()).toBe(RING_CAPACITY + 1);
    await source.arrival();
  });

  it('counts what is in flight without any stamp', () => {
    const ledger = Ledger.allocate(0, true, { load: 'duration', workers: 2 });
    ledger.reset(0);
    ledger.start(0, 0);
    ledger.start(1, 1);
    ledger.start(2, 1);
    expect(ledger.counts.inFlight()).toBe(3);
    ledger.finish(1, COMPLETED);
    ledger.fail(0, { kind: 'error', message: '' });
    expect(ledger.counts.inFlight()).toBe(1);
    // A result that could not travel fails after it had completed: it is not in flight twice less.
    ledger.fail(1, { kind: 'uncloneable', message: '' });
    expect(ledger.counts.inFlight()).toBe(1);
  });
});

describe('a batch', () => {
  it('gives its only claimer each index, and none after an abort', () => {
    const stop = new AbortController();
    const source = localSource(5, stop.signal);
    expect([source.claim(), source.claim()]).toEqual([0, 1]);
    stop.abort();
    expect(source.claim()).toBe(NONE_LEFT);
    expect(localSource(0, new AbortController().signal).claim()).toBe(NONE_LEFT);
  });
});
