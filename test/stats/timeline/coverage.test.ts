import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addCovered, addFromSums, coverageSums, isFineEnough } from '../../../src/stats/timeline/coverage.js';
import { hasFailed, layTrial, type TrialLayout } from '../../../src/stats/timeline/layout.js';
import { tableOf, taskRow } from '../../support/task-tables.js';

const layouts = fc
  .array(taskRow, { minLength: 1, maxLength: 40 })
  .map(rows => layTrial(tableOf(rows), 70))
  .filter(({ rows }) => rows > 0);

const whole = ({ rows }: TrialLayout) => ({ firstRow: 0, rows });

/** Part by part, task by task. */
function directly(
  { startedMs, endedMs }: TrialLayout,
  fromMs: number,
  toMs: number,
  parts: number,
): number[] {
  const partMs = (toMs - fromMs) / parts;
  return Array.from({ length: parts }, (_, part) => {
    const [from, to] = [fromMs + part * partMs, fromMs + (part + 1) * partMs];
    return startedMs.reduce(
      (sum, start, place) => sum + Math.max(0, Math.min(to, endedMs[place]!) - Math.max(from, start)),
      0,
    );
  });
}

const expectClose = (found: ArrayLike<number>, expected: readonly number[]) => {
  expected.forEach((value, at) => {
    expect(Math.abs(found[at]! - value)).toBeLessThan(1e-3);
  });
};

describe('coverage', () => {
  it('of parts is the sum of what tasks cover of each', () => {
    fc.assert(
      fc.property(
        layouts,
        fc.nat(50),
        fc.integer({ min: 1, max: 30 }),
        fc.integer({ min: 1, max: 40 }),
        (layout, fromMs, lengthMs, parts) => {
          const into = new Float32Array(parts);
          addCovered(layout, whole(layout), { fromMs, toMs: fromMs + lengthMs }, into);
          expectClose(into, directly(layout, fromMs, fromMs + lengthMs, parts));
        },
      ),
    );
  });

  it('is the same in running sums, for parts of every length', () => {
    fc.assert(
      fc.property(layouts, layout => {
        const { sums } = coverageSums(layout, whole(layout));
        for (let length = 1; length < sums.length; length *= 2) {
          const parts = (sums.length - 1) / length;
          const level = Float32Array.from(
            { length: parts },
            (_, at) => sums[(at + 1) * length]! - sums[at * length]!,
          );
          expectClose(level, directly(layout, 0, 70, parts));
        }
      }),
    );
  });

  it('read from running sums is what tasks cover, where pixels are whole parts', () => {
    fc.assert(
      fc.property(layouts, fc.constantFrom(4, 8, 16, 32), fc.nat(3), (layout, pixels, quarter) => {
        const sums = coverageSums(layout, whole(layout));
        const span = { fromMs: (70 * quarter) / 4, toMs: (70 * (quarter + 1)) / 4 };
        expect(isFineEnough(sums, span, pixels)).toBe(sums.partMs <= 70 / 4 / pixels);
        const into = new Float32Array(pixels);
        if (!isFineEnough(sums, span, pixels)) return;
        addFromSums(sums, span, into);
        expectClose(into, directly(layout, span.fromMs, span.toMs, pixels));
      }),
    );
  });

  it('read from running sums loses nothing, whatever the pixels are', () => {
    fc.assert(
      fc.property(layouts, fc.integer({ min: 1, max: 60 }), (layout, pixels) => {
        const into = new Float32Array(pixels);
        addFromSums(coverageSums(layout, whole(layout)), { fromMs: 0, toMs: 70 }, into);
        const sum = into.reduce((total, value) => total + value, 0);
        expect(sum).toBeCloseTo(directly(layout, 0, 70, 1)[0]!, 2);
      }),
    );
  });

  it('counts those alone that are asked for', () => {
    fc.assert(
      fc.property(layouts, layout => {
        const isFailed = (place: number) => hasFailed(layout.table, layout.index[place]!);
        const sumOf = (isCounted: (place: number) => boolean) =>
          coverageSums(layout, whole(layout), isCounted).sums.at(-1)!;
        expect(sumOf(isFailed) + sumOf(place => !isFailed(place))).toBeCloseTo(
          directly(layout, 0, 70, 1)[0]!,
          2,
        );
      }),
    );
  });
});
