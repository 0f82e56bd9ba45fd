import { paintAxis } from '../../../page/timeline/axis.js';
import { hatchOf, paintBusy } from '../../../page/timeline/bands.js';
import type { Colours } from '../../../page/timeline/colours.js';
import { xAt } from '../../../page/timeline/hit.js';
import { roomForBars, TrackPainter } from '../../../page/timeline/tracks.js';
import { duration } from '../../../report/format.js';
import { countOfWorkers } from '../../../report/words/labels.js';
import type { BlockGeometry } from '../../../stats/timeline/geometry.js';
import type { Entrant } from '../../protocol.js';
import { Brush } from './brush.js';
import { LanePainter } from './lanes.js';
import type { Frame, Race, Sheet } from './scene.js';

/** Draws a race at a moment. What does not change with the moment is drawn once, and shown up to it. */
export class RacePainter {
  readonly #context: CanvasRenderingContext2D;
  readonly #still: HTMLCanvasElement;
  readonly #tracks: TrackPainter;
  #race: Race;
  #sheet: Sheet;
  #brush: Brush;
  #lanes: LanePainter;

  constructor(context: CanvasRenderingContext2D, race: Race, sheet: Sheet, colours: Colours) {
    this.#context = context;
    this.#race = race;
    this.#sheet = sheet;
    this.#brush = new Brush(context, colours, sheet.unit);
    this.#lanes = new LanePainter(this.#brush, race, sheet);
    this.#still = context.canvas.ownerDocument.createElement('canvas');
    this.#tracks = new TrackPainter(context.canvas.ownerDocument);
    this.#paintStill();
  }

  /** After any change of size, colours or of what is shown of the time. */
  prepare(race: Race, sheet: Sheet, colours: Colours): void {
    this.#race = race;
    this.#sheet = sheet;
    this.#brush = new Brush(this.#context, colours, sheet.unit);
    this.#lanes = new LanePainter(this.#brush, race, sheet);
    this.#paintStill();
  }

  #paintStill(): void {
    const { width, ratio, geometry, view } = this.#sheet;
    const { colours } = this.#brush;
    this.#still.width = Math.round(width * ratio);
    this.#still.height = Math.round(geometry.height * ratio);
    const context = this.#still.getContext('2d');
    if (context === null) return;
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    const plot = { view, width, ratio };
    const hatch = hatchOf(context, colours.text.css);
    let bars = 0;
    this.#race.model.blocks.forEach((block, at) => {
      bars += this.#tracks.paint(context, block, at, plot, colours, roomForBars(bars)).bars;
      const { busy } = block.geometry;
      if (busy !== null && block.picture.busy !== null)
        paintBusy(context, block.picture.busy, busy, plot, {
          endMs: block.data.wallMs,
          hatch,
          ink: colours.text.css,
        });
    });
  }

  paint(frame: Frame): void {
    const { width, ratio, geometry } = this.#sheet;
    const context = this.#context;
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    context.clearRect(0, 0, width, geometry.height);
    this.#lanes.paint(frame);
    const axis = {
      bands: geometry.blocks.map(bandOf),
      baseline: geometry.axisTop + 14 * this.#sheet.unit,
      unit: this.#sheet.unit,
    };
    paintAxis(context, this.#sheet, axis, this.#brush.colours);
    geometry.blocks.forEach((block, at) => {
      const after = this.#paintHead(block, at);
      if (frame.hasIdeals) this.#paintIdeal(block, at, frame.atMs, after);
    });
    this.#paintUntil(frame.atMs);
  }

  /** What does not change, up to the moment, and the moment itself. */
  #paintUntil(atMs: number): void {
    const { width, view, geometry } = this.#sheet;
    const context = this.#context;
    const x = Math.min(width, xAt(view, width, atMs));
    const top = geometry.blocks[0]?.tracks[0]?.top ?? 0;
    if (x > 0) {
      context.save();
      context.beginPath();
      context.rect(0, top, x, geometry.height);
      context.clip();
      context.drawImage(this.#still, 0, 0, width, geometry.height);
      context.restore();
    }
    context.globalAlpha = 0.75;
    context.fillStyle = this.#brush.colours.text.css;
    context.fillRect(Math.min(width - 2, x), top - 2, 2, geometry.axisTop - top);
    context.globalAlpha = 1;
  }

  /** @returns where its words end */
  #paintHead(block: BlockGeometry, at: number): number {
    const { width, unit } = this.#sheet;
    const context = this.#context;
    const { text, quiet, tones } = this.#brush.colours;
    const entrant = this.#race.entrants[at]!;
    const [left, gap] = [20 * unit, 10 * unit];
    this.#brush.symbol(entrant.symbol, 7 * unit, block.headBaseline - 5 * unit, tones[at]!.css, false);
    this.#brush.font(14, 600);
    context.fillStyle = text.css;
    context.fillText(entrant.label, left, block.headBaseline);
    const after = left + context.measureText(entrant.label).width + gap;
    this.#brush.font(12);
    context.fillStyle = quiet.css;
    const workers = tracksWords(entrant, block.tracks.length);
    context.fillText(workers, after, block.headBaseline);
    const end = after + context.measureText(workers).width;
    for (const { top, height } of block.tracks) this.#brush.shade(0, width, top, height, 0.045);
    if (block.busy !== null) this.#brush.shade(0, width, block.busy.top, block.busy.height, 0.045);
    return end;
  }

  /** From where it could have been over at the earliest to where it was: what the ideal says was lost. */
  #paintIdeal(block: BlockGeometry, at: number, atMs: number, wordsEnd: number): void {
    const { width, view, unit } = this.#sheet;
    const { idealMs, wallMs } = this.#race.courses[at]!;
    const [first, last] = [block.tracks[0], block.tracks.at(-1)];
    if (idealMs === null || idealMs >= view.toMs || first === undefined || last === undefined) return;
    const context = this.#context;
    const [from, to] = [xAt(view, width, idealMs), xAt(view, width, Math.min(atMs, wallMs))];
    const bottom = last.top + last.height;
    if (to > from) this.#brush.shade(from, to, first.top, bottom - first.top, 0.1);
    context.fillStyle = this.#brush.colours.text.css;
    context.globalAlpha = 0.8;
    for (let y = first.top - 3; y < bottom + 3; y += 6) context.fillRect(from, y, 1.5, 3.5);
    context.globalAlpha = 1;
    this.#brush.font(12);
    const words = `ideal ${duration(idealMs)}`;
    const left = Math.min(width - context.measureText(words).width, from + 4);
    if (left > wordsEnd + 12 * unit) context.fillText(words, left, block.headBaseline + 3);
  }
}

/** All of a block that is drawn over time: there are no words in between. */
function bandOf({ top, tracks, busy }: BlockGeometry): { top: number; height: number } {
  const from = tracks[0]?.top ?? top;
  const last = busy ?? tracks.at(-1);
  return { top: from, height: last === undefined ? 0 : last.top + last.height - from };
}

/** What lies below a name: `5 threads`. */
function tracksWords({ family }: Entrant, tracks: number): string {
  return family === 'loop' ? 'one loop' : countOfWorkers(tracks, family);
}
