import { MARK_WORDS, type MarkKind } from '../../words/timeline.js';
import { element, type Markup } from '../markup.js';
import { textAt } from './marks.js';
import { hatchPattern } from './timeline-bands.js';
import { type BarPlace, bar, failedBar } from './timeline-tasks.js';

const ROW_HEIGHT = 18;
const SWATCH = { width: 22, height: 10 } as const;
const WHOLE: BarPlace = { x: 0, y: 0, ...SWATCH };

/** A mark as the picture has it, beside its words. */
export function swatchOf(kind: MarkKind, id: string): Markup {
  const { width, height } = SWATCH;
  return element(
    'svg',
    { class: 'swatch', width, height, viewBox: `0 0 ${width} ${height}`, 'aria-hidden': 'true' },
    swatchMarks(kind, id),
  );
}

/** A line for each mark, for a picture that stands alone. */
export function legendRows(
  kinds: readonly MarkKind[],
  id: string,
): { readonly content: Markup[]; readonly height: number } {
  const content = kinds.map((kind, at) =>
    element(
      'g',
      { transform: `translate(0 ${at * ROW_HEIGHT})` },
      swatchMarks(kind, `${id}-${kind}`),
      textAt(MARK_WORDS[kind], SWATCH.width + 8, SWATCH.height, { isQuiet: true, size: 12 }),
    ),
  );
  return { content, height: kinds.length * ROW_HEIGHT };
}

function swatchMarks(kind: MarkKind, id: string): Markup[] {
  if (kind === 'failed') return [failedBar(WHOLE)];
  if (kind !== 'busy') return [bar(kind, WHOLE)];
  const { width, height } = SWATCH;
  return [hatchPattern(id), element('rect', { x: 0, y: 0, width, height, fill: `url(#${id})` })];
}
