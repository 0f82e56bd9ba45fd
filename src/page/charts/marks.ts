import { draw, setAll } from '../dom.js';
import type { Box } from '../tips/place-tip.js';
import { nearestTo } from './nearest.js';
import { type Step, stepFrom } from './step.js';

const HALO_ROOM = 4;

/** The parts of a picture that say what they are. */
export class Marks {
  readonly #svg: SVGSVGElement;
  readonly #marks: readonly {
    readonly element: SVGGElement;
    readonly words: string;
    readonly series: number;
  }[];
  readonly #halo: SVGRectElement;

  constructor(svg: SVGSVGElement) {
    this.#svg = svg;
    const all = [...svg.querySelectorAll('.series')];
    this.#marks = [...svg.querySelectorAll<SVGGElement>('.mark')].map(element => ({
      element,
      words: takeWords(element),
      series: all.findIndex(series => series.contains(element)),
    }));
    this.#halo = draw(svg.ownerDocument, 'rect', { class: 'halo away', rx: 3 });
    svg.append(this.#halo);
  }

  elementOf(at: number): Element {
    return this.#marks[at]!.element;
  }

  wordsOf(at: number): string {
    return this.#marks[at]!.words;
  }

  /** Null: none that is seen is within reach. All in units of the picture. */
  nearest(x: number, y: number, reach: number): number | null {
    const seen = this.#seen();
    const boxes = seen.map(at => this.#boxOf(at));
    const found = nearestTo(x, y, boxes, reach);
    return found === null ? null : seen[found]!;
  }

  /** To those that are out of sight too: the picture follows. */
  step(from: number, step: Step): number {
    const places = this.#marks.map(({ series }, at) => {
      const { left, top, right, bottom } = this.#boxOf(at);
      return { series, x: (left + right) / 2, y: (top + bottom) / 2 };
    });
    return stepFrom(places, from, step);
  }

  middleOf(at: number): number {
    const { left, right } = this.#boxOf(at);
    return (left + right) / 2;
  }

  /** A frame around what is spoken of; null: none. */
  frame(at: number | null): void {
    this.#halo.classList.toggle('away', at === null);
    if (at === null) return;
    const { left, top, right, bottom } = this.#boxOf(at);
    setAll(this.#halo, {
      x: left - HALO_ROOM,
      y: top - HALO_ROOM,
      width: right - left + 2 * HALO_ROOM,
      height: bottom - top + 2 * HALO_ROOM,
    });
  }

  /** From a point of the window. */
  pointAt({ clientX, clientY }: { readonly clientX: number; readonly clientY: number }) {
    const { left, top, width } = this.#svg.getBoundingClientRect();
    const scale = this.#svg.viewBox.baseVal.width / width;
    return { x: (clientX - left) * scale, y: (clientY - top) * scale };
  }

  #seen(): number[] {
    return this.#marks.flatMap(({ element }, at) => (element.classList.contains('away') ? [] : [at]));
  }

  #boxOf(at: number): Box {
    const { x, y, width, height } = this.#marks[at]!.element.getBBox();
    return { left: x, top: y, right: x + width, bottom: y + height };
  }
}

/** The browser would show them beside ours. */
function takeWords(mark: Element): string {
  const title = mark.querySelector('title');
  title?.remove();
  return title?.textContent ?? '';
}
