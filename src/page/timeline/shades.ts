import { addCovered } from '../../stats/timeline/coverage.js';
import type { Span } from '../../stats/timeline/layout.js';
import type { Colour } from './colours.js';
import type { CoveredLine } from './model.js';

/** What is covered at all is seen. */
const LEAST_COVERED = 0.12;
const FULL = 0.9;

export interface ShadeColours {
  readonly tone: Colour;
  readonly failed: Colour;
}

/** Numbers of one line at a time, kept between frames, so that drawing makes no garbage. */
export class Shades {
  #covered = new Float32Array(0);
  #lost = new Float32Array(0);

  /** Fills a row of pixels with how much of each a line covers. */
  fill({ rows, all, failed }: CoveredLine, view: Span, colours: ShadeColours, into: Uint8ClampedArray): void {
    const pixels = into.length / 4;
    if (this.#covered.length !== pixels) {
      this.#covered = new Float32Array(pixels);
      this.#lost = new Float32Array(pixels);
    }
    const covered = this.#covered.fill(0);
    addCovered(all, view, covered);
    const lost = failed === null ? null : this.#lost.fill(0);
    if (failed !== null && lost !== null) addCovered(failed, view, lost);
    const fullMs = ((view.toMs - view.fromMs) / pixels) * rows;
    paint(covered, lost, fullMs, colours, into);
  }
}

/** @param fullMs what is covered where all rows have a task all the time */
function paint(
  covered: Float32Array,
  lost: Float32Array | null,
  fullMs: number,
  { tone, failed: failure }: ShadeColours,
  into: Uint8ClampedArray,
): void {
  const pixels = covered.length;
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
