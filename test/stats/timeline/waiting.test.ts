import fc from 'fast-check';
import { expect, it } from 'vitest';
import { waitingAt, waitingOf } from '../../../src/stats/timeline/waiting.js';
import { tableOf, taskRow } from '../../support/task-tables.js';

it('waiting are those that were there and had not started, at any moment', () => {
  fc.assert(
    fc.property(fc.array(taskRow, { maxLength: 30 }), rows => {
      const table = tableOf(rows);
      const waiting = waitingOf(table);
      const direct = (ms: number) =>
        rows.filter((_, at) => table.queuedMs[at]! <= ms && !(table.startedMs[at]! <= ms)).length;
      const moments = Array.from({ length: 61 }, (_, ms) => ms);
      expect(moments.map(ms => waitingAt(waiting, ms))).toEqual(moments.map(direct));
      expect(waiting.most).toBe(Math.max(0, ...moments.map(direct)));
    }),
  );
});
