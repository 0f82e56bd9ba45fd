import { describe, expect, it } from 'vitest';
import { createRandom } from '../../src/random.js';
import { fitScalingLaw, type ScalingLaw } from '../../src/stats/scaling-law.js';

const SIZES = [1, 2, 3, 4, 6, 8, 12, 16];

const capacity = (size: number, gamma: number, alpha: number, beta: number) =>
  (gamma * size) / (1 + alpha * (size - 1) + beta * size * (size - 1));

function simulated(alpha: number, beta: number, { noise = 0, forks = 6, seed = 1, sizes = SIZES } = {}) {
  const random = createRandom(seed);
  const normal = () => Math.sqrt(-2 * Math.log(1 - random.next())) * Math.cos(2 * Math.PI * random.next());
  return Array.from({ length: forks }, () => {
    const machine = 0.03 * normal();
    return sizes.map(size => Math.log(capacity(size, 100, alpha, beta)) + machine + noise * normal());
  });
}

const lawOf = (found: ReturnType<typeof fitScalingLaw>): ScalingLaw => {
  expect(found).toBeTypeOf('object');
  return found as ScalingLaw;
};

describe('the scaling law', () => {
  it.each([
    [0.05, 0.002],
    [0.2, 0],
    [0.02, 0.01],
    [0.6, 0.0005],
  ])('finds contention %f and coherency %f without noise', (alpha, beta) => {
    const law = lawOf(fitScalingLaw(SIZES, Array(4).fill(simulated(alpha, beta, { forks: 1 })[0])));
    expect(law.alpha.value).toBeCloseTo(alpha, 2);
    expect(law.beta.value).toBeCloseTo(beta, 3);
    expect(law.efficiency).toBeCloseTo(capacity(16, 1, alpha, beta) / 16, 2);
  });

  it('its intervals have the truth in them in at least 90 % of simulated sets with 2 % of noise', () => {
    let [alphas, betas] = [0, 0];
    const sets = 100;
    for (let seed = 1; seed <= sets; seed++) {
      const { alpha, beta } = lawOf(fitScalingLaw(SIZES, simulated(0.05, 0.004, { noise: 0.02, seed })));
      if (alpha.low <= 0.05 && 0.05 <= alpha.high) alphas++;
      if (beta.low <= 0.004 && 0.004 <= beta.high) betas++;
    }
    expect(alphas / sets).toBeGreaterThanOrEqual(0.9);
    expect(betas / sets).toBeGreaterThanOrEqual(0.9);
  });

  it('shows a peak that was reached, and none that lies far beyond the sizes', () => {
    const reached = lawOf(fitScalingLaw(SIZES, simulated(0.02, 0.01, { noise: 0.005 })));
    expect(reached.peak).toBeGreaterThan(8.5);
    expect(reached.peak).toBeLessThan(11.5);
    expect(lawOf(fitScalingLaw(SIZES, simulated(0.1, 0.0003, { noise: 0.005 }))).peak).toBeNull();
    expect(lawOf(fitScalingLaw(SIZES, simulated(0.2, 0, { noise: 0.02 }))).peak).toBeNull();
  });

  it('is given for enough sizes and forks alone, that reach past the knee', () => {
    expect(fitScalingLaw([1, 2, 4, 8, 16], simulated(0.1, 0, { sizes: [1, 2, 4, 8, 16] }))).toBe('few sizes');
    expect(fitScalingLaw(SIZES, simulated(0.1, 0, { forks: 2 }))).toBe('few forks');
    expect(fitScalingLaw(SIZES, simulated(0.001, 0))).toBe('short range');
  });

  it('says that it does not fit what is limited by cores at once, and where; and fits what is of its shape', () => {
    const sharp = (noise: number) => {
      const spread = simulated(0, 0, { noise });
      return spread.map(fork =>
        fork.map((log, at) => log - Math.log(SIZES[at]!) + Math.log(Math.min(SIZES[at]!, 4))),
      );
    };
    const { misfit } = lawOf(fitScalingLaw(SIZES, sharp(0.01)));
    expect(misfit).toMatchObject({ threads: 4 });
    expect(misfit!.share).toBeGreaterThan(0.1);
    // Noise that hides it.
    expect(lawOf(fitScalingLaw(SIZES, sharp(0.5))).misfit).toBeNull();
    let lacking = 0;
    for (let seed = 1; seed <= 100; seed++)
      if (lawOf(fitScalingLaw(SIZES, simulated(0.1, 0.004, { noise: 0.06, seed }))).misfit !== null)
        lacking++;
    expect(lacking).toBeLessThanOrEqual(3);
  });

  it('never leaves its bounds, whatever it is given', () => {
    for (let seed = 1; seed <= 40; seed++) {
      const found = fitScalingLaw(SIZES, simulated(0.5, 0.02, { noise: 0.6, seed, forks: 3 }));
      if (typeof found === 'string') continue;
      expect(found.alpha.low).toBeGreaterThanOrEqual(0);
      expect(found.alpha.high).toBeLessThanOrEqual(1);
      expect(found.beta.low).toBeGreaterThanOrEqual(0);
    }
  });
});
