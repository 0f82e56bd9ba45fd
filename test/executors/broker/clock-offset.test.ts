import { describe, expect, it } from 'vitest';
import {
  type ClockExchange,
  EXCHANGES,
  isSplitKnown,
  readClock,
  workerClock,
} from '../../../src/executors/broker/clock-offset.js';
import { createRandom } from '../../../src/random.js';

const MS = 1e6;
const SECOND = 1e9;
const START_NS = 5_000 * SECOND;

/** A worker whose clock is so far ahead at START_NS, and gains so much of each second. */
function clockOf(offsetNs: number, drift: number) {
  return (ns: number) => ns + offsetNs + drift * (ns - START_NS);
}

interface Ways {
  /** What a message takes at least, there and back. */
  readonly thereNs: number;
  readonly backNs: number;
  /** And at most more, by chance. */
  readonly jitterNs: number;
}

function exchangesAt(
  fromNs: number,
  shows: (ns: number) => number,
  { thereNs, backNs, jitterNs }: Ways,
  count = EXCHANGES,
): ClockExchange[] {
  const random = createRandom(7);
  return Array.from({ length: count }, (_, at) => {
    const sentNs = fromNs + at * 10 * MS;
    const arrived = sentNs + thereNs + random.next() * jitterNs;
    const answered = arrived + 0.05 * MS;
    const receivedNs = answered + backNs + random.next() * jitterNs;
    return { sentNs, arrivedNs: shows(arrived), answeredNs: shows(answered), receivedNs };
  });
}

const EVEN: Ways = { thereNs: 0.2 * MS, backNs: 0.2 * MS, jitterNs: 3 * MS };

describe('a reading of the clock of a worker', () => {
  it.each([0, 3_000 * SECOND, -4_000 * SECOND])('finds an offset of %d ns within its error', offsetNs => {
    const reading = readClock(exchangesAt(START_NS, clockOf(offsetNs, 0), EVEN))!;
    expect(Math.abs(reading.offsetNs - offsetNs)).toBeLessThanOrEqual(reading.errorNs + 1);
    // The least of the round trips, not their mean, which is above 3 ms.
    expect(reading.errorNs).toBeLessThan(1.2 * MS);
  });

  it('is off by half the difference of the ways, which its error holds', () => {
    const uneven = { thereNs: 4 * MS, backNs: 0, jitterNs: 0 };
    const reading = readClock(exchangesAt(START_NS, clockOf(SECOND, 0), uneven))!;
    expect(reading.offsetNs - SECOND).toBeCloseTo(2 * MS, 0);
    expect(reading.errorNs).toBeCloseTo(2 * MS, 0);
  });

  it('is none from too few exchanges, or from some that cannot be', () => {
    const good = exchangesAt(START_NS, clockOf(0, 0), EVEN);
    expect(readClock(good.slice(1))).toBeNull();
    const [first] = good;
    const wrong: Partial<ClockExchange>[] = [
      { arrivedNs: Number.NaN },
      { arrivedNs: -1 },
      { answeredNs: 1e300 },
      // Answered before it was asked.
      { answeredNs: first!.arrivedNs - 1 },
      // The worker had it for longer than the controller waited.
      { answeredNs: first!.arrivedNs + SECOND },
    ];
    for (const one of wrong) expect(readClock([{ ...first!, ...one }, ...good.slice(1)])).toBeNull();
    expect(readClock([{ ...first!, arrivedNs: -1 }, ...good])).not.toBeNull();
  });
});

describe('the clock of a worker during a trial', () => {
  it.each([0, 50e-6, -50e-6])('is followed at a drift of %d', drift => {
    const shows = clockOf(700 * SECOND, drift);
    const endNs = START_NS + 60 * SECOND;
    const before = readClock(exchangesAt(START_NS, shows, EVEN))!;
    const after = readClock(exchangesAt(endNs, shows, EVEN))!;
    const clock = workerClock(before, after)!;
    for (const seconds of [1, 20, 40, 59]) {
      const ns = START_NS + seconds * SECOND;
      expect(Math.abs(clock.toControllerNs(shows(ns)) - ns)).toBeLessThanOrEqual(clock.errorNs + 1);
    }
    // One reading alone would be off by 3 ms at the end.
    expect(clock.errorNs).toBeLessThan(1.2 * MS);
  });

  it('errs as much as the worse of its readings', () => {
    const readings = [1, 3].map(errorNs => ({ atNs: errorNs * SECOND, offsetNs: 0, errorNs }));
    expect(workerClock(readings[0]!, readings[1]!)!.errorNs).toBe(3);
  });

  it('is none where it was set, or is that of another machine', () => {
    const before = readClock(exchangesAt(START_NS, clockOf(0, 0), EVEN))!;
    const after = readClock(exchangesAt(START_NS + 10 * SECOND, clockOf(SECOND, 0), EVEN))!;
    expect(workerClock(before, after)).toBeNull();
    expect(workerClock(after, before)).toBeNull();
  });
});

describe('wait and delivery', () => {
  it.each([
    [0.9 * MS, 1 * MS, true],
    [1.1 * MS, 20 * MS, true],
    [1.1 * MS, 5 * MS, false],
    [50 * MS, 400 * MS, false],
  ])('at an error of %d ns and a percentile of %d ns', (errorNs, percentileNs, isKnown) => {
    expect(isSplitKnown(errorNs, percentileNs)).toBe(isKnown);
  });
});
