import type { Page } from 'playwright-core';
import { TIMELINE_PARTS, type TimelinePart } from '../../src/report/words/timeline.js';
import { launchChromium } from '../support/chromium.js';
import { marksOf, overlayOf, type Place } from './marks.js';
import type { PagePicture } from './page-picture.js';

/** A text or line of the chart. */
interface Drawn {
  readonly text: string;
  readonly isStrong: boolean;
  readonly isDotted: boolean;
}

const TITLE = 'Every task of one trial';
const TEXTS: readonly (readonly [RegExp, TimelinePart])[] = [
  [/^Enlarged: /, 'Enlarged'],
  [/^[\d,]+ tasks? in /, '… tasks in …'],
  [/^not started yet/, 'not started yet'],
  [/^(?:loop|thread \d+|process \d+): /, 'a track'],
  [/^main loop: /, 'main loop'],
  [/^[\d.]+ m?s$/, 'time'],
];

/** Null: nothing that has to be explained. */
export function partOf({ text, isStrong, isDotted }: Drawn): TimelinePart | null {
  if (isDotted) return 'the dotted line';
  const found = TEXTS.find(([pattern]) => pattern.test(text));
  if (found !== undefined) return found[1];
  return isStrong && text !== TITLE ? 'a name' : null;
}

/**
 * The timeline as a file has it, down to what is enlarged, with numbers at its parts.
 *
 * @throws Error where there is no Chromium
 */
export async function timelinePicture(svg: string): Promise<PagePicture> {
  const browser = await launchChromium();
  try {
    const page = await browser.newPage({ colorScheme: 'light', viewport: { width: 880, height: 900 } });
    const show = (more: string) =>
      page.setContent(`<!doctype html><body style="margin: 0; background: #fff">${svg}${more}</body>`);
    await show('');
    const marks = marksOf(await placesOn(page), part => TIMELINE_PARTS[part as TimelinePart]);
    await show(overlayOf(marks));
    const { width, height } = (await page.locator('svg').first().boundingBox())!;
    const enlarged = marks.find(({ word }) => word === 'Enlarged');
    const clip = {
      x: 0,
      y: 0,
      width,
      height: Math.ceil(enlarged === undefined ? height : enlarged.box.y + 28),
    };
    return { png: await page.screenshot({ fullPage: true, clip }), marks };
  } finally {
    await browser.close();
  }
}

async function placesOn(page: Page): Promise<Place[]> {
  const drawn = await page.locator('svg text, svg line[stroke-dasharray]').evaluateAll(all =>
    all.map(element => {
      const { x, y, width, height } = element.getBoundingClientRect();
      return {
        text: element.textContent,
        isStrong: element.getAttribute('font-weight') !== null,
        isDotted: element.tagName === 'line',
        box: { x, y, width, height },
      };
    }),
  );
  return drawn.flatMap(one => {
    const word = partOf(one);
    return word === null ? [] : [{ word, box: one.box }];
  });
}
