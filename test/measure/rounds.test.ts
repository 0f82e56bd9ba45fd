import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  allocateRounds,
  baseOrder,
  forkBudgetOf,
  orderOfRound,
  participates,
  type RoundsRequest,
} from '../../src/measure/rounds.js';
import type { Measurement } from '../../src/schema/index.js';

const ids = (n: number) => Array.from({ length: n }, (_, i) => `e${i}`);

describe('orderOfRound', () => {
  it('reverses every second round and rotates every pair', () => {
    const orders = [0, 1, 2, 3, 4, 5, 6].map(round => orderOfRound(['a', 'b', 'c'], round).join(''));
    expect(orders).toEqual(['abc', 'cba', 'bca', 'acb', 'cab', 'bac', 'abc']);
    expect([0, 1, 2, 3].map(round => orderOfRound(['a', 'b'], round).join(''))).toEqual([
      'ab',
      'ba',
      'ba',
      'ab',
    ]);
    expect(orderOfRound([], 3)).toEqual([]);
  });

  it.each([1, 2, 3, 4, 5, 6, 7, 8])('puts each of %d twice at every place in 2n rounds', n => {
    const base = ids(n);
    const places = new Map<string, number>();
    for (let round = 0; round < 2 * n; round++) {
      const order = orderOfRound(base, round);
      expect(order.toSorted()).toEqual(base);
      order.forEach((id, place) => {
        places.set(`${id}@${place}`, (places.get(`${id}@${place}`) ?? 0) + 1);
      });
    }
    expect([...places.values()]).toEqual(new Array(n * n).fill(2));
  });

  it.each([2, 3, 6])('lets each of %d come before each other in half of the rounds', n => {
    const base = ids(n);
    let first = 0;
    for (let round = 0; round < 2 * n; round++) {
      const order = orderOfRound(base, round);
      if (order.indexOf('e0') < order.indexOf('e1')) first++;
    }
    expect(first).toBe(n);
  });
});

describe('baseOrder', () => {
  it('is the same for the same seed and fork, and not for all forks', () => {
    const orders = [0, 1, 2, 3, 4, 5].map(fork => baseOrder(ids(6), 7, fork).join());
    expect(orders).toEqual([0, 1, 2, 3, 4, 5].map(fork => baseOrder(ids(6), 7, fork).join()));
    expect(new Set(orders).size).toBe(6);
  });

  it('brings each executor to each place about equally often, over forks of five rounds', () => {
    const n = 6;
    const forks = 200;
    const counts = new Map<string, number>();
    for (let fork = 0; fork < forks; fork++) {
      const base = baseOrder(ids(n), 1, fork);
      for (let round = 1; round <= 5; round++) {
        orderOfRound(base, round).forEach((id, place) => {
          counts.set(`${id}@${place}`, (counts.get(`${id}@${place}`) ?? 0) + 1);
        });
      }
    }
    const mean = (forks * 5) / n;
    for (const count of counts.values()) expect(Math.abs(count / mean - 1)).toBeLessThan(0.35);
    expect(counts.size).toBe(n * n);
  });
});

describe('participates', () => {
  const roundsOf = (rounds: number, ofRounds: number) =>
    Array.from({ length: ofRounds }, (_, i) => i + 1).filter(round => participates(round, rounds, ofRounds));

  it.each([
    [0, 5, []],
    [1, 5, [3]],
    [2, 5, [1, 3]],
    [3, 5, [1, 3, 5]],
    [4, 5, [1, 2, 3, 5]],
    [5, 5, [1, 2, 3, 4, 5]],
    [1, 1, [1]],
    [3, 10, [1, 5, 10]],
  ])('spreads %d of %d', (rounds, ofRounds, expected) => {
    expect(roundsOf(rounds, ofRounds)).toEqual(expected);
  });

  it('gives exactly as many as asked, and who has fewer meets all who have more', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 40 }), fc.nat(), (ofRounds, any) => {
        const rounds = any % (ofRounds + 1);
        const run = roundsOf(rounds, ofRounds);
        expect(run).toHaveLength(rounds);
        if (rounds < ofRounds) expect(roundsOf(rounds + 1, ofRounds)).toEqual(expect.arrayContaining(run));
      }),
    );
  });

  it('has everybody in the cold round', () => {
    expect([0, 1, 5].every(rounds => participates(0, rounds, 5))).toBe(true);
  });
});

