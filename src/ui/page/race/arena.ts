import { make } from '../../../page/dom.js';
import { type Colours, colourReader, onThemeChange } from '../../../page/timeline/colours.js';
import { tableOf } from '../../../page/timeline/decode.js';
import { modelOf } from '../../../page/timeline/model.js';
import { duration } from '../../../report/format.js';
import type { TaskTable } from '../../../stats/packed-tasks.js';
import type { Entrant } from '../../protocol.js';
import { unitOf } from '../large.js';
import { ordinal } from '../tip.js';
import { advanced, clockFor, finished, keyed, type ReplayClock } from './clock.js';
import { Controls } from './controls.js';
import { type RaceGeometry, raceGeometry } from './geometry.js';
import { RacePainter } from './painter.js';
import { pingsOf } from './ping.js';
import { courseOf, isOver, placesAt, spansOf } from './positions.js';
import type { Race, Sheet } from './scene.js';

/** A `performance.measure` of each frame of a replay; observers see it, and it is kept nowhere. */
export const RACE_FRAME = 'race-frame';

const NARROW = 620;
/** A bystander calls so often in a race. */
const CALLS = 40;

export interface Arena {
  readonly element: HTMLElement;
  readonly tables: readonly TaskTable[];
  play(): void;
  pause(): void;
  /** At its end, with the shadows of the ideals. */
  finish(): void;
  /** After the size of type has changed. */
  resize(): void;
  destroy(): void;
}

interface Hooks {
  /** For the first time at the end: what was hidden may be said. */
  finished(): void;
}

/** A race that has been run, drawn as if they ran side by side. */
export async function arenaOf(page: Document, entrants: readonly Entrant[], hooks: Hooks): Promise<Arena> {
  const tables = await Promise.all(entrants.map(tableOf));
  return new Replay(page, entrants, tables, hooks);
}

class Replay implements Arena {
  readonly element: HTMLElement;
  readonly tables: readonly TaskTable[];
  readonly #page: Document;
  readonly #entrants: readonly Entrant[];
  readonly #hooks: Hooks;
  readonly #canvas: HTMLCanvasElement;
  readonly #stage: HTMLElement;
  readonly #live: HTMLElement;
  readonly #controls: Controls;
  readonly #context: CanvasRenderingContext2D;
  readonly #readColours: () => Colours;
  readonly #observer: ResizeObserver;
  readonly #unlisten: () => void;
  readonly #wholeMs: number;
  #clock: ReplayClock;
  #race: Race | null = null;
  #painter: RacePainter | null = null;
  #isOver = false;
  #isDue = false;
  #isGone = false;
  #frameMs: number | null = null;
  /** Who has been announced. */
  #announced = 0;

