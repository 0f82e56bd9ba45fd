import { describe, expect, it } from 'vitest';
import { spellsOf } from '../../../src/stats/timeline/trial.js';
import { pingAt, pingsOf } from '../../../src/ui/page/race/ping.js';

/** Busy from 10 to 30 and from 50 to 52, in a trial of 100 ms; a call takes 8 ms to the loop. */
const pings = pingsOf(
  spellsOf([
    [10, 30],
    [50, 52],
  ]),
  100,
  8,
);

describe('the dot that calls the loop', () => {
  it('is answered at once by a loop that is free', () => {
    expect(pings.calls[0]).toEqual({ sentMs: 8, answeredMs: 8 });
  });

  it('stands at the loop for as long as that is busy', () => {
    expect(pings.calls[1]).toEqual({ sentMs: 16, answeredMs: 30 });
    expect(pingAt(pings, 24)).toEqual({ share: 1, isStuck: true, waitedMs: 8, worstMs: 8 });
  });

  it('tells what the last call has waited while the next one is on its way', () => {
    expect(pingAt(pings, 34)).toEqual({ share: 0.5, isStuck: false, waitedMs: 14, worstMs: 14 });
    expect(pingAt(pings, 42)).toMatchObject({ share: 0.5, waitedMs: 0, worstMs: 14 });
  });

  it('is on its first way before that', () => {
    expect(pingAt(pings, 4)).toEqual({ share: 0.5, isStuck: false, waitedMs: 0, worstMs: 0 });
  });

  it('calls on where no loop is ever busy', () => {
    const free = pingsOf(spellsOf([]), 100, 20);
    expect(free.calls.map(({ sentMs }) => sentMs)).toEqual([20, 40, 60, 80, 100]);
    expect(free.calls.every(({ sentMs, answeredMs }) => sentMs === answeredMs)).toBe(true);
  });
});
