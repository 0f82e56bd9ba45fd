import { countWithin } from '../../stats/timeline/coverage.js';
import { BAR_OPACITIES } from '../../stats/timeline/geometry.js';
import { firstFrom } from '../../stats/timeline/search.js';
import { addBars, Bars, crossBars, fillBars, type Plot } from './bars.js';
import type { Colours } from './colours.js';
import { xAt } from './hit.js';
import type { Block, BlockTrack } from './model.js';
import { type ShadeColours, Shades } from './shades.js';

/** So many tasks of a frame are drawn one by one. */
const MOST_BARS = 2_000;
/** And only where a task has about so many pixels of its row. */
const PIXELS_PER_BAR = 3;

export interface DrawnTasks {
  /** That ran within the view. */
  readonly tasks: number;
  /** Of these, drawn one by one; of all others the share of each pixel that they cover. */
  readonly bars: number;
}

/** Draws tracks: task by task while that can be seen, else shades. */
export class TrackPainter {
  readonly #bars = new Bars();
  readonly #shades = new Shades();
  readonly #strip: HTMLCanvasElement;
  readonly #stripContext: CanvasRenderingContext2D;
  #image: ImageData | undefined;

  constructor(page: Document) {
    this.#strip = page.createElement('canvas');
    const context = this.#strip.getContext('2d', { willReadFrequently: true });
    if (context === null) throw new Error('Expected a canvas that can be drawn on.');
    this.#stripContext = context;
  }

  /** @param room how many may be drawn one by one */
  paint(
    context: CanvasRenderingContext2D,
    block: Block,
    at: number,
    plot: Plot,
    colours: Colours,
    room: number,
  ): DrawnTasks {
    let [tasks, bars] = [0, 0];
    this.#bars.clear();
    for (const track of block.tracks) {
      const { layout } = block.picture;
      const seen = track.lines.reduce((sum, { all }) => sum + countWithin(all, plot.view), 0);
      tasks += seen;
      if (isEachSeen(track, seen, plot.width, room - bars)) {
        addBars(this.#bars, layout, track, plot);
        bars += seen;
      } else this.#paintShades(context, track, plot, { tone: colours.tones[at]!, failed: colours.failed });
      paintTicks(context, track, plot, colours);
    }
    this.#paintBars(context, at, colours);
    return { tasks, bars };
  }

  #paintBars(context: CanvasRenderingContext2D, at: number, colours: Colours): void {
    context.fillStyle = colours.tones[at]!.css;
    for (const kind of ['waiting', 'running', 'delivery'] as const) {
      context.globalAlpha = BAR_OPACITIES[kind];
      fillBars(context, this.#bars[kind]);
    }
    context.globalAlpha = 1;
    context.fillStyle = colours.failed.css;
    fillBars(context, this.#bars.failed);
    crossBars(context, this.#bars.failed, colours.paper);
  }

  #paintShades(
    context: CanvasRenderingContext2D,
    { geometry, lines }: BlockTrack,
    { view, width }: Plot,
    colours: ShadeColours,
  ): void {
    const pixels = Math.max(1, Math.floor(width));
    const image = this.#imageFor(pixels, lines.length);
    image.data.fill(0, 0, 4 * pixels * lines.length);
    lines.forEach((line, row) => {
      this.#shades.fill(line, view, colours, image.data.subarray(4 * pixels * row, 4 * pixels * (row + 1)));
    });
    this.#stripContext.putImageData(image, 0, 0, 0, 0, pixels, lines.length);
    context.imageSmoothingEnabled = false;
    context.drawImage(this.#strip, 0, 0, pixels, lines.length, 0, geometry.top, width, geometry.height);
  }

  /** One for all tracks and frames, as high as the highest: a new one for each would be garbage by the megabyte. */
  #imageFor(pixels: number, rows: number): ImageData {
    const height = Math.max(rows, this.#strip.height);
    if (this.#image?.width !== pixels || this.#image.height < rows) {
      this.#strip.width = pixels;
      this.#strip.height = height;
      this.#image = this.#stripContext.createImageData(pixels, height);
    }
    return this.#image;
  }
}

function isEachSeen({ track, geometry }: BlockTrack, seen: number, width: number, room: number): boolean {
  const isRowEach = geometry.lines.length === track.rows;
  return isRowEach && seen <= room && seen * PIXELS_PER_BAR <= width * track.rows;
}

export function roomForBars(drawn: number): number {
  return MOST_BARS - drawn;
}

/** Notches above a track where tasks began that failed. */
function paintTicks(
  context: CanvasRenderingContext2D,
  { geometry, failedMs }: BlockTrack,
  plot: Plot,
  { failed }: Colours,
): void {
  const { view, width } = plot;
  context.fillStyle = failed.css;
  let last = -1;
  for (let at = firstFrom(failedMs, view.fromMs, 0, failedMs.length); at < failedMs.length; at++) {
    const x = Math.round(xAt(view, width, failedMs[at]!));
    if (x > width) return;
    if (x === last) continue;
    last = x;
    context.fillRect(x, geometry.top - 4, 2, 3);
  }
}
