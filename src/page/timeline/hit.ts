import { placeInLine } from '../../stats/timeline/hit.js';
import { NO_PLACE, type Span } from '../../stats/timeline/layout.js';
import { waitingAt } from '../../stats/timeline/waiting.js';
import type { BlockTrack, Model, TaskRef } from './model.js';

/** What is under the pointer. */
export type Hit =
  | { readonly kind: 'task'; readonly task: TaskRef }
  | { readonly kind: 'waiting'; readonly block: number; readonly tasks: number; readonly atMs: number }
  | { readonly kind: 'busy'; readonly block: number; readonly fromMs: number; readonly toMs: number };

/** A task is hit by a pointer that is not further from it than that. */
const NEAR_PIXELS = 4;

export interface Pointer {
  readonly x: number;
  readonly y: number;
}

export function timeAt({ fromMs, toMs }: Span, width: number, x: number): number {
  return fromMs + ((toMs - fromMs) * x) / width;
}

export function xAt({ fromMs, toMs }: Span, width: number, ms: number): number {
  return ((ms - fromMs) * width) / (toMs - fromMs);
}

export function hitAt(model: Model, view: Span, width: number, { x, y }: Pointer): Hit | null {
  const atMs = timeAt(view, width, x);
  const nearMs = (NEAR_PIXELS * (view.toMs - view.fromMs)) / width;
  const block = model.blocks.findIndex(({ geometry }) => y >= geometry.top && y < geometry.bottom);
  const found = model.blocks[block];
  if (found === undefined) return null;
  const isIn = (band: { readonly top: number; readonly height: number } | null) =>
    band !== null && y >= band.top && y < band.top + band.height;
  if (isIn(found.geometry.waiting) && atMs <= found.data.wallMs)
    return { kind: 'waiting', block, tasks: waitingAt(found.picture.waiting, atMs), atMs };
  if (isIn(found.geometry.busy)) return busyHit(model, block, atMs, nearMs);
  const track = found.tracks.find(({ geometry }) => isIn(geometry));
  if (track === undefined) return null;
  const place = placeIn(model, block, track, { y, atMs, nearMs });
  return place === NO_PLACE ? null : { kind: 'task', task: { block, place } };
}

interface Spot {
  readonly y: number;
  readonly atMs: number;
  readonly nearMs: number;
}

function placeIn(model: Model, block: number, { geometry }: BlockTrack, { y, atMs, nearMs }: Spot): number {
  const { layout } = model.blocks[block]!.picture;
  const height = (y - geometry.top) / geometry.lineHeight;
  const at = Math.min(geometry.lines.length - 1, Math.max(0, Math.floor(height)));
  return placeInLine(layout, geometry.lines[at]!, height - at, atMs, nearMs);
}

function busyHit(model: Model, block: number, atMs: number, nearMs: number): Hit | null {
  const { busy } = model.blocks[block]!.picture;
  const at = busy?.fromMs.findIndex(
    (from, spell) => from - nearMs <= atMs && atMs <= busy.toMs[spell]! + nearMs,
  );
  if (busy === null || at === undefined || at < 0) return null;
  return { kind: 'busy', block, fromMs: busy.fromMs[at]!, toMs: busy.toMs[at]! };
}
