import { expect, it } from 'vitest';
import { violationsOf } from './accessibility.js';
import { THEMES, useChromium, WIDTHS } from './chromium.js';
import { brokenCharts, collidingTexts, deadLinks, overflowOf, unfold } from './layout.js';
import { pageNames, pageOf } from './pages.js';

/** What holds for every kind of page, in both themes, from a telephone to a wide screen. To be called once in a file. */
export function checkPages(hasScripts: boolean): void {
  const chromium = useChromium();

  it.each(pageNames)('%s fits, folded and unfolded, at every width', async name => {
    const { page } = await chromium.open(pageOf(name), { hasScripts });
    for (const isUnfolded of [false, true]) {
      if (isUnfolded) await unfold(page);
      for (const width of WIDTHS) {
        await page.setViewportSize({ width, height: 900 });
        expect(await overflowOf(page), `${width} pixels`).toEqual([]);
      }
    }
  });

  it.each(pageNames)('%s has charts that can be seen and read', async name => {
    const { page } = await chromium.open(pageOf(name), { hasScripts });
    await unfold(page);
    for (const width of WIDTHS) {
      await page.setViewportSize({ width, height: 900 });
      expect(await brokenCharts(page), `${width} pixels`).toEqual([]);
      expect(await collidingTexts(page), `${width} pixels`).toEqual([]);
    }
  });

  it.each(pageNames)('axe-core finds nothing in %s', async name => {
    const { page } = await chromium.open(pageOf(name), { hasScripts });
    for (const [at, colorScheme] of THEMES.entries()) {
      await page.emulateMedia({ colorScheme });
      await page.setViewportSize({ width: WIDTHS[2 * at]!, height: 900 });
      if (at > 0) await unfold(page);
      expect(await violationsOf(page), colorScheme).toEqual([]);
    }
  });

  it.each(pageNames)('no way in %s leads nowhere', async name => {
    const { page } = await chromium.open(pageOf(name), { hasScripts });
    expect(await deadLinks(page)).toEqual([]);
  });
}
