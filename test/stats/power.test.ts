import { describe, expect, it } from 'vitest';
import { createRandom } from '../../src/random.js';
import { compareForks } from '../../src/stats/comparison.js';
import { resolvableShare } from '../../src/stats/power.js';

describe('resolvableShare', () => {
  it('is found in about nine of ten simulated runs', () => {
    const random = createRandom(11);
    const gauss = () => Math.sqrt(-2 * Math.log(1 - random.next())) * Math.cos(2 * Math.PI * random.next());
    for (const forks of [5, 8]) {
      const forkStandardDeviation = 0.02;
      const share = resolvableShare({ forkStandardDeviation, forks, confidence: 'stopping' })!;
      let found = 0;
      for (let run = 0; run < 2_000; run++) {
        const values = Array.from({ length: forks }, () => [
          Math.log1p(share) + forkStandardDeviation * gauss(),
        ]);
        if (compareForks(values, 'stopping').low! > 1) found++;
      }
      expect(found / 2_000).toBeGreaterThan(0.85);
      expect(found / 2_000).toBeLessThan(0.96);
    }
  });

  it('is nothing without noise, and unknown for one fork', () => {
    expect(resolvableShare({ forkStandardDeviation: 0, forks: 5, confidence: 'fixed' })).toBe(0);
    expect(resolvableShare({ forkStandardDeviation: 0.1, forks: 1, confidence: 'fixed' })).toBeNull();
  });
});

describe('equality', () => {
  it('is claimed of a pair that differs by the whole share in at most 2.5 %', () => {
    const random = createRandom(12);
    const gauss = () => Math.sqrt(-2 * Math.log(1 - random.next())) * Math.cos(2 * Math.PI * random.next());
    let claims = 0;
    for (let run = 0; run < 4_000; run++) {
      const values = Array.from({ length: 8 }, () => [Math.log(1.02) + 0.005 * gauss()]);
      if (compareForks(values, 'fixed').equalWithinLog! <= Math.log(1.02)) claims++;
    }
    // 2.5 %, with three standard errors of 4,000 runs.
    expect(claims / 4_000).toBeLessThan(0.033);
    expect(claims).toBeGreaterThan(0);
  });
});
