import { widthOf } from '../../text.js';
import type { StacksView, StackView } from '../../view/picture-types.js';
import { partWords } from '../../words/hover.js';
import type { Looks } from '../looks.js';
import { element, type Markup } from '../markup.js';
import { type Drawing, describe, pixelsOf } from './frame.js';
import { mark, series, textAt, toned } from './marks.js';
import { BAR, EDGE, heightOf, ROW_HEIGHT, rowAxis, rowHead } from './rows.js';
import { lengthScale, type Scale, tickText } from './scales.js';

const TICKS = 4;
const LEGEND_HEIGHT = 26;
/** How full a part is, by the number of them: told apart without colour too. What only waits is an outline. */
const FILLS: Readonly<Record<number, readonly number[]>> = { 2: [0.85, 0.3], 3: [0.08, 0.85, 0.45] };

/** A bar for each executor, in parts. */
export function drawStacks(view: StacksView, looks: Looks): Drawing {
  const { stacks, parts, quantity } = view;
  const sums = stacks.map(({ values }) => values.reduce((sum, value) => sum + value, 0));
  // Shares make a whole, but for what binary fractions add.
  const scale = lengthScale(Number(Math.max(...sums).toPrecision(9)), EDGE.left, EDGE.right, TICKS);
  return {
    height: heightOf(stacks.length, LEGEND_HEIGHT),
    description: `${parts.join(', ')}: ${describe(stacks.map(({ label, text }) => `${label} ${text}`))}`,
    content: [
      drawLegend(parts),
      rowAxis(scale, LEGEND_HEIGHT, stacks.length, tick => tickText(quantity, tick)),
      stacks.map((stack, row) => drawStack(stack, LEGEND_HEIGHT + row * ROW_HEIGHT, { view, scale, looks })),
    ],
  };
}

interface Setting {
  readonly view: StacksView;
  readonly scale: Scale;
  readonly looks: Looks;
}

function drawStack(stack: StackView, top: number, { view, scale, looks }: Setting): Markup {
  const { label, executor, values, text } = stack;
  const look = looks(executor);
  let before = 0;
  const rectangles = values.map((value, part) => {
    const from = scale.of(before);
    before += value;
    const rectangle = partAt(from, top + BAR.top, scale.of(before) - from, part, values.length);
    return mark(partWords(label, view.parts[part]!, value, view.quantity), rectangle);
  });
  return series(rowHead(look, label, text, top), toned(look, ...rectangles));
}

function partAt(x: number, y: number, width: number, part: number, parts: number): Markup {
  return element('rect', {
    x,
    y,
    width: Math.max(0, width),
    height: BAR.height,
    fill: 'currentColor',
    'fill-opacity': String(FILLS[parts]![part]),
    stroke: 'currentColor',
    'stroke-width': width > 1 ? 0.8 : 0,
  });
}

function drawLegend(parts: readonly string[]): Markup[] {
  let x = EDGE.left;
  return parts.flatMap((name, part) => {
    const at = x;
    x += 16 + pixelsOf(widthOf(name) + 2);
    return [partAt(at, 3, 11, part, parts.length), textAt(name, at + 16, 12, { isQuiet: true, size: 12 })];
  });
}