  constructor(page: Document, entrants: readonly Entrant[], tables: readonly TaskTable[], hooks: Hooks) {
    this.#page = page;
    this.#entrants = entrants;
    this.tables = tables;
    this.#hooks = hooks;
    const walls = entrants.map(({ wallMs }) => wallMs);
    this.#wholeMs = Math.max(1e-6, ...walls);
    this.#clock = clockFor(this.#wholeMs);
    this.#canvas = make(page, 'canvas', {
      tabindex: '0',
      role: 'img',
      'aria-label': `Race of ${entrants.map(({ label }) => label).join(', ')}. Space plays and pauses, arrow keys, comma and full stop step; the table below has the results.`,
    });
    const context = this.#canvas.getContext('2d');
    if (context === null) throw new Error('Expected a canvas that can be drawn on.');
    this.#context = context;
    this.#live = make(page, 'p', { class: 'hidden', role: 'status' });
    this.#stage = make(page, 'div', { class: 'arena' }, this.#canvas, this.#live);
    this.#controls = new Controls(page, { spansMs: spansOf(walls) }, next => this.#set(next(this.#clock)));
    this.element = make(page, 'div', {}, this.#controls.element, this.#stage);
    this.#readColours = colourReader(
      this.#stage,
      entrants.map(({ tone }) => tone),
    );
    this.element.addEventListener('keydown', event => this.#key(event));
    this.#unlisten = onThemeChange(page, () => this.resize());
    this.#observer = new ResizeObserver(() => this.resize());
    this.#observer.observe(this.#stage);
  }

  play(): void {
    this.#set({ ...this.#clock, atMs: 0, isPlaying: true });
  }

  pause(): void {
    this.#set({ ...this.#clock, isPlaying: false });
  }

  finish(): void {
    this.#set(finished(this.#clock));
  }

  destroy(): void {
    this.#isGone = true;
    this.#observer.disconnect();
    this.#unlisten();
  }

  resize(): void {
    const width = this.#stage.clientWidth;
    if (width === 0 || this.#isGone) return;
    const ratio = devicePixelRatio;
    const unit = unitOf(this.#page);
    const isNarrow = width < NARROW * unit;
    const race = this.#raceFor(unit, isNarrow);
    const geometry = race.model.geometry as RaceGeometry;
    this.#canvas.width = Math.round(width * ratio);
    this.#canvas.height = Math.round(geometry.height * ratio);
    this.#canvas.style.height = `${geometry.height}px`;
    const sheet: Sheet = {
      width,
      ratio,
      unit,
      isNarrow,
      geometry,
      view: { fromMs: 0, toMs: this.#clock.endMs },
    };
    this.#race = race;
    const colours = this.#readColours();
    if (this.#painter === null) this.#painter = new RacePainter(this.#context, race, sheet, colours);
    else this.#painter.prepare(race, sheet, colours);
    this.#paint();
  }

  #raceFor(unit: number, isNarrow: boolean): Race {
    const trials = this.#entrants.map((data, at) => ({ data, table: this.tables[at]! }));
    const model = modelOf(trials, specs => raceGeometry(specs, { unit, isNarrow }));
    return {
      model,
      entrants: this.#entrants,
      courses: this.#entrants.map(({ wallMs, idealPerSecond }, at) =>
        courseOf(this.tables[at]!, wallMs, idealPerSecond),
      ),
      pings: model.blocks.map(({ picture, data }) =>
        picture.busy === null ? null : pingsOf(picture.busy, data.wallMs, this.#wholeMs / CALLS),
      ),
    };
  }

  #set(clock: ReplayClock): void {
    const { atMs, endMs } = this.#clock;
    if (clock.atMs < atMs) this.#announced = 0;
    this.#clock = clock;
    this.#frameMs = null;
    if (clock.endMs !== endMs) this.resize();
    this.#request();
  }

  #key(event: KeyboardEvent): void {
    const isTyped = event.target instanceof HTMLSelectElement || event.target instanceof HTMLInputElement;
    const isButton = event.target instanceof HTMLButtonElement && event.key === ' ';
    if (isTyped || isButton || event.ctrlKey || event.metaKey || event.altKey) return;
    const next = keyed(this.#clock, event.key);
    if (next === null) return;
    event.preventDefault();
    this.#set(next);
  }

  #request(): void {
    if (this.#isDue || this.#isGone) return;
    this.#isDue = true;
    requestAnimationFrame(nowMs => {
      this.#isDue = false;
      if (this.#frameMs !== null) this.#clock = advanced(this.#clock, nowMs - this.#frameMs);
      this.#frameMs = this.#clock.isPlaying ? nowMs : null;
      this.#paint();
      if (this.#clock.isPlaying) this.#request();
    });
  }

  #paint(): void {
    const startMs = performance.now();
    const { atMs, endMs } = this.#clock;
    this.#controls.show(this.#clock);
    this.#announce();
    if (atMs >= this.#wholeMs && !this.#isOver) {
      this.#isOver = true;
      this.#hooks.finished();
    } else if (atMs >= endMs && !this.#clock.isPlaying && this.#isOver) this.#live.dataset.over = 'true';
    this.#painter?.paint({ atMs, hasIdeals: this.#isOver });
    this.#canvas.dataset.atMs = atMs.toFixed(3);
    performance.measure(RACE_FRAME, { start: startMs, end: performance.now() });
    performance.clearMeasures(RACE_FRAME);
  }

  /** Who comes in is said too, one after the other. */
  #announce(): void {
    const courses = this.#race?.courses;
    if (courses === undefined) return;
    const { atMs } = this.#clock;
    const places = placesAt(courses, atMs);
    const over = places.filter(place => place !== null).length;
    if (over <= this.#announced) return;
    const words = this.#entrants.flatMap(({ label, wallMs }, at) =>
      isOver(courses[at]!, atMs) && places[at]! > this.#announced
        ? [`${label}: ${ordinal(places[at]!)}, after ${duration(wallMs)}`]
        : [],
    );
    this.#announced = over;
    this.#live.textContent = `${words.join('. ')}.`;
  }
}
