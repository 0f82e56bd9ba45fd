import fc from 'fast-check';
import { expect, it } from 'vitest';
import { apportion } from '../../src/workloads/mix-order.js';

const shares = fc.array(fc.integer({ min: 1, max: 100 }), { minLength: 1, maxLength: 6 });
const seed = fc.integer({ min: 0, max: 2 ** 32 - 1 });

it('of the first 10, 20, 30, … tasks each part has its share, to within one task', () => {
  fc.assert(
    fc.property(shares, seed, fc.integer({ min: 1, max: 30 }), (parts, from, blocks) => {
      const placeOf = apportion(parts, from);
      const tasks = 10 * blocks;
      const places = Array.from({ length: tasks }, (_, index) => placeOf(index));
      const total = parts.reduce((sum, share) => sum + share, 0);
      for (const [at, share] of parts.entries()) {
        const count = places.filter(place => place === at).length;
        expect(Math.abs(count - (tasks * share) / total)).toBeLessThanOrEqual(1 + 1e-9);
      }
    }),
  );
});

it('is the same whoever asks, in whatever order', () => {
  fc.assert(
    fc.property(shares, seed, fc.array(fc.nat(200), { minLength: 1 }), (parts, from, indexes) => {
      const straight = apportion(parts, from);
      const all = Array.from({ length: 201 }, (_, index) => straight(index));
      const jumping = apportion(parts, from);
      for (const index of indexes) expect(jumping(index)).toBe(all[index]);
    }),
  );
});

it('another seed has another order', () => {
  const orderOf = (from: number) => {
    const placeOf = apportion([7, 3], from);
    return Array.from({ length: 100 }, (_, index) => placeOf(index)).join('');
  };
  expect(orderOf(1)).not.toBe(orderOf(2));
});
