import fc from 'fast-check';
import { expect, test } from 'vitest';
import { leastCommonMultiple, roundInFlight, roundToMultiple } from '../../src/plan/in-flight.js';
import { makePlan } from '../../src/plan/plan.js';
import { sentenceOf } from '../../src/report/words/findings.js';
import { catalogue } from './catalogue.js';

test.each([
  [64, [2], 64, null],
  [64, [3], 63, '63 instead of 64'],
  [1, [2], 2, '2 instead of 1'],
  [3, [2], 4, '4 instead of 3'],
  [10, [4], 12, '12 instead of 10'],
  [64, [1, 2, 3], 66, '66 instead of 64'],
  [5, [1], 5, null],
])('%i in flight over %j threads is %i', (asked, threads, total, said) => {
  const rounded = roundInFlight([asked], threads);
  expect(rounded.totals).toEqual([total]);
  expect(rounded.findings.map(({ code }) => code)).toEqual(said === null ? [] : ['rounded-in-flight']);
  if (said !== null) expect(sentenceOf(rounded.findings[0]!)).toContain(said);
});

test('two limits that become the same are one', () => {
  expect(roundInFlight([1, 2, 16], [2]).totals).toEqual([2, 16]);
});

test('thread counts without a common multiple in reach are refused', () => {
  expect(() => roundInFlight([64], [1021, 1019])).toThrow(/up to 1000000.*1021, 1019.*1040399/);
});

const threadCounts = fc.uniqueArray(fc.integer({ min: 1, max: 12 }), { minLength: 1, maxLength: 3 });

test('rounding gives a multiple of every thread count, the nearest', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 500 }), threadCounts, (asked, threads) => {
      const multiple = leastCommonMultiple(threads);
      const total = roundToMultiple(asked, multiple);
      for (const count of threads) expect(total % count).toBe(0);
      expect(total).toBeGreaterThanOrEqual(multiple);
      if (asked >= multiple) expect(Math.abs(total - asked)).toBeLessThanOrEqual(multiple / 2);
    }),
  );
});

test('all executors of a scenario have the same total, shared evenly', async () => {
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 1, max: 300 }), threadCounts, async (inFlight, threads) => {
      const plan = await makePlan({ targets: ['http'], inFlight, threads }, { catalogue });
      const [scenario] = plan.scenarios;
      const variants = scenario!.executors.filter(({ name }) => name !== 'sequential');
      expect(new Set(variants.map(variant => variant.inFlight)).size).toBe(1);
      for (const variant of variants) {
        expect(Number.isInteger(variant.inFlightPerWorker)).toBe(true);
        expect(variant.inFlightPerWorker * variant.threads).toBe(variant.inFlight);
      }
      expect(scenario!.findings.length).toBe(variants[0]!.inFlight === inFlight ? 0 : 1);
    }),
    { numRuns: 50 },
  );
});
