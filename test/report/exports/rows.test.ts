import fc from 'fast-check';
import { expect, test } from 'vitest';
import { rowsOf } from '../../../src/report/exports/rows.js';

const spans = fc.array(
  fc.tuple(fc.integer({ min: 0, max: 200 }), fc.integer({ min: 0, max: 60 })).map(([startNs, ns]) => ({
    startNs,
    endNs: startNs + ns,
  })),
  { maxLength: 60 },
);

test('every span has a row, and in none of them two overlap', () => {
  fc.assert(
    fc.property(spans, all => {
      const rows = rowsOf(all);
      expect(new Set(rows.flat())).toEqual(new Set(all));
      expect(rows.flat()).toHaveLength(all.length);
      for (const row of rows)
        for (const [at, { startNs }] of row.entries())
          if (at > 0) expect(startNs).toBeGreaterThan(row[at - 1]!.endNs + 1);
    }),
  );
});

test('there are as few rows as there are spans at a moment', () => {
  fc.assert(
    fc.property(spans, all => {
      // A span keeps its row for a moment longer.
      const at = (ns: number) => all.filter(({ startNs, endNs }) => startNs <= ns && ns < endNs + 2).length;
      const most = Math.max(0, ...all.map(({ startNs }) => at(startNs)));
      expect(rowsOf(all)).toHaveLength(most);
    }),
  );
});
