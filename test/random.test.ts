import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createRandom, hash32, hasherOf, hashUnit, shuffle } from '../src/random.js';

const SAMPLES = 65_536;
const SEEDS = [0, 1, 2, 7, 0xffff_ffff, 2 ** 40 + 3, 0.5];

function correlation(xs: readonly number[], ys: readonly number[]): number {
  const mean = (values: readonly number[]) => values.reduce((a, b) => a + b, 0) / values.length;
  const [mx, my] = [mean(xs), mean(ys)];
  let [xy, xx, yy] = [0, 0, 0];
  xs.forEach((x, i) => {
    xy += (x - mx) * (ys[i]! - my);
    xx += (x - mx) ** 2;
    yy += (ys[i]! - my) ** 2;
  });
  return xy / Math.sqrt(xx * yy);
}

/** χ² against 256 equal cells: mean 255, sd 22.6. */
function chiSquare(values: readonly number[]): number {
  const cells = new Array<number>(256).fill(0);
  for (const value of values) cells[Math.floor(value * 256)]!++;
  const expected = values.length / 256;
  return cells.reduce((sum, count) => sum + (count - expected) ** 2 / expected, 0);
}

const WITHIN_4_SD = [255 - 4 * 22.6, 255 + 4 * 22.6] as const;
const NO_CORRELATION = 4 / Math.sqrt(SAMPLES);

describe('hasherOf', () => {
  it('is hashUnit with its first parts done', () => {
    const part = fc.oneof(fc.integer(), fc.double({ noNaN: true }), fc.string());
    fc.assert(
      fc.property(fc.double({ noNaN: true }), fc.array(part), fc.string(), (seed, parts, last) => {
        expect(hasherOf(seed, ...parts)(last)).toBe(hashUnit(seed, ...parts, last));
      }),
    );
  });
});

describe('hashUnit', () => {
  const byIndex = (seed: number, ...prefix: (number | string)[]) =>
    Array.from({ length: SAMPLES }, (_, index) => hashUnit(seed, ...prefix, index));

  it.each(SEEDS)('is uniform over the indexes of seed %d', seed => {
    const square = chiSquare(byIndex(seed, 'latency'));
    expect(square).toBeGreaterThan(WITHIN_4_SD[0]);
    expect(square).toBeLessThan(WITHIN_4_SD[1]);
  });

  it.each(SEEDS)('gives neighbouring indexes of seed %d nothing in common', seed => {
    const values = byIndex(seed, 'latency');
    for (const lag of [1, 2, 64]) {
      const there = correlation(values.slice(0, -lag), values.slice(lag));
      expect(Math.abs(there)).toBeLessThan(NO_CORRELATION);
    }
  });

  it('gives neighbouring seeds, and other purposes of one seed, nothing in common', () => {
    const values = byIndex(1, 'latency');
    for (const others of [byIndex(2, 'latency'), byIndex(1, 'errors'), byIndex(1, 3)]) {
      expect(Math.abs(correlation(values, others))).toBeLessThan(NO_CORRELATION);
    }
  });

  it('is in [0, 1) and the same whenever it is asked', () => {
    const part = fc.oneof(fc.integer(), fc.double({ noNaN: true }), fc.string());
    fc.assert(
      fc.property(fc.integer(), fc.array(part), (seed, parts) => {
        const value = hashUnit(seed, ...parts);
        expect(value).toBeGreaterThanOrEqual(0);
        expect(value).toBeLessThan(1);
        expect(hashUnit(seed, ...parts)).toBe(value);
      }),
    );
  });

  it('tells parts apart: their order, their borders, their halves', () => {
    const hashes = [
      hash32(1, 2, 3),
      hash32(1, 3, 2),
      hash32(1, 2),
      hash32(1, 'ab', 'c'),
      hash32(1, 'a', 'bc'),
      hash32(1, 'abc'),
      hash32(1, 2 ** 32),
      hash32(1, 2 ** 33),
      hash32(1, 0.5),
      hash32(1, 0),
      hash32(1, ''),
      hash32(1),
    ];
    expect(new Set(hashes).size).toBe(hashes.length);
  });

  it('keeps its values: a saved seed gives the same work in a later version', () => {
    expect([hash32(0), hash32(7, 'latency', 0), hash32(7, 'latency', 1)]).toMatchInlineSnapshot(`
      [
        33350994,
        239990930,
        3032624479,
      ]
    `);
  });
});

describe('createRandom', () => {
  const sequence = (seed: number) => {
    const random = createRandom(seed);
    return Array.from({ length: SAMPLES }, () => random.next());
  };

  it.each(SEEDS)('is uniform, and without memory, for seed %d', seed => {
    const values = sequence(seed);
    expect(chiSquare(values)).toBeGreaterThan(WITHIN_4_SD[0]);
    expect(chiSquare(values)).toBeLessThan(WITHIN_4_SD[1]);
    expect(Math.abs(correlation(values.slice(0, -1), values.slice(1)))).toBeLessThan(NO_CORRELATION);
  });

  it('repeats for the same seed, and differs for its neighbour', () => {
    expect(sequence(5)).toEqual(sequence(5));
    expect(Math.abs(correlation(sequence(5), sequence(6)))).toBeLessThan(NO_CORRELATION);
  });

  it('gives whole numbers from 0 to n − 1, all of them', () => {
    const random = createRandom(3);
    const seen = new Set(Array.from({ length: 1_000 }, () => random.int(7)));
    expect([...seen].sort()).toEqual([0, 1, 2, 3, 4, 5, 6]);
  });
});

describe('shuffle', () => {
  it('keeps the items and leaves the original alone', () => {
    fc.assert(
      fc.property(fc.array(fc.integer()), fc.integer(), (items, seed) => {
        const before = [...items];
        const shuffled = shuffle(items, createRandom(seed));
        expect(items).toEqual(before);
        expect(shuffled.toSorted()).toEqual(items.toSorted());
      }),
    );
  });

  it('makes every order of three about equally often', () => {
    const random = createRandom(11);
    const counts = new Map<string, number>();
    for (let i = 0; i < 6_000; i++) {
      const order = shuffle(['a', 'b', 'c'], random).join('');
      counts.set(order, (counts.get(order) ?? 0) + 1);
    }
    expect(counts.size).toBe(6);
    // Mean 1,000, sd 29.
    for (const count of counts.values()) expect(Math.abs(count - 1_000)).toBeLessThan(4 * 29);
  });
});
