import { clamp } from '../clamp.js';

export interface Box {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

export interface Size {
  readonly width: number;
  readonly height: number;
}

/** Pixels between the words and what they explain, and between them and the edge of the window. */
const GAP = 8;

/**
 * Where words about something stand: above it, or where there is no room below it, in its middle but within the window. It
 * stays uncovered, unless neither side has room: then the words take the larger one.
 */
export function placeTip(about: Box, tip: Size, view: Size): { readonly x: number; readonly y: number } {
  const middle = (about.left + about.right) / 2;
  const x = clamp(middle - tip.width / 2, GAP, view.width - tip.width - GAP);
  const [above, below] = [about.top - GAP - tip.height, about.bottom + GAP];
  if (above >= GAP) return { x, y: above };
  const hasRoomBelow = below + tip.height <= view.height - GAP;
  if (hasRoomBelow || view.height - about.bottom >= about.top) return { x, y: below };
  return { x, y: Math.max(0, above) };
}
