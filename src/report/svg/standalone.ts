import { allowedInXml } from '../exports/xml.js';
import { WIDTH } from '../html/charts/frame.js';
import { textAt } from '../html/charts/marks.js';
import { element, type Markup } from '../html/markup.js';
import type { Picture } from '../html/pictures.js';
import { INK } from '../html/style.js';
import { wrap } from '../text.js';
import { painted } from './painted.js';
import type { Theme } from './paints.js';

const MARGIN = 10;
const ROUNDING = 6;
const FONT_SIZE = 13;
const HEADING = { size: 15, step: 20 } as const;
const SMALL = { size: 12, step: 16 } as const;
/** Of a letter, as a share of the size of a wide font. */
const LETTER = 0.56;

/** A picture with all that has to be said of it where it stands alone. */
export interface StandalonePicture extends Pick<Picture, 'title' | 'method' | 'drawing'> {
  /** What it is of, and where it was measured: a line each, the last below the picture. */
  readonly subject: string;
  readonly origin: string;
}

/** A file of its own for pages of a theme. It has its ground: a page may be light where the system is dark. */
export function standaloneSvg(picture: StandalonePicture, theme: Theme): string {
  const { title, method, drawing, subject, origin } = picture;
  const { width = WIDTH } = drawing;
  const head = [
    ...paragraph(title, width, HEADING, { isStrong: true }),
    ...paragraph(subject, width, SMALL, { isQuiet: true }),
  ];
  const foot = [method, origin].flatMap(text =>
    text === null || text === '' ? [] : paragraph(text, width, SMALL, { isQuiet: true }),
  );
  const above = stack(head, 0);
  const drawnAt = above.bottom + 12;
  const below = stack(foot, drawnAt + drawing.height + 8);
  const [outerWidth, outerHeight] = [width + 2 * MARGIN, Math.ceil(below.bottom) + 2 * MARGIN];
  const svg = element(
    'svg',
    {
      role: 'img',
      'aria-labelledby': 'title desc',
      viewBox: `0 0 ${outerWidth} ${outerHeight}`,
      width: outerWidth,
      height: outerHeight,
      'font-family': 'system-ui, sans-serif',
      'font-size': FONT_SIZE,
      color: INK[theme].text,
      fill: 'currentColor',
    },
    element('title', { id: 'title' }, `${title} · ${subject}`),
    element('desc', { id: 'desc' }, [drawing.description, method, origin].filter(Boolean).join('. ')),
    element('rect', { width: outerWidth, height: outerHeight, rx: ROUNDING, fill: INK[theme].paper }),
    element(
      'g',
      { transform: `translate(${MARGIN} ${MARGIN})` },
      above.lines,
      // A picture in the picture: what is drawn in shares of the width has one.
      element('svg', { y: drawnAt, width, height: drawing.height, overflow: 'visible' }, drawing.content),
      below.lines,
    ),
  );
  return allowedInXml(painted(svg, theme).markup.replace('<svg', '<svg xmlns="http://www.w3.org/2000/svg"'));
}

interface Line {
  readonly text: string;
  readonly step: number;
  readonly spec: Parameters<typeof textAt>[3];
}

function paragraph(
  text: string,
  width: number,
  { size, step }: { readonly size: number; readonly step: number },
  spec: Line['spec'],
): Line[] {
  return wrap(text, Math.floor(width / (LETTER * size))).map(line => ({
    text: line,
    step,
    spec: { ...spec, size },
  }));
}

/** Lines below each other. */
function stack(lines: readonly Line[], top: number): { readonly lines: Markup[]; readonly bottom: number } {
  let bottom = top;
  const drawn = lines.map(({ text, step, spec }) => {
    bottom += step;
    return textAt(text, 0, bottom - 4, spec);
  });
  return { lines: drawn, bottom };
}
