import type { Range } from './range.js';

export interface Point {
  readonly x: number;
  readonly y: number;
}

/** From one part of the plane to another, each axis by itself. */
export interface Mapping {
  x(x: number): number;
  y(y: number): number;
}

const COORDINATES = /(-?\d+(?:\.\d+)?),(-?\d+(?:\.\d+)?)/g;

/** Corners of a path of straight lines in absolute coordinates: what the report draws lines and bands with. */
export function cornersOf(path: string): Point[] {
  return [...path.matchAll(COORDINATES)].map(([, x, y]) => ({ x: Number(x), y: Number(y) }));
}

export function movedPath(path: string, { x, y }: Mapping): string {
  return path.replace(COORDINATES, (_, from: string, to: string) => {
    return `${x(Number(from)).toFixed(2)},${y(Number(to)).toFixed(2)}`;
  });
}

/** The range `from` on the range `to`; the other way round where `to` is. */
export function mappingOf(from: Range, to: Range): (value: number) => number {
  const scale = (to.to - to.from) / (from.to - from.from);
  return value => to.from + (value - from.from) * scale;
}

/** Where a line from left to right is at `x`; null: it is not. */
export function heightAt(line: readonly Point[], x: number): number | null {
  const after = line.findIndex(point => point.x >= x);
  const [next, before] = [line[after], line[after - 1]];
  if (next === undefined) return null;
  if (next.x === x) return next.y;
  if (before === undefined) return null;
  return before.y + ((next.y - before.y) * (x - before.x)) / (next.x - before.x);
}

/** The highest and the lowest of what is seen of some outlines between two places; null: nothing is. */
export function heightsWithin(outlines: readonly (readonly Point[])[], { from, to }: Range): Range | null {
  const ys = outlines.flatMap(outline => [
    ...outline.filter(({ x }) => x >= from && x <= to).map(({ y }) => y),
    ...[from, to].flatMap(x => crossingsAt(outline, x)),
  ]);
  return ys.length === 0 ? null : { from: Math.min(...ys), to: Math.max(...ys) };
}

/** A band goes there and back: each of its sides crosses. */
function crossingsAt(outline: readonly Point[], x: number): number[] {
  return outline.slice(1).flatMap((end, at) => {
    const start = outline[at]!;
    const [low, high] = start.x < end.x ? [start, end] : [end, start];
    const height = low.x < x && x < high.x ? heightAt([low, high], x) : null;
    return height === null ? [] : [height];
  });
}
