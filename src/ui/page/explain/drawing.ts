import { draw } from '../../../page/dom.js';
import { duration, percent } from '../../../report/format.js';
import type { Entrant } from '../../protocol.js';
import { longestStage, type StageName, type Stages } from './stages.js';

const WIDTH = 480;
const HEIGHT = 372;
const [CENTRE, LOOP_Y, RADIUS] = [108, 178, 56];
/** Boxes of threads beyond that are one. */
const MOST_DRAWN = 5;

const WORDS: Readonly<Record<StageName, string>> = {
  queue: 'in the queue',
  computing: 'computing',
  waiting: 'waiting',
  delivery: 'on the way back',
};

/** The main loop, its threads, and the way of a task; what took longest is framed. */
export function drawExecutor(
  page: Document,
  entrant: Entrant,
  stages: Stages | null,
  loopBusy: number | null,
): SVGSVGElement {
  const svg = draw(page, 'svg', {
    class: `drawing ${entrant.tone}`,
    viewBox: `0 0 ${WIDTH} ${HEIGHT}`,
    role: 'img',
    'aria-label': labelOf(entrant, stages, loopBusy),
    'font-size': 14,
  });
  const pen = new Pen(page, svg);
  const longest = stages === null ? null : longestStage(stages);
  const stage = (name: StageName, x: number, y: number, width: number, title: string) => {
    pen.box(x, y, width, 56, name === longest);
    pen.text(title, x + width / 2, y + 23, { 'text-anchor': 'middle', 'font-weight': 600 });
    const words = stages === null ? '' : duration(stages[name]);
    pen.text(words, x + width / 2, y + 43, { 'text-anchor': 'middle' });
  };
  stage('queue', 18, 24, 180, 'waits for its turn');
  pen.arrow(`M108 80V${LOOP_Y - RADIUS - 10}`);
  pen.ring(CENTRE, LOOP_Y, RADIUS, loopBusy ?? 0);
  pen.text('main loop', CENTRE, LOOP_Y, { 'text-anchor': 'middle', 'font-weight': 600 });
  pen.text(loopBusy === null ? '' : `busy ${percent(loopBusy)}`, CENTRE, LOOP_Y + 19, {
    'text-anchor': 'middle',
  });
  const isLoop = entrant.family === 'loop';
  if (isLoop) {
    stage('computing', 270, 76, 192, 'computes on the loop');
    pen.arrow(`M${CENTRE + RADIUS + 6} ${LOOP_Y - 20}C220 140 235 104 262 104`);
    pen.text('one at a time', 270, 150, { class: 'quiet', 'font-size': 12 });
    stage('waiting', 270, 204, 192, 'waits for an answer');
    pen.arrow(`M${CENTRE + RADIUS + 6} ${LOOP_Y + 20}C220 216 235 232 262 232`);
    pen.text('many at the same time', 270, 278, { class: 'quiet', 'font-size': 12 });
  } else {
    pen.arrow(`M${CENTRE + RADIUS + 6} ${LOOP_Y - 10}H262`);
    pen.threads(entrant, 270, 36);
    stage('computing', 270, 150, 192, 'computes on a thread');
    pen.text('side by side, one on each core', 270, 224, { class: 'quiet', 'font-size': 12 });
    stage('waiting', 270, 240, 192, 'waits for an answer');
  }
  stage('delivery', 18, 300, 180, 'on the way back');
  pen.arrow(`M366 ${isLoop ? 292 : 302}V328H208`);
  pen.arrow(`M108 294V${LOOP_Y + RADIUS + 12}`);
  return svg;
}

/** What stands in the picture, in a sentence. */
export function labelOf(
  { label, family, threads }: Entrant,
  stages: Stages | null,
  loopBusy: number | null,
): string {
  const who =
    family === 'loop' ? `${label}: one main loop` : `${label}: a main loop and ${threads} ${family}`;
  const busy = loopBusy === null ? '' : `, whose main loop is busy ${percent(loopBusy)} of the time`;
  if (stages === null) return `${who}${busy}.`;
  const parts = (Object.keys(stages) as StageName[]).map(name => `${duration(stages[name])} ${WORDS[name]}`);
  return `${who}${busy}. A task is on average ${parts.join(', ')}.`;
}

class Pen {
  readonly #page: Document;
  readonly #svg: SVGSVGElement;

  constructor(page: Document, svg: SVGSVGElement) {
    this.#page = page;
    this.#svg = svg;
  }

  box(x: number, y: number, width: number, height: number, isLit: boolean): void {
    this.#add('rect', { class: isLit ? 'box-line lit' : 'box-line', x, y, width, height, rx: 6 });
  }

  text(words: string, x: number, y: number, more: Readonly<Record<string, string | number>> = {}): void {
    const text = draw(this.#page, 'text', { x, y, class: 'plain', ...more });
    text.textContent = words;
    this.#svg.append(text);
  }

  arrow(d: string): void {
    this.#add('path', { class: 'arrow', d, 'marker-end': 'url(#arrow-head)' });
    if (this.#svg.querySelector('marker') !== null) return;
    const marker = draw(this.#page, 'marker', {
      id: 'arrow-head',
      viewBox: '0 0 10 10',
      refX: 8,
      refY: 5,
      markerWidth: 8,
      markerHeight: 8,
      orient: 'auto',
    });
    marker.append(draw(this.#page, 'path', { d: 'M0 0L10 5L0 10z', class: 'arrow-head' }));
    this.#svg.prepend(marker);
  }

  /** Round and round; the part that is busy is drawn full. */
  ring(x: number, y: number, radius: number, busy: number): void {
    this.#add('circle', { class: 'ring', cx: x, cy: y, r: radius });
    const around = 2 * Math.PI * radius;
    if (busy > 0)
      this.#add('circle', {
        class: 'busy',
        cx: x,
        cy: y,
        r: radius,
        'stroke-dasharray': `${Math.min(1, busy) * around} ${around}`,
        transform: `rotate(-90 ${x} ${y})`,
      });
  }

  threads({ family, threads }: Entrant, x: number, y: number): void {
    const drawn = Math.min(threads, MOST_DRAWN);
    const one = family === 'threads' ? 'thread' : 'process';
    const wide = (192 - 6 * (drawn - 1)) / drawn;
    for (let at = 0; at < drawn; at++) {
      this.#add('rect', {
        class: 'worker',
        x: x + at * (wide + 6),
        y: y + 26,
        width: wide,
        height: 66,
        rx: 5,
      });
      this.#add('circle', {
        class: 'worker',
        cx: x + at * (wide + 6) + wide / 2,
        cy: y + 59,
        r: Math.min(17, wide / 2 - 5),
      });
    }
    this.text(
      `${threads} ${one}${threads === 1 ? '' : one === 'thread' ? 's' : 'es'}, each with a loop of its own`,
      x - 40,
      y + 14,
      { 'font-size': 13 },
    );
  }

  #add<Name extends keyof SVGElementTagNameMap>(
    name: Name,
    attributes: Readonly<Record<string, string | number>>,
  ): void {
    this.#svg.append(draw(this.#page, name, attributes));
  }
}
