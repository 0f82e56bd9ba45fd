import {
  busyWords,
  overWords,
  sharedWords,
  trackWords,
  trialWords,
  waitingWords,
} from '../../report/words/timeline.js';
import { bandsOf, barWithin } from '../../stats/timeline/geometry.js';
import { rowAt, type Span } from '../../stats/timeline/layout.js';
import { paintAxis, paintRule } from './axis.js';
import { hatchOf, paintBusy, paintWaiting } from './bands.js';
import type { Plot } from './bars.js';
import type { Colours } from './colours.js';
import { xAt } from './hit.js';
import { type Block, type Model, type TaskRef, trackAt } from './model.js';
import { type DrawnTasks, roomForBars, TrackPainter } from './tracks.js';

const SMALL = 12;
const USUAL = 13;

/** What a frame shows. */
export interface Scene {
  readonly view: Span;
  readonly width: number;
  readonly ratio: number;
  /** One time in all blocks: the pointer's. */
  readonly cursorMs: number | null;
  readonly focus: TaskRef | null;
}

/** Draws a model, frame by frame. */
export class Painter {
  readonly #context: CanvasRenderingContext2D;
  #model: Model;
  readonly #tracks: TrackPainter;
  #colours: Colours;
  #hatch: CanvasPattern | null;

  constructor(context: CanvasRenderingContext2D, model: Model, colours: Colours) {
    this.#context = context;
    this.#model = model;
    this.#colours = colours;
    this.#tracks = new TrackPainter(context.canvas.ownerDocument);
    this.#hatch = hatchOf(context, colours.text.css);
  }

  /** The same tasks in other rows. */
  show(model: Model): void {
    this.#model = model;
  }

  recolour(colours: Colours): void {
    this.#colours = colours;
    this.#hatch = hatchOf(this.#context, colours.text.css);
  }

  paint(scene: Scene): DrawnTasks {
    const { view, width, ratio } = scene;
    const context = this.#context;
    const { blocks, geometry } = this.#model;
    const plot: Plot = { view, width, ratio };
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    context.clearRect(0, 0, width, geometry.height);
    const bands = blocks.flatMap(block => bandsOf(block.geometry));
    paintAxis(context, plot, { bands, baseline: geometry.axisTop + 16, unit: 1 }, this.#colours);
    let drawn: DrawnTasks = { tasks: 0, bars: 0 };
    blocks.forEach((block, at) => {
      this.#paintBands(block, at, plot);
      const { tasks, bars } = this.#tracks.paint(
        context,
        block,
        at,
        plot,
        this.#colours,
        roomForBars(drawn.bars),
      );
      drawn = { tasks: drawn.tasks + tasks, bars: drawn.bars + bars };
      this.#paintEnd(block, plot);
      this.#paintTexts(block, width);
      this.#paintSymbol(block, at);
    });
    if (scene.cursorMs !== null) {
      const x = xAt(view, width, scene.cursorMs);
      const cursor = { ink: this.#colours.text.css, alpha: 0.6 };
      if (x >= 0 && x <= width) paintRule(context, x, bands, cursor);
    }
    if (scene.focus !== null) this.#paintFocus(scene.focus, plot);
    return drawn;
  }

  #paintBands({ data, geometry, picture }: Block, at: number, plot: Plot): void {
    if (geometry.waiting !== null) {
      this.#context.fillStyle = this.#colours.tones[at]!.css;
      paintWaiting(this.#context, picture.waiting, geometry.waiting, plot);
    }
    if (geometry.busy !== null && picture.busy !== null)
      paintBusy(this.#context, picture.busy, geometry.busy, plot, {
        endMs: data.wallMs,
        hatch: this.#hatch,
        ink: this.#colours.text.css,
      });
  }

