import { draw, make, setAll } from '../dom.js';
import type { Tooltip } from '../tips/tooltip.js';
import { LinePlot } from './line-plot.js';
import { Marks } from './marks.js';
import { following, isWhole, panned, type Range, selected, zoomed } from './range.js';
import type { Step } from './step.js';

/** What the charts of a page share. */
export interface Setting {
  readonly tooltip: Tooltip;
  /** Says something to those who do not see the page. */
  announce(words: string): void;
  /** Ids of how a chart is used, with and without zoom. */
  readonly hints: { readonly marks: string; readonly zoom: string };
}

/** So far from a figure the pointer means it, in units of the picture: points of lines are small. */
const REACH = { lines: 60, others: 12 } as const;
/** A shorter way is a click. */
const LEAST_DRAG = 6;
const STEP_FACTOR = 1.5;
const PAN_SHARE = 0.25;
const FACTOR_PER_PIXEL = 1.002;

const STEPS: Readonly<Record<string, Step>> = {
  ArrowLeft: 'left',
  ArrowRight: 'right',
  ArrowUp: 'up',
  ArrowDown: 'down',
  Home: 'first',
  End: 'last',
};

/** One chart of the page: it tells its figures to pointer and keyboard, and lines can be looked at more closely. */
export class Chart {
  /** What has the focus: the picture in it is one thing to those who do not see it. */
  readonly #box: HTMLElement;
  readonly #marks: Marks;
  readonly #plot: LinePlot | null;
  readonly #back: HTMLButtonElement;
  readonly #selection: SVGRectElement;
  readonly #setting: Setting;
  #current = 0;
  #dragFrom: number | null = null;

