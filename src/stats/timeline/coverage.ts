import { placesWithin, type Span, type TrialLayout } from './layout.js';

/** Rows next to each other that are drawn as one line. */
export interface Line {
  readonly firstRow: number;
  readonly rows: number;
}

/**
 * How long tasks ran in equal parts of a trial (Σ over the rows of a line, in ms), as running sums: what a pixel covers is a
 * difference of two of them, however many tasks and parts are in it. (Levels of parts, each twice as long as those below, took
 * three sums a pixel.)
 */
export interface CoverageSums {
  /** Of what parts cover, up to the start of each and to the end of the last. */
  readonly sums: Float64Array;
  readonly partMs: number;
}

const MOST_PARTS = 2 ** 17;
const LEAST_PARTS = 2 ** 6;

/** @param isCounted of those at a place; default: all are */
export function coverageSums(
  layout: TrialLayout,
  line: Line,
  isCounted?: (place: number) => boolean,
): CoverageSums {
  const tasks = layout.rowStart[line.firstRow + line.rows]! - layout.rowStart[line.firstRow]!;
  const wanted = 2 ** Math.ceil(Math.log2(Math.max(1, 2 * tasks)));
  const parts = Math.min(MOST_PARTS, Math.max(LEAST_PARTS, wanted));
  // A trial of no length has no parts.
  const totalMs = Math.max(layout.wallMs, 1e-6);
  const whole = { fromMs: 0, toMs: totalMs };
  const covered = new Float32Array(parts);
  addCovered(layout, line, whole, covered, isCounted);
  const sums = new Float64Array(parts + 1);
  for (let part = 0; part < parts; part++) sums[part + 1] = sums[part]! + covered[part]!;
  return { sums, partMs: totalMs / parts };
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

/** Whether the sums have parts as short as a pixel; else tasks are few, and read one by one. */
export function isFineEnough({ partMs }: CoverageSums, { fromMs, toMs }: Span, pixels: number): boolean {
  return partMs <= (toMs - fromMs) / pixels;
}

/** Adds what each pixel covers, in ms: the difference of what was covered up to its two edges, however long it is. */
export function addFromSums(
  { sums, partMs }: CoverageSums,
  { fromMs, toMs }: Span,
  into: Float32Array,
): void {
  const parts = sums.length - 1;
  const step = (toMs - fromMs) / into.length / partMs;
  const first = fromMs / partMs;
  let before = coveredUpTo(sums, parts, first);
  for (let pixel = 0; pixel < into.length; pixel++) {
    const after = coveredUpTo(sums, parts, first + (pixel + 1) * step);
    into[pixel]! += after - before;
    before = after;
  }
}

/** Evenly within a part. */
function coveredUpTo(sums: Float64Array, parts: number, at: number): number {
  if (at <= 0) return 0;
  if (at >= parts) return sums[parts]!;
  const part = Math.floor(at);
  const sum = sums[part]!;
  return sum + (at - part) * (sums[part + 1]! - sum);
}
