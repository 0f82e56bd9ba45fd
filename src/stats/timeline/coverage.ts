import { placesWithin, type Span, type TrialLayout } from './layout.js';

/** Rows next to each other that are drawn as one line. */
export interface Line {
  readonly firstRow: number;
  readonly rows: number;
}

/**
 * How long tasks ran in each of equal parts of a trial (Σ over the rows of a line, in ms), the finest parts first, each level
 * with parts twice as long: what a pixel covers is a sum of two or three of them, however many tasks there are.
 */
export interface Pyramid {
  readonly levels: readonly Float32Array[];
  /** Of the finest. */
  readonly partMs: number;
}

const MOST_PARTS = 2 ** 17;
const LEAST_PARTS = 2 ** 6;

/** @param isCounted of those at a place; default: all are */
export function pyramidOf(layout: TrialLayout, line: Line, isCounted?: (place: number) => boolean): Pyramid {
  const tasks = layout.rowStart[line.firstRow + line.rows]! - layout.rowStart[line.firstRow]!;
  const wanted = 2 ** Math.ceil(Math.log2(Math.max(1, 2 * tasks)));
  const parts = Math.min(MOST_PARTS, Math.max(LEAST_PARTS, wanted));
  // A trial of no length has no parts.
  const totalMs = Math.max(layout.wallMs, 1e-6);
  const whole = { fromMs: 0, toMs: totalMs };
  let level = new Float32Array(parts);
  addCovered(layout, line, whole, level, isCounted);
  const levels = [level];
  while (level.length > 1) {
    const finer = level;
    level = Float32Array.from({ length: finer.length / 2 }, (_, at) => finer[2 * at]! + finer[2 * at + 1]!);
    levels.push(level);
  }
  return { levels, partMs: totalMs / parts };
}

/** Adds how long tasks of the line ran in each of the equal parts of that time: task by task. */
export function addCovered(
  layout: TrialLayout,
  line: Line,
  span: Span,
  into: Float32Array,
  isCounted?: (place: number) => boolean,
): void {
  const { fromMs, toMs } = span;
  const parts = into.length;
  const partMs = (toMs - fromMs) / parts;
  /** +1 where parts that are filled begin, −1 where they end. */
  const steps = new Int32Array(parts + 1);
  for (let row = line.firstRow; row < line.firstRow + line.rows; row++) {
    const [from, to] = placesWithin(layout, row, span);
    for (let place = from; place < to; place++) {
      if (isCounted !== undefined && !isCounted(place)) continue;
      const start = Math.max(0, (layout.startedMs[place]! - fromMs) / partMs);
      const end = Math.min(parts, (layout.endedMs[place]! - fromMs) / partMs);
      const [first, last] = [Math.floor(start), Math.floor(end)];
      if (first >= parts) continue;
      if (first === last) {
        into[first]! += (end - start) * partMs;
        continue;
      }
      into[first]! += (first + 1 - start) * partMs;
      if (last < parts) into[last]! += (end - last) * partMs;
      steps[first + 1]! += 1;
      steps[last]! -= 1;
    }
  }
  let filled = 0;
  for (let part = 0; part < parts; part++) {
    filled += steps[part]!;
    if (filled !== 0) into[part]! += filled * partMs;
  }
}

/** Whether the pyramid has parts as short as a pixel; else tasks are few, and read one by one. */
export function isFineEnough({ partMs }: Pyramid, { fromMs, toMs }: Span, pixels: number): boolean {
  return partMs <= (toMs - fromMs) / pixels;
}

/** Adds what each pixel covers, in ms, from the coarsest parts that are no longer than a pixel. */
export function addFromPyramid(
  { levels, partMs }: Pyramid,
  { fromMs, toMs }: Span,
  into: Float32Array,
): void {
  const pixelMs = (toMs - fromMs) / into.length;
  const depth = Math.min(levels.length - 1, Math.max(0, Math.floor(Math.log2(pixelMs / partMs))));
  const level = levels[depth]!;
  const lengthMs = partMs * 2 ** depth;
  for (let pixel = 0; pixel < into.length; pixel++) {
    const start = Math.max(0, (fromMs + pixel * pixelMs) / lengthMs);
    const end = Math.min(level.length, (fromMs + (pixel + 1) * pixelMs) / lengthMs);
    let sum = 0;
    for (let part = Math.floor(start); part < end; part++)
      sum += level[part]! * (Math.min(end, part + 1) - Math.max(start, part));
    into[pixel]! += sum;
  }
}
