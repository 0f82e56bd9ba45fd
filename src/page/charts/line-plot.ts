import { fittingLabels } from '../../report/html/charts/fitting-labels.js';
import { placeLabels } from '../../report/html/charts/place-labels.js';
import { draw, setAll } from '../dom.js';
import {
  cornersOf,
  heightAt,
  heightsWithin,
  type Mapping,
  mappingOf,
  movedPath,
  type Point,
} from './geometry.js';
import { isWhole, type Range } from './range.js';
import { type ValueAxis, valueAxisOf } from './value-axis.js';

/** Symbols at the edge are whole, and lines end a little beyond it. */
const BEYOND = 5;
/** Between what is highest and lowest and the edges of the plot. */
const HEADROOM = 10;
/** A level line, looked at closely, is level: heights less apart than that are not drawn apart. */
const LEAST_HEIGHT = 12;
/** From the line of an axis to the baseline of its text. */
const BASELINE = 4;

interface Edges {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/** What is drawn of one line: its path where it has one, else its points. */
interface Outline {
  readonly corners: readonly Point[];
}

/**
 * A chart of lines of the static page, of which a part of the axis across can be looked at. The drawing itself is moved:
 * its axes are even in pixels already, be they linear, logarithmic or log-odds, and symbols, dashes, names, colours of
 * both themes and the words for screen readers stay what they are. (A chart library would draw all of that anew, on a
 * canvas that says nothing.)
 */
export class LinePlot {
  readonly whole: Range;
  readonly edges: Edges;
  readonly #svg: SVGSVGElement;
  readonly #axis: ValueAxis;
  readonly #moving: SVGGElement;
  readonly #outlines: readonly Outline[];
  readonly #bands: readonly Outline[];
  /** As the page has them: each way back ends there. */
  readonly #paths: readonly {
    readonly path: SVGPathElement;
    readonly d: string;
    readonly at: Point | null;
  }[];
  readonly #levels: readonly { readonly line: SVGLineElement; readonly y: number }[];
  readonly #ends: readonly { readonly label: SVGGElement; readonly textY: string }[];
  readonly #clipId: string;
  readonly #acrossTicks: readonly Element[];
  readonly #heightTicks: readonly Element[];
  #range: Range;

  /** Null where there is nothing to look at more closely. */
  static of(svg: SVGSVGElement): LinePlot | null {
    const [left, top, right, bottom] = (svg.dataset.plot ?? '').split(' ').map(Number);
    const axis = valueAxisOf(svg.dataset.y ?? '');
    const moving = svg.querySelector<SVGGElement>('.zooms');
    const places = svg.querySelectorAll('.x-axis > g').length;
    if (axis === null || moving === null || places < 3 || bottom === undefined) return null;
    return new LinePlot(svg, axis, moving, { left: left!, top: top!, right: right!, bottom });
  }

