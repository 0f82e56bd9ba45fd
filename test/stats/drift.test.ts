import { linearRegression } from 'simple-statistics';
import { describe, expect, it } from 'vitest';
import { createRandom } from '../../src/random.js';
import { driftOf, type RoundValue } from '../../src/stats/drift.js';

const ROUNDS = [1, 2, 3, 4, 5];
const grows = (share: number, start = 1_000): RoundValue[] =>
  ROUNDS.map(round => ({ round, value: start * (1 + share) ** round }));

/** Sum of 12 uniforms − 6: nearly normal, sd 1. */
function noise(next: () => number): number {
  let sum = -6;
  for (let i = 0; i < 12; i++) sum += next();
  return sum;
}

describe('driftOf', () => {
  it('sees what every fork shows, however fast the fork', () => {
    const drift = driftOf([grows(0.02), grows(0.021, 1_200), grows(0.019, 900), grows(0.02, 1_100)]);
    expect(drift).toMatchObject({ shown: true, forks: 4 });
    expect(drift?.percentPerRound).toBeCloseTo(2, 2);
  });

  it('is not shown by forks that disagree', () => {
    expect(driftOf([grows(0.02), grows(-0.02), grows(0.01), grows(-0.01)])?.shown).toBe(false);
  });

  it('has neither NaN nor drift where nothing moves, and drift where all move alike', () => {
    expect(driftOf([grows(0), grows(0), grows(0)])).toEqual({ shown: false, percentPerRound: 0, forks: 3 });
    const rising = grows(0.02);
    expect(driftOf([rising, rising, rising])?.shown).toBe(true);
  });

  it('takes forks with missing rounds, and leaves out those without a slope', () => {
    const holed = grows(0.02).filter(({ round }) => round !== 3);
    const lone = grows(0.02).slice(0, 1);
    const none = [
      { round: 1, value: 0 },
      { round: 2, value: Number.NaN },
    ];
    const drift = driftOf([holed, grows(0.021), lone, grows(0.019), [], none]);
    expect(drift).toMatchObject({ shown: true, forks: 3 });
    expect(driftOf([holed, holed, lone])).toBeNull();
  });

  it('has the least-squares slope of the oracle', () => {
    const { next } = createRandom(4);
    const fork = ROUNDS.map(round => ({ round, value: 100 + 10 * next() }));
    const slope = linearRegression(fork.map(({ round, value }) => [round, Math.log(value)])).m;
    expect(driftOf([fork, fork, fork])?.percentPerRound).toBeCloseTo(Math.expm1(slope) * 100, 9);
  });

  it('gives a false alarm in about 1 % of steady runs', () => {
    const { next } = createRandom(21);
    const fork = () => ROUNDS.map(round => ({ round, value: Math.exp(0.03 * noise(next)) }));
    let alarms = 0;
    for (let i = 0; i < 2_000; i++) if (driftOf(Array.from({ length: 8 }, fork))?.shown) alarms++;
    // Mean 20, sd 4.4.
    expect(alarms).toBeGreaterThan(2);
    expect(alarms).toBeLessThan(38);
  });
});
