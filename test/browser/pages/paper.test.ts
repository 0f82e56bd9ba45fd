/** Every kind of page on paper. */
import { expect, it } from 'vitest';
import { useChromium } from '../support/chromium.js';
import { pageNames, pageOf } from '../support/pages.js';
import { compact, readPdf } from '../support/pdf.js';

const chromium = useChromium();
/** Of names that are written from right to left or with several fonts: a PDF has their letters in another order. */
const FOREIGN = /[\u2400-\u243f\ufffd\p{Script=Han}\p{Script=Hebrew}\p{Script=Arabic}]/u;
/** Chromium prints what is wider than the paper smaller, by half at most. */
const MOST_SHRUNK: Readonly<Record<string, number>> = { wide: 1.8 };

it.each(pageNames)('%s has pages, none of them wider than the paper', async name => {
  // A4 without margins, at 96 to the inch.
  const { page } = await chromium.open(pageOf(name), { width: 794 });
  await page.emulateMedia({ media: 'print' });
  const widths = await page.evaluate(() => {
    const { scrollWidth, clientWidth } = document.documentElement;
    return scrollWidth / clientWidth;
  });
  expect(widths).toBeLessThanOrEqual(MOST_SHRUNK[name] ?? 1);
  const pdf = await page.pdf({ format: 'A4' });
  expect(readPdf(pdf).pages).toBeGreaterThan(0);
});

it.each(pageNames.filter(name => !name.startsWith('hostile')))(
  '%s says all that the page says',
  async name => {
    const { page } = await chromium.open(pageOf(name), { theme: 'dark' });
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
  },
);
