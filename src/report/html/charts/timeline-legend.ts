import type { MarkKind } from '../../words/timeline.js';
import { element, type Markup } from '../markup.js';
import { hatchPattern } from './timeline-bands.js';
import { type BarPlace, bar, failedBar } from './timeline-tasks.js';

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

export function swatchMarks(kind: MarkKind, id: string): Markup[] {
  if (kind === 'failed') return [failedBar(WHOLE)];
  if (kind !== 'busy') return [bar(kind, WHOLE)];
  const { width, height } = SWATCH;
  return [hatchPattern(id), element('rect', { x: 0, y: 0, width, height, fill: `url(#${id})` })];
}
