import { truncate, widthOf } from '../../text.js';
import { pixelsOf, WIDTH } from './frame.js';

export interface PlaceTick {
  /** In pixels. */
  readonly at: number;
  readonly label: string;
}

interface PlacedTick extends PlaceTick {
  /** The middle of its label; null: that would run into the one before it. */
  readonly textX: number | null;
}

const LONGEST = 16;
const GAP = 6;

/** Labels below an axis, each in the middle of its place but within the picture. Pure. */
export function fittingLabels(ticks: readonly PlaceTick[]): PlacedTick[] {
  let end = 0;
  return ticks.map(({ at, label: whole }) => {
    const label = truncate(whole, LONGEST);
    const half = pixelsOf(widthOf(label)) / 2;
    const x = Math.min(Math.max(at, half), WIDTH - half);
    if (x - half < end) return { at, label, textX: null };
    end = x + half + GAP;
    return { at, label, textX: x };
  });
}
