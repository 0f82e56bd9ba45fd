import {
  addCovered,
  addFromSums,
  type CoverageSums,
  isFineEnough,
  type Line,
} from '../../stats/timeline/coverage.js';
import type { Span, TrialLayout } from '../../stats/timeline/layout.js';
import type { Colour } from './colours.js';
import type { CoveredLine } from './model.js';

/** What is covered at all is seen. */
const LEAST_COVERED = 0.12;
const FULL = 0.9;

export interface ShadeColours {
  readonly tone: Colour;
  readonly failed: Colour;
}

/** Fills a row of pixels with how much of each a line covers: from its running sums, or from the tasks where these are few. */
export function shadeLine(
  layout: TrialLayout,
  { line, all, failed }: CoveredLine,
  view: Span,
  { tone, failed: failure }: ShadeColours,
  into: Uint8ClampedArray,
): void {
  const pixels = into.length / 4;
  const fullMs = ((view.toMs - view.fromMs) / pixels) * line.rows;
  const covered = coveredBy(layout, line, all, view, pixels);
  const lost = failed === null ? null : coveredBy(layout, line, failed, view, pixels, true);
  // Written as a whole where there is one colour: four bytes each would be most of a frame. (All that browsers run on is little-endian.)
  const words = new Uint32Array(into.buffer, into.byteOffset, pixels);
  const opaque = (Math.round(tone.blue) << 16) | (Math.round(tone.green) << 8) | Math.round(tone.red);
  for (let pixel = 0; pixel < pixels; pixel++) {
    const share = covered[pixel]! / fullMs;
    // Nothing there: it is transparent already.
    if (share <= 0) continue;
    const shown = Math.max(LEAST_COVERED, FULL * share);
    if (lost === null) {
      words[pixel] = (Math.min(255, Math.round(255 * shown)) << 24) | opaque;
      continue;
    }
    // By the root, so that a failure among many is seen; notches above the track lose none.
    const red = Math.min(1, Math.sqrt(lost[pixel]! / covered[pixel]!));
    const at = 4 * pixel;
    into[at] = tone.red + (failure.red - tone.red) * red;
    into[at + 1] = tone.green + (failure.green - tone.green) * red;
    into[at + 2] = tone.blue + (failure.blue - tone.blue) * red;
    into[at + 3] = 255 * shown;
  }
}

function coveredBy(
  layout: TrialLayout,
  line: Line,
  sums: CoverageSums,
  view: Span,
  pixels: number,
  isFailures = false,
): Float32Array {
  const covered = new Float32Array(pixels);
  // Failures have ticks of their own where the sums are too coarse.
  if (isFailures || isFineEnough(sums, view, pixels)) addFromSums(sums, view, covered);
  else addCovered(layout, line, view, covered);
  return covered;
}