describe('forkBudgetOf', () => {
  it('divides by the fixed forks, or by one more than the fewest', () => {
    const measurement = { minForks: 5, maxForks: 12, budgetMs: 24_000 } as Measurement;
    expect(forkBudgetOf({ ...measurement, forks: 4 })).toBe(6_000);
    expect(forkBudgetOf({ ...measurement, forks: null })).toBe(4_000);
  });
});

describe('allocateRounds', () => {
  type More = Partial<Omit<RoundsRequest, 'wallMs' | 'spentMs'>> & { startUpMs?: number };
  /** The cold trials have taken as long as a round each. */
  const ask = (wallMs: Record<string, number>, { startUpMs = 0, ...more }: More = {}) => {
    const { overheadMs = 0 } = more;
    const spentMs = Object.values(wallMs).reduce((sum, ms) => sum + ms + overheadMs, startUpMs);
    return allocateRounds({ wallMs, spentMs, overheadMs, rounds: 5, forkBudgetMs: 1_000, ...more });
  };

  it.each<[string, Record<string, number>, Record<string, number>]>([
    ['all fit', { a: 80, b: 80 }, { a: 5, b: 5 }],
    ['the slow one gives', { a: 10, b: 10, slow: 200 }, { a: 5, b: 5, slow: 3 }],
    ['equals give in turn', { a: 100, b: 100, c: 100 }, { a: 2, b: 2, c: 3 }],
    ['one round is more than a third: once a fork', { a: 10, b: 10, slow: 400 }, { a: 5, b: 5, slow: 0 }],
    ['even the cold trial is too long', { a: 10, b: 10, slow: 2_000 }, { a: 3, b: 3, slow: 0 }],
    ['a long round that fits stays', { a: 10, b: 1 }, { a: 5, b: 5 }],
    ['nobody', {}, {}],
  ])('%s', (_, wallMs, expected) => {
    expect(ask(wallMs)).toEqual(expected);
  });

  it('keeps a round above a third when everything fits all the same', () => {
    expect(ask({ a: 10, slow: 400 }, { rounds: 1 })).toEqual({ a: 1, slow: 1 });
  });

  it('lets a fast executor keep three, even where that does not fit', () => {
    // An even share is 1,000 ms ÷ (4 × 6 trials) = 41.7 ms.
    const with3 = (fast: number, slow: number) => ask({ fast, s1: slow, s2: slow, s3: slow });
    expect(with3(40, 130)).toEqual({ fast: 4, s1: 1, s2: 1, s3: 1 });
    expect(with3(40, 140)).toEqual({ fast: 3, s1: 1, s2: 1, s3: 1 });
    expect(with3(40, 200)).toEqual({ fast: 3, s1: 1, s2: 1, s3: 1 });
    expect(with3(42, 200)).toEqual({ fast: 1, s1: 1, s2: 1, s3: 1 });
  });

  it('counts what was spent and what a trial takes beside its wall', () => {
    expect(ask({ a: 80, b: 80 }, { startUpMs: 200 })).toEqual({ a: 4, b: 4 });
    expect(ask({ a: 0, b: 0 }, { overheadMs: 100 })).toEqual({ a: 4, b: 4 });
  });

  it('never exceeds the budget while somebody has a round to give, and gives the slower no more', () => {
    const walls = fc.array(fc.integer({ min: 1, max: 2_000 }), { minLength: 1, maxLength: 7 });
    const asked = fc.record({
      startUpMs: fc.integer({ min: 0, max: 500 }),
      overheadMs: fc.integer({ min: 0, max: 50 }),
      rounds: fc.integer({ min: 1, max: 10 }),
      forkBudgetMs: fc.integer({ min: 100, max: 20_000 }),
    });
    fc.assert(
      fc.property(walls, asked, (all, more) => {
        const wallMs = Object.fromEntries(all.map((ms, i) => [`e${i}`, ms]));
        const given = ask(wallMs, more);
        const rounds = Object.entries(given);
        const takes = (id: string) => wallMs[id]! + more.overheadMs;
        const predicted = rounds.reduce((sum, [id, n]) => sum + (n + 1) * takes(id), more.startUpMs);
        for (const [, n] of rounds) expect(n >= 0 && n <= more.rounds).toBe(true);
        if (predicted > more.forkBudgetMs) for (const [, n] of rounds) expect(n).toBeLessThanOrEqual(3);
        for (const [a, n] of rounds) {
          for (const [b, m] of rounds) if (takes(a) > takes(b)) expect(n).toBeLessThanOrEqual(m + 1);
        }
      }),
    );
  });
});
