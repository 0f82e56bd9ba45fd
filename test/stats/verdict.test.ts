import { describe, expect, it } from 'vitest';
import { alphaFor, findWinner, significantAmong, verdictOf } from '../../src/stats/verdict.js';

describe('verdictOf', () => {
  it.each([
    [1.2, 0.001, true, 'faster'],
    [0.8, 0.001, true, 'slower'],
    [1.2, 0.04, false, 'no difference shown'],
    [1.2, null, false, 'too few forks to say'],
    [null, null, false, 'too few forks to say'],
  ] as const)('ratio %d, p %d, significant %s: %s', (ratio, p, significant, expected) => {
    expect(verdictOf({ ratio, p, equalWithinLog: 0.001 }, significant, null)).toBe(expected);
  });

  it.each([
    // Shown to lie within 2 %: equal, whether or not a difference is shown too.
    [0.0198, false, 'equal'],
    [0.0198, true, 'equal'],
    // One that reaches beyond is not: ln 1.02 is 0.019803.
    [0.0199, false, 'no difference shown'],
    [0.0199, true, 'faster'],
  ] as const)(
    'equal within 2 %%: interval up to %d, significant %s: %s',
    (equalWithinLog, significant, expected) => {
      expect(verdictOf({ ratio: 1.005, p: 0.2, equalWithinLog }, significant, 0.02)).toBe(expected);
    },
  );

  it('is never equal without an interval', () => {
    expect(verdictOf({ ratio: 1, p: null, equalWithinLog: null }, false, 0.5)).toBe('too few forks to say');
  });
});

describe('significantAmong', () => {
  it('corrects over the comparisons that have a test, and claims nothing of the others', () => {
    const comparisons = [0.02, null, 0.001].map(p => ({ ratio: 2, p }));
    expect(significantAmong(comparisons, alphaFor('stopping'))).toEqual([true, false, true]);
    // A third test makes the first one stricter: 0.02 > 0.03 ÷ 2.
    expect(significantAmong([...comparisons, { ratio: 1, p: 0.9 }], 0.03)).toEqual([
      false,
      false,
      true,
      false,
    ]);
  });
});

describe('findWinner', () => {
  const ids = ['loop', 'queue', 'pool'];
  const speeds: Record<string, number> = { loop: 1, queue: 1.9, pool: 1.5 };
  const compareBySpeed =
    (p: (executor: string, other: string) => number | null) => (a: string, b: string) => ({
      ratio: speeds[a]! / speeds[b]!,
      p: p(a, b),
      equalWithinLog: 1,
    });

  it('is the leader when it beats every other', () => {
    const compare = compareBySpeed(() => 0.001);
    for (const baseline of ids) expect(findWinner(ids, baseline, compare, 0.03)).toBe('queue');
  });

  it('is the baseline when nobody is faster', () => {
    const compare = (a: string) => ({ ratio: a === 'loop' ? 1.5 : 0.7, p: 0.001, equalWithinLog: 1 });
    expect(findWinner(ids, 'loop', compare, 0.03)).toBe('loop');
  });

  it('needs every duel after correction', () => {
    const unsure = (other: string, p: number | null) => compareBySpeed((_, b) => (b === other ? p : 1e-6));
    expect(findWinner(ids, 'loop', unsure('pool', 0.03), 0.03)).toBe('queue');
    expect(findWinner(ids, 'loop', unsure('pool', 0.031), 0.03)).toBeNull();
    expect(findWinner(ids, 'loop', unsure('pool', null), 0.03)).toBeNull();
    expect(
      findWinner(
        ids,
        'loop',
        compareBySpeed(() => 0.02),
        0.03,
      ),
    ).toBeNull();
  });

  it('is nobody where the leader is only equal to one of the others', () => {
    const compare = (a: string, b: string) => ({
      ...compareBySpeed(() => 0.001)(a, b),
      equalWithinLog: b === 'pool' ? 0.01 : 1,
    });
    expect(findWinner(ids, 'loop', compare, 0.03, 0.02)).toBeNull();
    expect(findWinner(ids, 'loop', compare, 0.03, null)).toBe('queue');
  });

  it('needs somebody to win against, and somebody measured', () => {
    const compare = compareBySpeed(() => 0);
    expect(findWinner(['loop'], 'loop', compare, 0.03)).toBeNull();
    expect(findWinner([], 'loop', compare, 0.03)).toBeNull();
    expect(
      findWinner(['queue', 'pool'], 'loop', () => ({ ratio: null, p: null, equalWithinLog: null }), 0.03),
    ).toBeNull();
  });
});
