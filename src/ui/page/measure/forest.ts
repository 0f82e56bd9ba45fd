import { draw, make } from '../../../page/dom.js';
import { amount, exactNumber, ratioInterval, times } from '../../../report/format.js';
import { ratioScale } from '../../../report/html/charts/ratio-scale.js';
import type { UiExecutor } from '../../protocol.js';
import { lookIn } from '../parts.js';
import type { Funnel, FunnelPlot } from './funnel.js';

const ROW = 46;
const TOP = 34;
const SIZE = 14;
/** More forks than that are below each other in so many pixels all the same. */
const OLD_ROOM = 20;

/** Intervals of all executors against the baseline: the thick one is now, the thin ones above it came before. */
export function drawForest(
  page: Document,
  plot: FunnelPlot,
  executors: readonly UiExecutor[],
  width: number,
): SVGSVGElement {
  const { funnels, baseline, scenario } = plot;
  const isNarrow = width < 560;
  const [left, right] = isNarrow ? [100, width - 8] : [150, width - 190];
  const height = TOP + funnels.length * ROW * (isNarrow ? 1.25 : 1) + 30;
  const svg = draw(page, 'svg', {
    class: 'drawing',
    viewBox: `0 0 ${width} ${height}`,
    role: 'img',
    'aria-label': `${scenario}: ${wordsOf(plot)}`,
    'font-size': SIZE,
  });
  const values = funnels
    .flatMap(({ intervals }) => intervals.flatMap(({ low, high }) => [low, high]))
    .filter(value => value > 0);
  const scale = ratioScale([1, ...values], left, right);
  const text = (
    words: string,
    x: number,
    y: number,
    more: Readonly<Record<string, string | number>> = {},
  ) => {
    const made = draw(page, 'text', { x, y, ...more });
    made.textContent = words;
    svg.append(made);
  };
  const bottom = height - 26;
  for (const tick of scale.ticks) {
    svg.append(
      draw(page, 'line', { class: 'grid', x1: scale.of(tick), x2: scale.of(tick), y1: TOP - 8, y2: bottom }),
    );
    text(`${exactNumber(Number(tick.toPrecision(4)))}×`, scale.of(tick), height - 8, {
      'text-anchor': 'middle',
      class: 'quiet',
      'font-size': 12,
    });
  }
  svg.append(
    draw(page, 'line', { class: 'one', x1: scale.of(1), x2: scale.of(1), y1: TOP - 14, y2: bottom }),
  );
  text(`as fast as ${baseline}`, scale.of(1), 14, {
    'text-anchor': anchorAt(scale.of(1), width),
    class: 'quiet',
    'font-size': 12,
  });
  funnels.forEach((funnel, at) => {
    const y = TOP + (at + 0.5) * ROW * (isNarrow ? 1.25 : 1);
    svg.append(...rowOf(page, funnel, y, executors, scale.of));
    text(funnel.label, 20, y + 5, { 'font-weight': 600 });
    const words = figureOf(funnel);
    if (isNarrow) text(words, 20, y + 22, { class: 'quiet', 'font-size': 12 });
    else text(words, right + 16, y + 5);
  });
  return svg;
}

function anchorAt(x: number, width: number): string {
  if (x < 90) return 'start';
  return x > width - 90 ? 'end' : 'middle';
}

function rowOf(
  page: Document,
  { name, intervals, isBaseline }: Funnel,
  y: number,
  executors: readonly UiExecutor[],
  xOf: (ratio: number) => number,
): SVGElement[] {
  const look = lookIn(executors, name);
  const group = draw(page, 'g', { class: look.tone });
  group.append(draw(page, 'path', { d: look.symbol, fill: 'currentColor', transform: `translate(8 ${y})` }));
  const now = intervals.at(-1);
  if (isBaseline || now === undefined) {
    if (isBaseline)
      group.append(
        draw(page, 'path', { d: look.symbol, fill: 'currentColor', transform: `translate(${xOf(1)} ${y})` }),
      );
    return [group];
  }
  const old = intervals.slice(0, -1);
  const step = Math.min(4, OLD_ROOM / Math.max(1, old.length));
  old.forEach(({ low, high }, at) => {
    const above = y - 5 - step * (old.length - at);
    group.append(draw(page, 'line', { class: 'old', x1: xOf(low), x2: xOf(high), y1: above, y2: above }));
  });
  group.append(
    draw(page, 'line', { class: 'now', x1: xOf(now.low), x2: xOf(now.high), y1: y, y2: y }),
    draw(page, 'path', {
      d: look.symbol,
      fill: 'currentColor',
      transform: `translate(${xOf(now.ratio)} ${y}) scale(1.3)`,
    }),
  );
  return [group];
}

function figureOf({ isBaseline, intervals, tasksPerSecond }: Funnel): string {
  const now = intervals.at(-1);
  if (isBaseline) return `${amount(tasksPerSecond)} tasks/s`;
  if (now === undefined) return 'no interval yet';
  if (!now.isKnown) return `${times(now.ratio)}, no interval yet`;
  const { value, interval } = ratioInterval(now.ratio, now.low, now.high);
  return `${value}× ${interval}`;
}

function wordsOf({ funnels, baseline, forks }: FunnelPlot): string {
  const parts = funnels.filter(({ isBaseline }) => !isBaseline).map(one => `${one.label} ${figureOf(one)}`);
  const after = forks === null ? '' : `, after ${forksWords(forks)}`;
  return `times as fast as ${baseline}${after}: ${parts.join('; ')}`;
}

function forksWords(forks: number): string {
  return `${forks} ${forks === 1 ? 'fork' : 'forks'}`;
}

function methodOf({ forks }: FunnelPlot): string {
  if (forks === null) return 'With 95 % intervals.';
  return `After ${forksWords(forks)}, with 95 % intervals, from three forks on. Thin lines are what was known before: each fork of fresh processes makes the interval narrower.`;
}

export function forestFigure(
  page: Document,
  plot: FunnelPlot,
  executors: readonly UiExecutor[],
  width: number,
): HTMLElement {
  const { scenario, baseline } = plot;
  const caption = make(
    page,
    'figcaption',
    {},
    make(page, 'b', {}, `${scenario}: times as fast as ${baseline}`),
    methodOf(plot),
  );
  return make(page, 'figure', { class: 'chart wide' }, caption, drawForest(page, plot, executors, width));
}
