import { hatchOf, paintBusy } from '../../../page/timeline/bands.js';
import type { Colours } from '../../../page/timeline/colours.js';
import { xAt } from '../../../page/timeline/hit.js';
import type { Model } from '../../../page/timeline/model.js';
import { roomForBars, TrackPainter } from '../../../page/timeline/tracks.js';
import { duration, momentTick } from '../../../report/format.js';
import { countOfWorkers } from '../../../report/words/labels.js';
import type { Span } from '../../../stats/timeline/layout.js';
import { ticksWithin } from '../../../stats/timeline/ticks.js';
import type { Entrant } from '../../protocol.js';
import { ordinal } from '../tip.js';
import type { RaceGeometry } from './geometry.js';
import { type PingState, type Pings, pingAt } from './ping.js';
import { type Course, doneAt, idealShareAt, isOver, placesAt, shareAt } from './positions.js';

/** All that is drawn of a race but how large. */
export interface Race {
  readonly model: Model;
  readonly entrants: readonly Entrant[];
  readonly courses: readonly Course[];
  /** Null: when its loop was busy is not known. */
  readonly pings: readonly (Pings | null)[];
}

export interface Sheet {
  readonly width: number;
  readonly ratio: number;
  readonly unit: number;
  readonly isNarrow: boolean;
  readonly geometry: RaceGeometry;
  readonly view: Span;
}

export interface Frame {
  readonly atMs: number;
  /** What no executor could exceed goes along, as a shadow. */
  readonly hasIdeals: boolean;
}

const TICK_PIXELS = 130;
const NAME_WIDTH = 150;
const PING_WIDTH = 190;
const RESULT_WIDTH = 150;

/** Draws a race at a moment. What does not change with the moment is drawn once, and shown up to it. */
export class RacePainter {
  readonly #context: CanvasRenderingContext2D;
  readonly #still: HTMLCanvasElement;
  readonly #tracks: TrackPainter;
  #race: Race;
  #colours: Colours;
  #sheet: Sheet;

  constructor(context: CanvasRenderingContext2D, race: Race, sheet: Sheet, colours: Colours) {
    this.#context = context;
    this.#race = race;
    this.#colours = colours;
    this.#sheet = sheet;
    this.#still = context.canvas.ownerDocument.createElement('canvas');
    this.#tracks = new TrackPainter(context.canvas.ownerDocument);
    this.#paintStill();
  }

  /** After any change of size, colours or of what is shown of the time. */
  prepare(race: Race, sheet: Sheet, colours: Colours): void {
    this.#race = race;
    this.#sheet = sheet;
    this.#colours = colours;
    this.#paintStill();
  }

