import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addCovered, edgesOf } from '../../../src/stats/timeline/coverage.js';
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

describe('coverage', () => {
  it('of parts is the sum of what tasks cover of each, however close one looks', () => {
    fc.assert(
      fc.property(
        layouts,
        fc.double({ min: 0, max: 60, noNaN: true }),
        fc.constantFrom(1e-4, 0.01, 1, 7, 70),
        fc.integer({ min: 1, max: 60 }),
        (layout, fromMs, lengthMs, parts) => {
          const into = new Float32Array(parts);
          addCovered(edgesOf(layout, whole(layout)), { fromMs, toMs: fromMs + lengthMs }, into);
          const partMs = lengthMs / parts;
          directly(layout, fromMs, fromMs + lengthMs, parts).forEach((value, at) => {
            // Of a part: what a pixel shows has 256 steps.
            expect(Math.abs(into[at]! - value)).toBeLessThan(1e-5 * partMs * layout.rows + 1e-11);
          });
        },
      ),
    );
  });

  it('is nothing before the first task, after the last and between them', () => {
    const layout = layTrial(
      tableOf([
        { startedMs: 10.1, ranMs: 0.2 },
        { startedMs: 40.7, ranMs: 0.1 },
      ]),
      70,
    );
    const into = new Float32Array(7_000);
    addCovered(edgesOf(layout, whole(layout)), { fromMs: 0, toMs: 70 }, into);
    const covered = [...into.keys()].filter(part => into[part]! > 0);
    const near = (from: number, to: number) => covered.filter(part => part >= from && part <= to).length;
    expect(near(1_009, 1_030) + near(4_069, 4_080)).toBe(covered.length);
    expect(covered.length).toBeLessThanOrEqual(33);
  });

  it('counts those alone that are asked for', () => {
    fc.assert(
      fc.property(layouts, layout => {
        const isFailed = (place: number) => hasFailed(layout.table, layout.index[place]!);
        const sumOf = (isCounted: (place: number) => boolean) => {
          const into = new Float32Array(1);
          addCovered(edgesOf(layout, whole(layout), isCounted), { fromMs: 0, toMs: 70 }, into);
          return into[0]!;
        };
        expect(sumOf(isFailed) + sumOf(place => !isFailed(place))).toBeCloseTo(
          directly(layout, 0, 70, 1)[0]!,
          2,
        );
      }),
    );
  });
});
