import { enlargedMs } from '../../stats/timeline/enlarged.js';
import { rowAt, type Span } from '../../stats/timeline/layout.js';
import { type Colours, onThemeChange } from './colours.js';
import { hitAt, type Pointer, timeAt, xAt } from './hit.js';
import { type Model, type TaskRef, trackAt, withRowScale } from './model.js';
import { Painter } from './painter.js';
import { movedTo, nextRowScale } from './row-scale.js';
import { placeTip, type Stage } from './stage.js';
import { type Step, stepped } from './steps.js';
import { between, panned, showing, zoomed } from './view.js';
import { labelOf, linesOfHit, linesOfTask, rangeWords } from './words.js';

/** A `performance.measure` of each frame; observers see it, and it is kept nowhere. */
export const FRAME_MEASURE = 'timeline-frame';
const GLIDE_MS = 160;
const STEP_FACTOR = 0.5;

/** What the reader does with one timeline, and what is shown of it. */
export class Controller {
  readonly #stage: Stage;
  #model: Model;
  readonly #painter: Painter;
  readonly #whole: Span;
  #view: Span;
  #width = 0;
  #cursorMs: number | null = null;
  #focus: TaskRef | null = null;
  #isDue = false;
  /** Of a zoom that glides. */
  #glide: { readonly from: Span; readonly to: Span; readonly startMs: number } | null = null;

  constructor(stage: Stage, model: Model, readColours: () => Colours) {
    const context = stage.canvas.getContext('2d');
    if (context === null) throw new Error('Expected a canvas that can be drawn on.');
    this.#stage = stage;
    this.#model = model;
    this.#painter = new Painter(context, model, readColours());
    this.#whole = { fromMs: 0, toMs: model.wholeMs };
    this.#view = this.#whole;
    stage.canvas.setAttribute('aria-label', labelOf(model));
    stage.canvas.dataset.tasks = String(model.tasks);
    onThemeChange(stage.canvas.ownerDocument, () => {
      this.#painter.recolour(readColours());
      this.#request();
    });
    new ResizeObserver(() => this.resize()).observe(stage.root);
    this.resize();
    this.#tellRows();
  }