  /** Where the trial was over. */
  #paintEnd({ data, geometry }: Block, plot: Plot): void {
    const x = Math.min(plot.width - 1, Math.round(xAt(plot.view, plot.width, data.wallMs)));
    const [first] = geometry.tracks;
    if (x < 0 && first !== undefined) {
      this.#font(SMALL);
      this.#context.fillStyle = this.#colours.quiet.css;
      this.#context.fillText(overWords(data.wallMs), 0, first.top + 12);
    }
    if (x < 0 || data.wallMs > plot.view.toMs * (1 + 1e-9)) return;
    const context = this.#context;
    context.globalAlpha = 0.7;
    context.fillStyle = this.#colours.text.css;
    for (const { top, height } of bandsOf(geometry))
      for (let y = top - 2; y < top + height + 2; y += 5) context.fillRect(x, y, 1, 3);
    context.globalAlpha = 1;
  }

  /** As in all charts of the page. */
  #paintSymbol({ data, geometry }: Block, at: number): void {
    const context = this.#context;
    context.save();
    context.translate(6, geometry.headBaseline - 4);
    context.fillStyle = this.#colours.tones[at]!.css;
    context.fill(new Path2D(data.symbol));
    context.restore();
  }

  #paintTexts({ data, geometry, picture, tracks }: Block, width: number): void {
    const { family, executor, wallMs, tasks } = data;
    const context = this.#context;
    this.#font(USUAL);
    context.fillStyle = this.#colours.text.css;
    const figure = trialWords(tasks, wallMs);
    const figureWidth = context.measureText(figure).width;
    context.fillText(figure, width - figureWidth, geometry.headBaseline);
    this.#font(USUAL, 600);
    context.fillText(fitting(context, executor, width - figureWidth - 30), 17, geometry.headBaseline);
    this.#font(SMALL);
    context.fillStyle = this.#colours.quiet.css;
    const label = (text: string, baseline: number | null | undefined) => {
      if (baseline != null) context.fillText(fitting(context, text, width), 0, baseline);
    };
    label(waitingWords(picture.waiting.most), geometry.waiting?.labelBaseline);
    label(sharedWords(family, tracks.length), geometry.sharedBaseline);
    for (const { track, geometry: own } of tracks)
      label(trackWords(family, track.worker, track.tasks, track.rows), own.labelBaseline);
    label(busyWords((picture.busy?.sumMs ?? 0) / wallMs), geometry.busy?.labelBaseline);
  }

  /** Framed, with all of its waiting and delivery as lines, whatever else ran meanwhile in its row. */
  #paintFocus({ block, place }: TaskRef, plot: Plot): void {
    const { layout } = this.#model.blocks[block]!.picture;
    const row = rowAt(layout, place);
    const { geometry } = trackAt(this.#model.blocks[block]!, row);
    const line = geometry.lines.findIndex(({ firstRow, rows }) => row >= firstRow && row < firstRow + rows);
    const { offset, height } = barWithin(geometry.lineHeight);
    const y = geometry.top + line * geometry.lineHeight + offset;
    const task = layout.index[place]!;
    const near = (ms: number) => Math.min(plot.width + 10, Math.max(-10, xAt(plot.view, plot.width, ms)));
    const [start, end] = [near(layout.startedMs[place]!), near(layout.endedMs[place]!)];
    const context = this.#context;
    context.strokeStyle = this.#colours.text.css;
    context.fillStyle = this.#colours.text.css;
    const middle = y + height / 2;
    whisker(context, near(layout.table.queuedMs[task]!), start, middle);
    const delivered = layout.table.deliveredMs[task]!;
    if (!Number.isNaN(delivered)) whisker(context, near(delivered), end, middle);
    context.lineWidth = 2;
    context.strokeRect(start - 1, y - 1, Math.max(1, end - start) + 2, Math.max(4, height) + 2);
  }

  #font(size: number, weight = 400): void {
    this.#context.font = `${weight} ${size}px ${this.#colours.font}`;
  }
}

/** A line with an end. */
function whisker(context: CanvasRenderingContext2D, from: number, to: number, y: number): void {
  context.fillRect(Math.min(from, to), y - 0.5, Math.abs(to - from), 1);
  context.fillRect(from - 0.5, y - 4, 1, 8);
}

/** As much of a text as has room: a name may be as long as its giver likes. */
function fitting(context: CanvasRenderingContext2D, text: string, room: number): string {
  if (context.measureText(text).width <= room) return text;
  let [low, high] = [0, text.length];
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (context.measureText(`${text.slice(0, middle)}…`).width <= room) low = middle;
    else high = middle - 1;
  }
  return `${text.slice(0, low)}…`;
}