  #paintStill(): void {
    const { width, ratio, geometry, view } = this.#sheet;
    this.#still.width = Math.round(width * ratio);
    this.#still.height = Math.round(geometry.height * ratio);
    const context = this.#still.getContext('2d');
    if (context === null) return;
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    const plot = { view, width, ratio };
    const hatch = hatchOf(context, this.#colours.text.css);
    let bars = 0;
    this.#race.model.blocks.forEach((block, at) => {
      bars += this.#tracks.paint(context, block, at, plot, this.#colours, roomForBars(bars)).bars;
      const { busy } = block.geometry;
      if (busy !== null && block.picture.busy !== null)
        paintBusy(context, block.picture.busy, busy, plot, {
          endMs: block.data.wallMs,
          hatch,
          ink: this.#colours.text.css,
        });
    });
  }

  paint({ atMs, hasIdeals }: Frame): void {
    const { width, ratio, geometry, view } = this.#sheet;
    const context = this.#context;
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    context.clearRect(0, 0, width, geometry.height);
    const places = placesAt(this.#race.courses, atMs);
    this.#race.courses.forEach((_, at) => {
      this.#paintLane(at, atMs, places[at]!, hasIdeals);
    });
    this.#paintLaneWords();
    this.#paintAxis();
    this.#race.model.blocks.forEach((_, at) => {
      this.#paintBlock(at, atMs, hasIdeals);
    });
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
    context.fillStyle = this.#colours.text.css;
    context.fillRect(Math.min(width - 2, x), top - 2, 2, geometry.axisTop - top);
    context.globalAlpha = 1;
  }

  /** How much is done, from the start at the left to the finish. */
  #paintLane(at: number, atMs: number, place: number | null, hasIdeals: boolean): void {
    const { unit, geometry } = this.#sheet;
    const context = this.#context;
    const { top, height } = geometry.lanes[at]!;
    const [course, entrant] = [this.#race.courses[at]!, this.#race.entrants[at]!];
    const { from, to, middle } = this.#lanePlace(at);
    const tone = this.#colours.tones[at]!.css;
    const share = shareAt(course, atMs);
    this.#bar(from, to, middle, 0.14, this.#colours.text.css);
    this.#bar(from, from + share * (to - from), middle, 1, tone);
    const ideal = hasIdeals ? idealShareAt(course, atMs) : null;
    if (ideal !== null) this.#symbol(entrant.symbol, from + ideal * (to - from), middle, tone, true);
    this.#symbol(entrant.symbol, from + share * (to - from), middle, tone, false);
    this.#font(15, 600);
    context.fillStyle = this.#colours.text.css;
    const baseline = this.#sheet.isNarrow ? top + 15 * unit : top + height / 2 + 5 * unit;
    context.fillText(entrant.label, 0, baseline, this.#sheet.isNarrow ? from + 160 * unit : from - 12 * unit);
    this.#font(14, place === null ? 400 : 600);
    const words =
      place === null
        ? `${doneAt(course, atMs)} of ${course.tasks}`
        : `${ordinal(place)} · ${duration(course.wallMs)}`;
    if (this.#sheet.isNarrow) {
      const wide = context.measureText(words).width;
      context.fillText(words, this.#sheet.width - wide, baseline);
    } else context.fillText(words, to + 18 * unit, baseline, RESULT_WIDTH * unit);
    this.#paintPing(at, atMs, middle);
  }

  #lanePlace(at: number): { from: number; to: number; middle: number; pingFrom: number; pingTo: number } {
    const { width, unit, isNarrow, geometry } = this.#sheet;
    const { top, height } = geometry.lanes[at]!;
    const middle = isNarrow ? top + 32 * unit : top + height / 2;
    const ping = isNarrow ? 0.36 * width : PING_WIDTH * unit;
    const from = isNarrow ? 8 : NAME_WIDTH * unit;
    const to = isNarrow ? width - ping - 22 * unit : width - ping - RESULT_WIDTH * unit - 24 * unit;
    return { from, to, middle, pingFrom: width - ping + 6, pingTo: width - (isNarrow ? 62 : 92) * unit };
  }

  #paintLaneWords(): void {
    const { unit, geometry, isNarrow, width } = this.#sheet;
    const last = geometry.lanes.at(-1);
    if (last === undefined) return;
    const { to, from, pingFrom } = this.#lanePlace(geometry.lanes.length - 1);
    const y = last.top + last.height + 12 * unit;
    const context = this.#context;
    this.#font(12);
    context.fillStyle = this.#colours.quiet.css;
    context.fillText('start', from, y);
    const finish = context.measureText('finish').width;
    context.fillText('finish', to - finish, y);
    context.fillText(
      isNarrow ? 'a bystander' : 'a bystander calls the main loop',
      pingFrom,
      y,
      width - pingFrom,
    );
    context.globalAlpha = 0.5;
    for (let at = 0; at < 2 * geometry.lanes.length; at++)
      context.fillRect(
        to + (at % 2) * 3,
        geometry.lanes[0]!.top + (at * last.height) / 2 + 2,
        3,
        last.height / 2 - 2,
      );
    context.globalAlpha = 1;
  }

  /** A dot that calls the loop: it stands at the gate for as long as the loop is busy with something else. */
  #paintPing(at: number, atMs: number, y: number): void {
    const pings = this.#race.pings[at];
    const { unit } = this.#sheet;
    const context = this.#context;
    const { pingFrom, pingTo } = this.#lanePlace(at);
    if (pings == null) return;
    const isDone = isOver(this.#race.courses[at]!, atMs);
    const state = pingAt(pings, Math.min(atMs, this.#race.courses[at]!.wallMs));
    context.fillStyle = this.#colours.text.css;
    context.globalAlpha = 0.3;
    context.fillRect(pingFrom, y - 0.5, pingTo - pingFrom, 1);
    context.fillRect(pingTo + 5 * unit, y - 9 * unit, 2, 18 * unit);
    context.globalAlpha = 1;
    const colour = state.isStuck && !isDone ? this.#colours.failed.css : this.#colours.text.css;
    const x = isDone ? pingTo : pingFrom + state.share * (pingTo - pingFrom);
    context.fillStyle = colour;
    context.beginPath();
    context.arc(x, y, (state.isStuck && !isDone ? 6 : 4.5) * unit, 0, 2 * Math.PI);
    context.fill();
    this.#font(12, state.isStuck && !isDone ? 700 : 400);
    context.fillText(
      pingWords(state, isDone),
      pingTo + 13 * unit,
      y + 4 * unit,
      this.#sheet.width - pingTo - 13 * unit,
    );
  }

  #paintBlock(at: number, atMs: number, hasIdeals: boolean): void {
    const { width, view, unit, geometry } = this.#sheet;
    const context = this.#context;
    const block = geometry.blocks[at]!;
    const [entrant, course] = [this.#race.entrants[at]!, this.#race.courses[at]!];
    const tone = this.#colours.tones[at]!.css;
    this.#symbol(entrant.symbol, 7 * unit, block.headBaseline - 5 * unit, tone, false);
    this.#font(14, 600);
    context.fillStyle = this.#colours.text.css;
    context.fillText(entrant.label, 20 * unit, block.headBaseline);
    const after = 20 * unit + context.measureText(entrant.label).width + 10 * unit;
    this.#font(12);
    context.fillStyle = this.#colours.quiet.css;
    const workers = tracksWords(entrant, block.tracks.length);
    context.fillText(workers, after, block.headBaseline);
    const wideOfWorkers = context.measureText(workers).width;
    for (const { top, height } of block.tracks) this.#shade(0, width, top, height, 0.045);
    if (block.busy !== null) this.#shade(0, width, block.busy.top, block.busy.height, 0.045);
    if (!hasIdeals || course.idealMs === null || course.idealMs >= view.toMs) return;
    // From where it could have been over at the earliest to where it was: what the ideal says was lost.
    const [from, to] = [xAt(view, width, course.idealMs), xAt(view, width, Math.min(atMs, course.wallMs))];
    const [first, last] = [block.tracks[0], block.tracks.at(-1)];
    if (first === undefined || last === undefined) return;
    const bottom = last.top + last.height;
    if (to > from) this.#shade(from, to, first.top, bottom - first.top, 0.1);
    context.fillStyle = this.#colours.text.css;
    context.globalAlpha = 0.8;
    for (let y = first.top - 3; y < bottom + 3; y += 6) context.fillRect(from, y, 1.5, 3.5);
    context.globalAlpha = 1;
    this.#font(12);
    const words = `ideal ${duration(course.idealMs)}`;
    const wide = context.measureText(words).width;
    if (Math.min(width - wide, from + 4) > after + wideOfWorkers + 12 * unit)
      context.fillText(words, Math.min(width - wide, from + 4), block.headBaseline + 3);
  }

  #paintAxis(): void {
    const { view, width, geometry, unit } = this.#sheet;
    const context = this.#context;
    const wanted = Math.max(2, Math.round(width / (TICK_PIXELS * unit)));
    const { values, step } = ticksWithin(view.fromMs, view.toMs, wanted);
    this.#font(12);
    for (const value of values) {
      const x = xAt(view, width, value);
      context.fillStyle = this.#colours.text.css;
      context.globalAlpha = 0.14;
      const top = geometry.blocks[0]?.top ?? 0;
      for (const { tracks, busy } of geometry.blocks) {
        const from = tracks[0]?.top ?? top;
        const to =
          busy === null
            ? (tracks.at(-1)?.top ?? from) + (tracks.at(-1)?.height ?? 0)
            : busy.top + busy.height;
        context.fillRect(Math.round(x), from - 2, 1, to - from + 4);
      }
      context.globalAlpha = 1;
      context.fillStyle = this.#colours.quiet.css;
      const text = momentTick(value, step);
      const wide = context.measureText(text).width;
      context.fillText(text, Math.min(width - wide, Math.max(0, x - wide / 2)), geometry.axisTop + 14 * unit);
    }
  }

  #bar(from: number, to: number, y: number, alpha: number, colour: string): void {
    const high = 7 * this.#sheet.unit;
    this.#context.globalAlpha = alpha;
    this.#context.fillStyle = colour;
    this.#context.beginPath();
    this.#context.roundRect(from, y - high / 2, Math.max(0, to - from), high, high / 2);
    this.#context.fill();
    this.#context.globalAlpha = 1;
  }

  #shade(from: number, to: number, top: number, height: number, alpha: number): void {
    this.#context.globalAlpha = alpha;
    this.#context.fillStyle = this.#colours.text.css;
    this.#context.fillRect(from, top, to - from, height);
    this.#context.globalAlpha = 1;
  }

  #symbol(path: string, x: number, y: number, colour: string, isShadow: boolean): void {
    const context = this.#context;
    const size = 1.6 * this.#sheet.unit;
    context.save();
    context.translate(x, y);
    context.scale(size, size);
    const shape = new Path2D(path);
    context.lineWidth = 1.2;
    context.strokeStyle = isShadow ? colour : this.#colours.paper.css;
    context.fillStyle = isShadow ? this.#colours.paper.css : colour;
    context.fill(shape);
    context.stroke(shape);
    context.restore();
  }

  #font(size: number, weight = 400): void {
    this.#context.font = `${weight} ${size * this.#sheet.unit}px ${this.#colours.font}`;
  }
}

function pingWords({ isStuck, waitedMs, worstMs }: PingState, isDone: boolean): string {
  if (isDone) return worstMs > 0 ? `most ${duration(worstMs)}` : 'no wait';
  if (isStuck) return `waits ${duration(waitedMs)}`;
  return waitedMs > 0 ? `${duration(waitedMs)}` : 'at once';
}

/** What lies below a name: `5 threads`. */
function tracksWords({ family }: Entrant, tracks: number): string {
  return family === 'loop' ? 'one loop' : countOfWorkers(tracks, family);
}
