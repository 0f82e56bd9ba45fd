/** Every kind of page in a real browser: as it is sent, in both themes, from a telephone to a wide screen, and on paper. */
import { describe, expect, it } from 'vitest';
import { articleSections } from '../../src/articles/section.js';
import { renderHtml } from '../../src/report/html/html.js';
import { judgedPages } from '../report/judged-pages.js';
import { pageReports } from '../report/page-reports.js';
import { violationsOf } from './support/accessibility.js';
import { THEMES, useChromium, WIDTHS } from './support/chromium.js';
import { brokenCharts, collidingTexts, deadLinks, overflowOf, unfold } from './support/layout.js';
import { compact, readPdf } from './support/pdf.js';

const chromium = useChromium();
const names = [...Object.keys(pageReports), ...Object.keys(judgedPages)];
const htmlOf = (name: string) =>
  judgedPages[name] ?? renderHtml(pageReports[name]!, { sections: articleSections });
/** Of names that are written from right to left or with several fonts: a PDF has their letters in another order. */
const FOREIGN = /[\u2400-\u243f\ufffd\p{Script=Han}\p{Script=Hebrew}\p{Script=Arabic}]/u;
/** Chromium prints what is wider than the paper smaller, by half at most. */
const MOST_SHRUNK: Readonly<Record<string, number>> = { wide: 1.8 };

describe.each([true, false])('with scripts: %s', hasScripts => {
  it.each(names)('%s fits, folded and unfolded, at every width', async name => {
    const { page } = await chromium.open(htmlOf(name), { hasScripts });
    for (const isUnfolded of [false, true]) {
      if (isUnfolded) await unfold(page);
      for (const width of WIDTHS) {
        await page.setViewportSize({ width, height: 900 });
        expect(await overflowOf(page), `${width} pixels`).toEqual([]);
      }
    }
  });

  it.each(names)('%s has charts that can be seen and read', async name => {
    const { page } = await chromium.open(htmlOf(name), { hasScripts });
    await unfold(page);
    for (const width of WIDTHS) {
      await page.setViewportSize({ width, height: 900 });
      expect(await brokenCharts(page), `${width} pixels`).toEqual([]);
      expect(await collidingTexts(page), `${width} pixels`).toEqual([]);
    }
  });

  it.each(names)('axe-core finds nothing in %s', async name => {
    const { page } = await chromium.open(htmlOf(name), { hasScripts });
    for (const [at, colorScheme] of THEMES.entries()) {
      await page.emulateMedia({ colorScheme });
      await page.setViewportSize({ width: WIDTHS[2 * at]!, height: 900 });
      if (at > 0) await unfold(page);
      expect(await violationsOf(page), colorScheme).toEqual([]);
    }
  });

  it.each(names)('no way in %s leads nowhere', async name => {
    const { page } = await chromium.open(htmlOf(name), { hasScripts });
    expect(await deadLinks(page)).toEqual([]);
  });
});

it('there are charts, where there is something to draw', async () => {
  for (const [name, least] of [
    ['single', 5],
    ['many', 1],
    ['rates', 1],
    ['tune', 2],
  ] as const) {
    const { page } = await chromium.open(htmlOf(name));
    expect(await page.locator('figure svg[role="img"]').count(), name).toBeGreaterThanOrEqual(least);
  }
});

it.each(THEMES)('%s paper and ink are those of the theme', async theme => {
  const { page } = await chromium.open(htmlOf('single'), { theme });
  const lightness = await page.evaluate(() => {
    const { color, backgroundColor } = getComputedStyle(document.body);
    return [color, backgroundColor].map(rgb => (rgb.match(/\d+/g) ?? []).map(Number)[0]!);
  });
  const [ink, paper] = lightness as [number, number];
  expect(theme === 'light' ? paper - ink : ink - paper).toBeGreaterThan(150);
});

describe('on paper', () => {
  it.each(names)('%s has pages, none of them wider than the paper', async name => {
    // A4 without margins, at 96 to the inch.
    const { page } = await chromium.open(htmlOf(name), { width: 794 });
    await page.emulateMedia({ media: 'print' });
    const widths = await page.evaluate(() => {
      const { scrollWidth, clientWidth } = document.documentElement;
      return scrollWidth / clientWidth;
    });
    expect(widths).toBeLessThanOrEqual(MOST_SHRUNK[name] ?? 1);
    const pdf = await page.pdf({ format: 'A4' });
    expect(readPdf(pdf).pages).toBeGreaterThan(0);
  });

  it.each(names.filter(name => !name.startsWith('hostile')))('%s says all that the page says', async name => {
    const { page } = await chromium.open(htmlOf(name), { theme: 'dark' });
    const said = await page.evaluate(() =>
      [
        ...document.querySelectorAll(
          'h1, h2, h3, .headline, caption, th:not(:has(.hidden)), td, dd, svg[role="img"] text',
        ),
      ].map(({ textContent }) => textContent),
    );
    const { text } = readPdf(await page.pdf({ format: 'A4' }));
    const readable = said.filter(one => !FOREIGN.test(one));
    expect(readable.filter(one => !text.includes(compact(one)))).toEqual([]);
  });
});

it('hostile names do nothing, and turn nothing around them', async () => {
  const { page } = await chromium.open(htmlOf('hostile'));
  // What they would have done: a dialog, a request or a message fails this test already.
  await page.locator('body').hover();
  expect(await page.locator('script:not(:last-of-type), img, iframe, a[href^="java"]').count()).toBe(0);
  expect(await page.evaluate(() => getComputedStyle(document.body).direction)).toBe('ltr');
});