  private constructor(svg: SVGSVGElement, axis: ValueAxis, moving: SVGGElement, edges: Edges) {
    this.#svg = svg;
    this.#axis = axis;
    this.#moving = moving;
    this.edges = edges;
    this.whole = { from: edges.left, to: edges.right };
    this.#range = this.whole;
    this.#paths = [...moving.querySelectorAll('path')].map(path => ({
      path,
      d: path.getAttribute('d') ?? '',
      at: placeOf(path),
    }));
    this.#levels = [...moving.querySelectorAll('line')].map(line => ({
      line,
      y: Number(line.getAttribute('y1')),
    }));
    this.#outlines = [...moving.querySelectorAll('.series')].map(series => this.#outlineOf(series));
    this.#bands = this.#paths.flatMap(({ path, d, at }) =>
      at === null && path.closest('.series') === null ? [{ corners: cornersOf(d) }] : [],
    );
    this.#ends = [...svg.querySelectorAll<SVGGElement>('.ends [data-series]')].map(label => ({
      label,
      textY: label.querySelector('text')?.getAttribute('y') ?? '',
    }));
    this.#acrossTicks = [...(svg.querySelector('.x-axis')?.children ?? [])];
    this.#heightTicks = [...(svg.querySelector('.y-axis')?.children ?? [])];
    this.#clipId = this.#addClip();
  }

  get range(): Range {
    return this.#range;
  }

  /** Of the picture as it is without zoom, from what is seen; and back. */
  sourceX(x: number): number {
    return mappingOf(this.whole, this.#range)(x);
  }

  show(range: Range): void {
    const isAll = isWhole(range, this.whole);
    this.#range = isAll ? this.whole : range;
    const across = mappingOf(this.#range, this.whole);
    const heights = isAll ? null : this.#heightsSeen();
    const { top, bottom } = this.edges;
    const up = heights === null ? (y: number) => y : mappingOf(heights, insideOf(top, bottom));
    const mapping = { x: across, y: up };
    this.#move(mapping);
    if (isAll) this.#moving.removeAttribute('clip-path');
    else this.#moving.setAttribute('clip-path', `url(#${this.#clipId})`);
    this.#drawTicks(mapping, isAll);
    this.#placeEnds(mapping, isAll);
  }

  #heightsSeen(): Range | null {
    const corners = [...this.#outlines, ...this.#bands].map(one => one.corners);
    const seen = heightsWithin(corners, this.#range);
    if (seen === null) return null;
    const missing = Math.max(0, LEAST_HEIGHT - (seen.to - seen.from)) / 2;
    return { from: seen.from - missing, to: seen.to + missing };
  }

  #move(mapping: Mapping): void {
    const { left, right } = this.edges;
    for (const { path, d, at } of this.#paths) {
      if (at === null) {
        path.setAttribute('d', movedPath(d, mapping));
        continue;
      }
      const [x, y] = [mapping.x(at.x), mapping.y(at.y)];
      const isSeen = x > left - BEYOND && x < right + BEYOND;
      path.closest('.mark')?.classList.toggle('away', !isSeen);
      path.setAttribute('transform', `translate(${x.toFixed(1)} ${y.toFixed(1)})`);
    }
    for (const { line, y } of this.#levels) setAll(line, { y1: mapping.y(y), y2: mapping.y(y) });
  }

  #drawTicks(mapping: Mapping, isAll: boolean): void {
    const across = this.#acrossTicks;
    const heights = this.#heightTicks;
    const [xAxis, yAxis] = [this.#svg.querySelector('.x-axis'), this.#svg.querySelector('.y-axis')];
    xAxis?.replaceChildren(...(isAll ? across : this.#newAcrossTicks(mapping)));
    yAxis?.replaceChildren(...(isAll ? heights : this.#newHeightTicks(mapping)));
  }

  #newAcrossTicks({ x }: Mapping): Element[] {
    const template = this.#acrossTicks.find(tick => tick.querySelector('text') !== null);
    if (template === undefined) return [];
    const seen = this.#acrossTicks.flatMap(tick => {
      const at = x(Number(tick.getAttribute('data-at')));
      const isSeen = at >= this.edges.left && at <= this.edges.right;
      return isSeen ? [{ at, label: tick.getAttribute('data-label') ?? '' }] : [];
    });
    return fittingLabels(seen).map(({ at, label, textX }) =>
      tickLike(template, { x1: at, x2: at }, textX === null ? null : { x: textX }, label),
    );
  }

  #newHeightTicks({ y }: Mapping): Element[] {
    const [template] = this.#heightTicks;
    if (template === undefined) return [];
    const { top, bottom } = this.edges;
    const back = (seen: number) => mappingOf({ from: y(0), to: y(1) }, { from: 0, to: 1 })(seen);
    const ticks = this.#axis.ticksWithin({ from: back(bottom), to: back(top) });
    return ticks.map(value => {
      const at = y(this.#axis.heightOf(value));
      return tickLike(template, { y1: at, y2: at }, { y: at + BASELINE }, this.#axis.textOf(value));
    });
  }

  /** Names stand where their lines leave the plot now; of lines that are out of sight there is none. */
  #placeEnds({ y }: Mapping, isAll: boolean): void {
    const { top, bottom } = this.edges;
    const seen = this.#ends.flatMap(({ label, textY }) => {
      const height = this.#endOf(Number(label.dataset.series));
      label.classList.toggle('away', !isAll && height === null);
      label.classList.toggle('moved', !isAll);
      return height === null ? [] : [{ label, textY, y: y(height) }];
    });
    const { placed } = placeLabels(seen, { from: top + BASELINE, to: bottom });
    for (const { label: end, y: placedY } of placed) {
      const text = end.label.querySelector('text');
      text?.setAttribute('y', isAll ? end.textY : String(placedY + BASELINE));
    }
  }

  #endOf(series: number): number | null {
    const corners = this.#outlines[series]?.corners ?? [];
    const [first, last] = [corners[0], corners.at(-1)];
    if (first === undefined || last === undefined) return null;
    const { from, to } = this.#range;
    if (first.x > to || last.x < from) return null;
    return last.x <= to ? last.y : heightAt(corners, to);
  }

  #outlineOf(series: Element): Outline {
    const own = this.#paths.filter(({ path }) => series.contains(path));
    const line = own.find(({ at }) => at === null);
    if (line !== undefined) return { corners: cornersOf(line.d) };
    return { corners: own.flatMap(({ at }) => (at === null ? [] : [at])) };
  }

  #addClip(): string {
    const page = this.#svg.ownerDocument;
    const { left, top, right, bottom } = this.edges;
    const id = `${this.#svg.getAttribute('aria-labelledby')?.split(' ')[0]}-clip`;
    const clip = draw(page, 'clipPath', { id });
    const [x, y] = [left - BEYOND, top - BEYOND];
    clip.append(draw(page, 'rect', { x, y, width: right + BEYOND - x, height: bottom + 1 - y }));
    this.#svg.append(clip);
    return id;
  }
}

function insideOf(top: number, bottom: number): Range {
  return { from: top + HEADROOM, to: bottom - HEADROOM };
}

/** Of a symbol, which is drawn around 0 and moved to its place. */
function placeOf(path: SVGPathElement): Point | null {
  const [, x, y] = /^translate\((\S+) (\S+)\)$/.exec(path.getAttribute('transform') ?? '') ?? [];
  return x === undefined ? null : { x: Number(x), y: Number(y) };
}

type Numbers = Readonly<Record<string, number>>;

/** Looks as those of the page do. @param text null: there is no room for it */
function tickLike(template: Element, line: Numbers, text: Numbers | null, label: string): Element {
  const tick = draw(template.ownerDocument, 'g');
  const rule = template.querySelector('line');
  if (rule !== null) tick.append(copyOf(rule, line));
  const words = template.querySelector('text');
  if (words !== null && text !== null) {
    const copy = copyOf(words, text);
    copy.textContent = label;
    tick.append(copy);
  }
  return tick;
}

function copyOf(element: SVGElement, attributes: Numbers): SVGElement {
  const copy = draw(element.ownerDocument, element.tagName === 'line' ? 'line' : 'text');
  for (const { name, value } of element.attributes) copy.setAttribute(name, value);
  setAll(copy, attributes);
  return copy;
}
