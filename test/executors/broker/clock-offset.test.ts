import { describe, expect, it } from 'vitest';
import {
  type ClockExchange,
  driftBetween,
  EXCHANGES,
  readClock,
} from '../../../src/executors/broker/clock-offset.js';
import { DriftingClock } from '../../../src/executors/broker/drifting-clock.js';
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

describe('the clock of a worker during trials', () => {
  const SURE: Ways = { thereNs: 0.05 * MS, backNs: 0.05 * MS, jitterNs: 0.5 * MS };
  const readings = (shows: (ns: number) => number, ways = SURE) =>
    [0, 60, 120].map(seconds => readClock(exchangesAt(START_NS + seconds * SECOND, shows, ways))!);

  it.each([0, 50e-6, -50e-6])('is followed at a drift of %d', drift => {
    const shows = clockOf(700 * SECOND, drift);
    const [first, second, third] = readings(shows);
    const clock = new DriftingClock();
    clock.add(first!);
    clock.add(second!);
    // What comes in the second trial: the first reading alone would be off by 6 ms at its end.
    const offNs = [61, 90, 119].map(seconds => {
      const ns = START_NS + seconds * SECOND;
      return Math.abs(clock.toControllerNs(shows(ns)) - ns);
    });
    clock.add(third!);
    expect(Math.max(...offNs)).toBeLessThan(0.6 * MS);
    expect(clock.errorNs).toBeLessThan(0.6 * MS);
  });

  it('is off by what the reading after a trial missed', () => {
    const clock = new DriftingClock();
    const [first, second] = readings(clockOf(0, 50e-6));
    clock.add(first!);
    clock.add(second!);
    expect(clock.errorNs).toBeGreaterThan(2.5 * MS);
  });

  it('errs as much as the worse of its readings, and by nobody knows how much without one', () => {
    const clock = new DriftingClock();
    expect(clock.errorNs).toBeNull();
    for (const errorNs of [1, 3, 2]) clock.add({ atNs: errorNs * SECOND, offsetNs: 0, errorNs });
    expect(clock.errorNs).toBe(3);
    clock.add(null);
    expect(clock.errorNs).toBeNull();
  });

  it('begins anew where it was set', () => {
    const [before] = readings(clockOf(0, 0));
    const [, , after] = readings(clockOf(SECOND, 0));
    expect(driftBetween(before!, after!)).toBeNull();
    expect(driftBetween(after!, before!)).toBeNull();
    const clock = new DriftingClock();
    clock.add(before!);
    clock.add(after!);
    expect(clock.errorNs).toBeGreaterThan(0.9 * SECOND);
    expect(Math.abs(clock.toControllerNs(after!.atNs + SECOND) - after!.atNs)).toBeLessThan(MS);
  });
});