  /** Up to when those last that are short beside the longest. */
  get shortMs(): number | null {
    return enlargedMs(this.#model.blocks.map(({ data }) => data.wallMs));
  }

  get view(): Span {
    return this.#view;
  }

  get width(): number {
    return this.#width;
  }

  get isAllShown(): boolean {
    return this.#view.fromMs <= this.#whole.fromMs && this.#view.toMs >= this.#whole.toMs;
  }

  /** To the width that there is, in pixels of the device. Draws at once: a canvas is empty when its size has changed. */
  resize(): void {
    const { canvas, root } = this.#stage;
    const [width, height] = [root.clientWidth, Math.ceil(this.#model.geometry.height)];
    if (width === 0) return;
    const ratio = devicePixelRatio;
    const size = [Math.round(width * ratio), Math.round(height * ratio)] as const;
    if (canvas.width === size[0] && canvas.height === size[1]) return;
    [canvas.width, canvas.height] = size;
    canvas.style.height = `${height}px`;
    this.#width = width;
    this.#paint();
  }

  zoomBy(factor: number, aboutMs: number, isGliding = false): void {
    this.#turn(zoomed(this.#glide?.to ?? this.#view, this.#whole, factor, aboutMs), isGliding);
  }

  #turn(to: Span, isGliding: boolean): void {
    if (isGliding && !matchMedia('(prefers-reduced-motion: reduce)').matches) {
      this.#glide = { from: this.#view, to, startMs: performance.now() };
      this.#request();
    } else this.#show(to);
  }

  /** By the buttons and the keys: about the task that is looked at, else about the middle. */
  zoomStep(isCloser: boolean): void {
    const { fromMs, toMs } = this.#view;
    const focusMs = this.#focus === null ? null : this.#timeOf(this.#focus);
    const aboutMs =
      focusMs !== null && focusMs.fromMs >= fromMs && focusMs.toMs <= toMs
        ? (focusMs.fromMs + focusMs.toMs) / 2
        : (fromMs + toMs) / 2;
    this.zoomBy(isCloser ? STEP_FACTOR : 1 / STEP_FACTOR, aboutMs, true);
  }

  /** @param y of the canvas: what is there stays in its place on the screen; null: the top does */
  scaleRows(isTaller: boolean, y: number | null = null): void {
    const scale = nextRowScale(this.#model, isTaller);
    if (scale === null) return;
    const model = withRowScale(this.#model, scale);
    const byPixels = y === null ? 0 : movedTo(this.#model, model, y) - y;
    this.#model = model;
    this.#painter.show(model);
    this.#stage.tip.hidden = true;
    this.resize();
    this.#tellRows();
    scrollBy({ top: byPixels, behavior: 'instant' });
  }

  #tellRows(): void {
    const { taller, lower } = this.#stage.buttons;
    const [canGrow, canShrink] = [true, false].map(isTaller => nextRowScale(this.#model, isTaller) !== null);
    taller.disabled = !canGrow;
    lower.disabled = !canShrink;
    // Rows that are all seen as they are need no buttons.
    for (const button of [taller, lower]) button.hidden = !canGrow && !canShrink;
  }

  panBy(ms: number): void {
    this.#show(panned(this.#view, this.#whole, ms));
  }

  showAll(): void {
    this.zoomBy(Number.POSITIVE_INFINITY, 0, true);
  }

  showFirst(ms: number): void {
    this.#turn({ fromMs: 0, toMs: ms }, true);
  }

  /** @returns the task there; null: none, or something else */
  point(pointer: Pointer): TaskRef | null {
    this.#cursorMs = timeAt(this.#view, this.#width, pointer.x);
    const hit = hitAt(this.#model, this.#view, this.#width, pointer);
    if (hit === null) this.#stage.tip.hidden = true;
    else placeTip(this.#stage, linesOfHit(this.#model, hit), pointer.x, pointer.y);
    this.#request();
    return hit?.kind === 'task' ? hit.task : null;
  }

  leave(): void {
    this.#cursorMs = null;
    this.#stage.tip.hidden = true;
    this.#request();
  }

  step(step: Step): void {
    this.look(stepped(this.#model, this.#focus, step));
  }

  /** At one task, which is shown, framed and told. Null: at none. */
  look(task: TaskRef | null): void {
    this.#focus = task;
    this.#cursorMs = null;
    if (task === null) {
      this.#stage.tip.hidden = true;
      this.#request();
      return;
    }
    const lines = linesOfTask(this.#model, task);
    this.#stage.live.textContent = lines.join('. ');
    this.#show(showing(this.#view, this.#whole, this.#timeOf(task)));
    const { fromMs, toMs } = this.#timeOf(task);
    const x = xAt(this.#view, this.#width, Math.max(fromMs, Math.min(toMs, this.#view.toMs)));
    placeTip(this.#stage, lines, x, this.#bottomOf(task));
  }

  #timeOf({ block, place }: TaskRef): Span {
    const { startedMs, endedMs } = this.#model.blocks[block]!.picture.layout;
    return { fromMs: startedMs[place]!, toMs: endedMs[place]! };
  }

  #bottomOf({ block, place }: TaskRef): number {
    const own = this.#model.blocks[block]!;
    const row = rowAt(own.picture.layout, place);
    const { track, geometry } = trackAt(own, row);
    return geometry.top + ((row - track.firstRow + 1) * geometry.height) / track.rows;
  }

  #show(view: Span): void {
    this.#glide = null;
    this.#view = view;
    this.#request();
  }

  /** A frame, once for all that happens before it. */
  #request(): void {
    if (this.#isDue) return;
    this.#isDue = true;
    requestAnimationFrame(nowMs => {
      this.#isDue = false;
      this.#glideTo(nowMs);
      this.#paint();
    });
  }

  #glideTo(nowMs: number): void {
    if (this.#glide === null) return;
    const { from, to, startMs } = this.#glide;
    const share = Math.min(1, Math.max(0, (nowMs - startMs) / GLIDE_MS));
    this.#view = between(from, to, share * (2 - share));
    if (share < 1) this.#request();
    else this.#glide = null;
  }

  #paint(): void {
    const startMs = performance.now();
    const { canvas, range } = this.#stage;
    const drawn = this.#painter.paint({
      view: this.#view,
      width: this.#width,
      ratio: canvas.width / this.#width,
      cursorMs: this.#cursorMs,
      focus: this.#focus,
    });
    const shown = rangeWords(this.#view, this.#whole.toMs);
    if (range.textContent !== shown) range.textContent = shown;
    // For tests: what this frame has of the tasks, and how many of them one by one.
    canvas.dataset.drawn = String(drawn.tasks);
    canvas.dataset.bars = String(drawn.bars);
    performance.measure(FRAME_MEASURE, { start: startMs, end: performance.now() });
    performance.clearMeasures(FRAME_MEASURE);
  }
}
