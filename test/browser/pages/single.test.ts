/** What holds for pages of one kind. */
import { expect, it } from 'vitest';
import { THEMES, useChromium } from '../support/chromium.js';
import { pageOf } from '../support/pages.js';

const chromium = useChromium();

it('there are charts, where there is something to draw', async () => {
  for (const [name, least] of [
    ['single', 5],
    ['many', 1],
    ['rates', 1],
    ['tune', 2],
  ] as const) {
    const { page } = await chromium.open(pageOf(name));
    expect(await page.locator('figure svg[role="img"]').count(), name).toBeGreaterThanOrEqual(least);
  }
});

it.each(THEMES)('%s paper and ink are those of the theme', async theme => {
  const { page } = await chromium.open(pageOf('single'), { theme });
  const lightness = await page.evaluate(() => {
    const { color, backgroundColor } = getComputedStyle(document.body);
    return [color, backgroundColor].map(rgb => (rgb.match(/\d+/g) ?? []).map(Number)[0]!);
  });
  const [ink, paper] = lightness as [number, number];
  expect(theme === 'light' ? paper - ink : ink - paper).toBeGreaterThan(150);
});

it('hostile names do nothing, and turn nothing around them', async () => {
  const { page } = await chromium.open(pageOf('hostile'));
  // What they would have done: a dialog, a request or a message fails this test already.
  await page.locator('body').hover();
  expect(await page.locator('script:not(:last-of-type), img, iframe, a[href^="java"]').count()).toBe(0);
  expect(await page.evaluate(() => getComputedStyle(document.body).direction)).toBe('ltr');
});
