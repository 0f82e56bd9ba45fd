import { placeAt } from '../../stats/timeline/hit.js';
import { rowAt, type TrialLayout } from '../../stats/timeline/layout.js';
import type { Model, TaskRef } from './model.js';

export type Step = 'next' | 'previous' | 'first' | 'last' | 'down' | 'up';

/** From one task to another by key; from none to the first of all. Null: there is no task at all. */
export function stepped(model: Model, from: TaskRef | null, step: Step): TaskRef | null {
  if (from === null) {
    const block = model.blocks.findIndex(({ picture }) => picture.layout.index.length > 0);
    return block < 0 ? null : { block, place: 0 };
  }
  const { layout } = model.blocks[from.block]!.picture;
  const row = rowAt(layout, from.place);
  const [first, last] = [layout.rowStart[row]!, layout.rowStart[row + 1]! - 1];
  switch (step) {
    case 'next':
      return { ...from, place: Math.min(last, from.place + 1) };
    case 'previous':
      return { ...from, place: Math.max(first, from.place - 1) };
    case 'first':
      return { ...from, place: first };
    case 'last':
      return { ...from, place: last };
    case 'down':
    case 'up':
      return besides(model, from, row + (step === 'down' ? 1 : -1));
  }
}

/** The task of the row next to it, be it another executor's, that is nearest in time. */
function besides(model: Model, from: TaskRef, row: number): TaskRef {
  const atMs = model.blocks[from.block]!.picture.layout.startedMs[from.place]!;
  let [block, wanted] = [from.block, row];
  for (;;) {
    const layout = model.blocks[block]?.picture.layout;
    if (layout === undefined) return from;
    if (wanted >= 0 && wanted < layout.rows) return { block, place: nearest(layout, wanted, atMs) };
    block += wanted < 0 ? -1 : 1;
    wanted = wanted < 0 ? (model.blocks[block]?.picture.layout.rows ?? 0) - 1 : 0;
  }
}

function nearest(layout: TrialLayout, row: number, atMs: number): number {
  return placeAt(layout, row, atMs, Number.POSITIVE_INFINITY);
}