  constructor(svg: SVGSVGElement, setting: Setting) {
    const page = svg.ownerDocument;
    this.#setting = setting;
    this.#plot = LinePlot.of(svg);
    renameTitle(svg);
    this.#marks = new Marks(svg);
    this.#selection = draw(page, 'rect', { class: 'selection away' });
    svg.append(this.#selection);
    const title = svg.getAttribute('aria-labelledby')?.split(' ')[0] ?? '';
    const hint = this.#plot === null ? setting.hints.marks : setting.hints.zoom;
    this.#box = make(page, 'div', {
      class: this.#plot === null ? 'plot' : 'plot zoomable',
      role: 'application',
      tabindex: '0',
      'aria-labelledby': title,
      'aria-describedby': hint,
    });
    svg.before(this.#box);
    this.#box.append(svg);
    this.#back = make(page, 'button', { type: 'button', class: 'back' }, 'Whole axis');
    this.#back.hidden = true;
    this.#box.after(this.#back);
    // With a pointer there is no other way to know.
    if (this.#plot !== null)
      this.#box.parentElement?.querySelector('figcaption')?.append(' Drag across it to zoom.');
    this.#listen();
  }

  #listen(): void {
    const box = this.#box;
    box.addEventListener('pointermove', event => this.#point(event));
    box.addEventListener('pointerdown', event => this.#point(event));
    box.addEventListener('pointerleave', ({ pointerType }) => {
      // A finger that is lifted leaves too, and wants to read.
      if (pointerType === 'mouse') this.#leave();
    });
    box.addEventListener('focus', () => {
      if (box.matches(':focus-visible')) this.#tell(this.#current);
    });
    box.addEventListener('blur', () => this.#leave());
    box.addEventListener('keydown', event => {
      if (this.#press(event)) event.preventDefault();
    });
    const plot = this.#plot;
    if (plot === null) return;
    this.#back.addEventListener('click', () => {
      this.#look(plot, plot.whole);
      box.focus();
    });
    box.addEventListener('dblclick', () => this.#look(plot, plot.whole));
    box.addEventListener('wheel', event => this.#wheel(plot, event), { passive: false });
    box.addEventListener('pointerdown', event => this.#startDrag(plot, event));
    box.addEventListener('pointerup', event => this.#endDrag(plot, event));
    box.addEventListener('pointercancel', () => this.#stopDrag());
    box.ownerDocument.defaultView?.addEventListener('beforeprint', () => this.#look(plot, plot.whole));
  }

  #point(event: PointerEvent): void {
    const { x, y } = this.#marks.pointAt(event);
    if (this.#plot !== null && this.#dragFrom !== null && this.#drawDrag(this.#plot, x)) return;
    const found = this.#marks.nearest(x, y, this.#plot === null ? REACH.others : REACH.lines);
    if (found === null) this.#leave();
    else this.#show(found);
  }

  #show(at: number): void {
    this.#current = at;
    this.#marks.frame(at);
    const about = this.#marks.elementOf(at);
    this.#setting.tooltip.show(this.#marks.wordsOf(at), { owner: this.#box, about, isPassable: true });
  }

  /** What the keyboard has come to. */
  #tell(at: number): void {
    if (this.#plot !== null) this.#follow(this.#plot, at);
    this.#show(at);
    this.#setting.announce(this.#marks.wordsOf(at));
  }

  #leave(): void {
    this.#marks.frame(null);
    if (this.#setting.tooltip.isOf(this.#box)) this.#setting.tooltip.hide();
  }

  /** @returns whether the key is one of ours */
  #press({ key, shiftKey, ctrlKey, altKey, metaKey }: KeyboardEvent): boolean {
    if (ctrlKey || altKey || metaKey) return false;
    const step = STEPS[key];
    const plot = this.#plot;
    if (plot !== null && shiftKey && (step === 'left' || step === 'right')) {
      this.#look(plot, panned(plot.range, plot.whole, step === 'left' ? -PAN_SHARE : PAN_SHARE));
      return true;
    }
    if (step !== undefined) {
      this.#tell(this.#marks.step(this.#current, step));
      return true;
    }
    return plot !== null && this.#zoomByKey(plot, key);
  }

  #zoomByKey(plot: LinePlot, key: string): boolean {
    const factor = key === '+' || key === '=' ? STEP_FACTOR : key === '-' ? 1 / STEP_FACTOR : null;
    if (factor !== null) {
      const at = plot.sourceX(this.#marks.middleOf(this.#current));
      this.#look(plot, zoomed(plot.range, plot.whole, factor, at));
      this.#tell(this.#current);
      return true;
    }
    if (key !== '0' && key !== 'Escape') return false;
    if (isWhole(plot.range, plot.whole)) return false;
    this.#look(plot, plot.whole);
    return true;
  }

  #follow(plot: LinePlot, at: number): void {
    if (isWhole(plot.range, plot.whole)) return;
    this.#look(plot, following(plot.range, plot.whole, plot.sourceX(this.#marks.middleOf(at))));
  }

  #look(plot: LinePlot, range: Range): void {
    plot.show(range);
    this.#back.hidden = isWhole(plot.range, plot.whole);
    // What it was about stands elsewhere.
    this.#leave();
  }

  /** Without the focus, or a key that asks for it, the wheel goes on through the page. */
  #wheel(plot: LinePlot, event: WheelEvent): void {
    const isAsked =
      event.ctrlKey || event.metaKey || this.#box.contains(this.#box.ownerDocument.activeElement);
    const isOut = event.deltaY > 0 && isWhole(plot.range, plot.whole);
    if (!isAsked || isOut) return;
    event.preventDefault();
    const at = plot.sourceX(this.#marks.pointAt(event).x);
    this.#look(plot, zoomed(plot.range, plot.whole, FACTOR_PER_PIXEL ** -event.deltaY, at));
  }

  #startDrag({ edges }: LinePlot, event: PointerEvent): void {
    const { x } = this.#marks.pointAt(event);
    if (event.button !== 0 || x < edges.left || x > edges.right) return;
    this.#dragFrom = x;
    this.#box.setPointerCapture(event.pointerId);
  }

  /** @returns whether it is more than a click */
  #drawDrag({ edges, whole }: LinePlot, x: number): boolean {
    const from = this.#dragFrom!;
    if (Math.abs(x - from) < LEAST_DRAG) return false;
    this.#leave();
    const seen = selected(from, Math.min(Math.max(x, whole.from), whole.to), whole);
    const [width, height] = [seen.to - seen.from, edges.bottom - edges.top];
    setAll(this.#selection, { x: seen.from, y: edges.top, width, height });
    this.#selection.classList.remove('away');
    return true;
  }

  #endDrag(plot: LinePlot, event: PointerEvent): void {
    const from = this.#dragFrom;
    const { x } = this.#marks.pointAt(event);
    this.#stopDrag();
    if (from === null || Math.abs(x - from) < LEAST_DRAG) return;
    this.#look(plot, selected(plot.sourceX(from), plot.sourceX(x), plot.whole));
  }

  #stopDrag(): void {
    this.#dragFrom = null;
    this.#selection.classList.add('away');
  }
}

/** A title would be shown by the browser wherever the pointer rests; as a description it names the picture all the same. */
function renameTitle(svg: SVGSVGElement): void {
  const title = svg.querySelector(':scope > title');
  if (title === null) return;
  const name = draw(svg.ownerDocument, 'desc', { id: title.id });
  name.textContent = title.textContent;
  title.replaceWith(name);
}
