import { duration } from '../../../report/format.js';
import { ordinal } from '../tip.js';
import type { Brush } from './brush.js';
import { type PingState, pingAt } from './ping.js';
import { doneAt, idealShareAt, isOver, placesAt, shareAt } from './positions.js';
import type { Frame, Race, Sheet } from './scene.js';

const NAME_WIDTH = 150;
const PING_WIDTH = 190;
const RESULT_WIDTH = 150;

/** Where the parts of a lane are across, and how far down they are. */
interface LanePlace {
  readonly from: number;
  readonly to: number;
  readonly middle: number;
  readonly pingFrom: number;
  readonly pingTo: number;
}

/** Draws a lane for each: how much is done, from the start at the left to the finish, and its bystander. */
export class LanePainter {
  readonly #brush: Brush;
  readonly #race: Race;
  readonly #sheet: Sheet;

  constructor(brush: Brush, race: Race, sheet: Sheet) {
    this.#brush = brush;
    this.#race = race;
    this.#sheet = sheet;
  }

  paint({ atMs, hasIdeals }: Frame): void {
    const places = placesAt(this.#race.courses, atMs);
    this.#race.courses.forEach((_, at) => {
      const lane = this.#placeOf(at);
      this.#paintCourse(at, lane, atMs, hasIdeals);
      this.#paintTexts(at, lane, atMs, places[at]!);
      this.#paintPing(at, lane, atMs);
    });
    this.#paintWords();
  }

  #placeOf(at: number): LanePlace {
    const { width, unit, isNarrow, geometry } = this.#sheet;
    const { top, height } = geometry.lanes[at]!;
    const middle = isNarrow ? top + 32 * unit : top + height / 2;
    const ping = isNarrow ? 0.36 * width : PING_WIDTH * unit;
    const from = isNarrow ? 8 : NAME_WIDTH * unit;
    const to = isNarrow ? width - ping - 22 * unit : width - ping - RESULT_WIDTH * unit - 24 * unit;
    return { from, to, middle, pingFrom: width - ping + 6, pingTo: width - (isNarrow ? 62 : 92) * unit };
  }

  #paintCourse(at: number, { from, to, middle }: LanePlace, atMs: number, hasIdeals: boolean): void {
    const brush = this.#brush;
    const [course, { symbol }] = [this.#race.courses[at]!, this.#race.entrants[at]!];
    const tone = brush.colours.tones[at]!.css;
    const share = shareAt(course, atMs);
    brush.bar(from, to, middle, 0.14, brush.colours.text.css);
    brush.bar(from, from + share * (to - from), middle, 1, tone);
    const ideal = hasIdeals ? idealShareAt(course, atMs) : null;
    if (ideal !== null) brush.symbol(symbol, from + ideal * (to - from), middle, tone, true);
    brush.symbol(symbol, from + share * (to - from), middle, tone, false);
  }

  #paintTexts(at: number, { from, to }: LanePlace, atMs: number, place: number | null): void {
    const { unit, geometry, isNarrow, width } = this.#sheet;
    const { top, height } = geometry.lanes[at]!;
    const { context, colours } = this.#brush;
    const [course, { label }] = [this.#race.courses[at]!, this.#race.entrants[at]!];
    this.#brush.font(15, 600);
    context.fillStyle = colours.text.css;
    const baseline = isNarrow ? top + 15 * unit : top + height / 2 + 5 * unit;
    context.fillText(label, 0, baseline, isNarrow ? from + 160 * unit : from - 12 * unit);
    this.#brush.font(14, place === null ? 400 : 600);
    const words =
      place === null
        ? `${doneAt(course, atMs)} of ${course.tasks}`
        : `${ordinal(place)} · ${duration(course.wallMs)}`;
    if (isNarrow) context.fillText(words, width - context.measureText(words).width, baseline);
    else context.fillText(words, to + 18 * unit, baseline, RESULT_WIDTH * unit);
  }

  /** A dot that calls the loop: it stands at the gate for as long as the loop is busy with something else. */
  #paintPing(at: number, { middle: y, pingFrom, pingTo }: LanePlace, atMs: number): void {
    const pings = this.#race.pings[at];
    const { unit, width } = this.#sheet;
    const { context, colours } = this.#brush;
    if (pings == null) return;
    const isDone = isOver(this.#race.courses[at]!, atMs);
    const state = pingAt(pings, Math.min(atMs, this.#race.courses[at]!.wallMs));
    const isStuck = state.isStuck && !isDone;
    context.fillStyle = colours.text.css;
    context.globalAlpha = 0.3;
    context.fillRect(pingFrom, y - 0.5, pingTo - pingFrom, 1);
    context.fillRect(pingTo + 5 * unit, y - 9 * unit, 2, 18 * unit);
    context.globalAlpha = 1;
    const x = isDone ? pingTo : pingFrom + state.share * (pingTo - pingFrom);
    context.fillStyle = isStuck ? colours.failed.css : colours.text.css;
    context.beginPath();
    context.arc(x, y, (isStuck ? 6 : 4.5) * unit, 0, 2 * Math.PI);
    context.fill();
    this.#brush.font(12, isStuck ? 700 : 400);
    const after = pingTo + 13 * unit;
    context.fillText(pingWords(state, isDone), after, y + 4 * unit, width - after);
  }

  /** Once for all lanes: what is across. */
  #paintWords(): void {
    const { unit, geometry, isNarrow, width } = this.#sheet;
    const last = geometry.lanes.at(-1);
    if (last === undefined) return;
    const { to, from, pingFrom } = this.#placeOf(geometry.lanes.length - 1);
    const y = last.top + last.height + 12 * unit;
    const { context, colours } = this.#brush;
    this.#brush.font(12);
    context.fillStyle = colours.quiet.css;
    context.fillText('start', from, y);
    context.fillText('finish', to - context.measureText('finish').width, y);
    const bystander = isNarrow ? 'a bystander' : 'a bystander calls the main loop';
    context.fillText(bystander, pingFrom, y, width - pingFrom);
    context.globalAlpha = 0.5;
    const half = last.height / 2;
    for (let at = 0; at < 2 * geometry.lanes.length; at++)
      context.fillRect(to + (at % 2) * 3, geometry.lanes[0]!.top + at * half + 2, 3, half - 2);
    context.globalAlpha = 1;
  }
}

function pingWords({ isStuck, waitedMs, worstMs }: PingState, isDone: boolean): string {
  if (isDone) return worstMs > 0 ? `most ${duration(worstMs)}` : 'no wait';
  if (isStuck) return `waits ${duration(waitedMs)}`;
  return waitedMs > 0 ? `${duration(waitedMs)}` : 'at once';
}
