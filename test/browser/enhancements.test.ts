/** What the script of the page adds, as a reader uses it: theme, sort, words, zoom. */
import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { articleSections } from '../../src/articles/section.js';
import { renderHtml } from '../../src/report/html/html.js';
import { pageReports } from '../report/page-reports.js';
import { violationsOf } from './support/accessibility.js';
import { useChromium } from './support/chromium.js';
import { overflowOf, unfold } from './support/layout.js';

const chromium = useChromium();
const htmlOf = (name: string) => renderHtml(pageReports[name]!, { sections: articleSections });
const tip = (page: Page) => page.locator('.tip');

describe('the theme', () => {
  const paper = (page: Page) => page.evaluate(() => getComputedStyle(document.body).backgroundColor);

  it('is that of the system until the button says otherwise, in either system', async () => {
    for (const theme of ['light', 'dark'] as const) {
      const { page } = await chromium.open(htmlOf('single'), { theme });
      const button = page.getByRole('button', { name: /^Theme/ });
      const seen: [string, string][] = [];
      for (let press = 0; press < 4; press++) {
        seen.push([(await button.textContent())!, await paper(page)]);
        await button.click();
      }
      const [auto, light, dark, again] = seen;
      expect(seen.map(([name]) => name)).toEqual([
        'Theme: auto',
        'Theme: light',
        'Theme: dark',
        'Theme: auto',
      ]);
      expect(again![1]).toBe(auto![1]);
      expect(light![1]).not.toBe(dark![1]);
      expect(auto![1]).toBe((theme === 'light' ? light : dark)![1]);
    }
  });

  it('is kept where the browser keeps it, and is light on paper', async () => {
    const { page } = await chromium.open(htmlOf('single'));
    const light = await paper(page);
    const button = page.getByRole('button', { name: /^Theme/ });
    await button.click();
    await button.click();
    await page.reload();
    expect(await button.textContent()).toBe('Theme: dark');
    expect(await paper(page)).not.toBe(light);
    await page.emulateMedia({ media: 'print' });
    expect(await paper(page)).toBe(light);
  });

  it.each(['light', 'dark'] as const)('that was chosen can be read: %s', async chosen => {
    const { page } = await chromium.open(htmlOf('notes'), { theme: chosen === 'light' ? 'dark' : 'light' });
    const button = page.getByRole('button', { name: /^Theme/ });
    while ((await button.textContent()) !== `Theme: ${chosen}`) await button.click();
    await unfold(page);
    expect(await violationsOf(page)).toEqual([]);
  });
});

describe('tables', () => {
  const column = (page: Page, heading: string) =>
    page.evaluate(text => {
      const table = document.querySelector('table')!;
      const at = [...table.tHead!.rows[0]!.cells].findIndex(cell => cell.textContent === text);
      return [...table.tBodies[0]!.rows].map(row => row.cells[at]!.textContent.trim());
    }, heading);

  it('are sorted by a heading, by mouse or keyboard: up, down, and as they were', async () => {
    const { page } = await chromium.open(htmlOf('single'));
    const button = page.locator('table').first().getByRole('button', { name: 'tasks/s' });
    const heading = page.locator('table').first().locator('th', { hasText: 'tasks/s' });
    const before = await column(page, 'tasks/s');
    const numbers = async () =>
      (await column(page, 'tasks/s')).map(text => Number(text.replaceAll(',', ''))).filter(Number.isFinite);
    const ascending = (await numbers()).toSorted((a, b) => a - b);
    expect(ascending.length).toBeGreaterThan(1);
    await button.click();
    expect(await heading.getAttribute('aria-sort')).toBe('ascending');
    expect(await numbers()).toEqual(ascending);
    await page.keyboard.press('Enter');
    expect(await heading.getAttribute('aria-sort')).toBe('descending');
    expect(await numbers()).toEqual(ascending.toReversed());
    await page.keyboard.press('Space');
    expect(await heading.getAttribute('aria-sort')).toBeNull();
    expect(await column(page, 'tasks/s')).toEqual(before);
  });

  it('repeat names that stood once for several rows while these are apart', async () => {
    const { page } = await chromium.open(htmlOf('rates'));
    const before = await column(page, 'rate');
    expect(before).toContain('');
    const button = page.locator('table').first().getByRole('button', { name: 'tasks/s' });
    await button.click();
    expect(await column(page, 'rate')).not.toContain('');
    await button.click();
    await button.click();
    expect(await column(page, 'rate')).toEqual(before);
  });
});

describe('words', () => {
  it('say what a heading is, to the pointer and to the keyboard; Escape closes them', async () => {
    const { page } = await chromium.open(htmlOf('single'));
    const heading = page.locator('th abbr').first();
    await heading.hover();
    await expect.poll(() => tip(page).isVisible()).toBe(true);
    const words = await tip(page).textContent();
    await page.mouse.move(2, 2);
    await expect.poll(() => tip(page).isVisible()).toBe(false);
    await page
      .locator('button.sort', { has: page.locator('abbr') })
      .first()
      .focus();
    expect(await tip(page).textContent()).toBe(words);
    expect(await page.locator('[aria-describedby="tip"]').count()).toBe(1);
    await page.keyboard.press('Escape');
    expect(await tip(page).isVisible()).toBe(false);
  });

  it('say what a finding means and what to do', async () => {
    const { page } = await chromium.open(htmlOf('notes'));
    const link = page.locator('a[href^="#finding-"]').first();
    await link.focus();
    const code = await link.textContent();
    const means = await page.locator(`[id="finding-${code}"] + dd`).textContent();
    expect(await tip(page).textContent()).toContain(means);
    expect(await tip(page).textContent()).toContain('What to do: ');
  });

  it('stand beside what they are about and within the window, as narrow as it may be', async () => {
    const { page } = await chromium.open(htmlOf('notes'), { width: 375 });
    await unfold(page);
    const targets = page.locator('a[href^="#finding-"], button.sort:has(abbr), abbr[tabindex]');
    const many = await targets.count();
    expect(many).toBeGreaterThan(5);
    for (let at = 0; at < many; at++) {
      await targets.nth(at).focus();
      const wrong = await page.evaluate(() => {
        const about =
          document.activeElement!.closest('[data-tip]') ??
          document.activeElement!.querySelector('[data-tip]')!;
        const [box, own] = [document.querySelector('.tip')!, about].map(one => one.getBoundingClientRect());
        const covers =
          box!.bottom > own!.top &&
          box!.top < own!.bottom &&
          box!.right > own!.left &&
          box!.left < own!.right;
        const isOutside = box!.left < 0 || box!.right > innerWidth;
        return covers || isOutside ? about.textContent : null;
      });
      expect(wrong).toBeNull();
    }
    expect(await overflowOf(page)).toEqual([]);
  });

  it('tell each bar, part and field of a chart, to the pointer and to arrow keys', async () => {
    const { page } = await chromium.open(htmlOf('single'));
    const chart = page.locator('.plot').first();
    await chart.scrollIntoViewIfNeeded();
    await chart.locator('.mark').nth(1).hover({ force: true });
    await expect.poll(() => tip(page).isVisible()).toBe(true);
    const second = await tip(page).textContent();
    expect(second).toMatch(/: [\d,.]+\/s/);
    await page.mouse.move(2, 2);
    await page.locator('.plot').first().focus();
    await page.keyboard.press('Home');
    await page.keyboard.press('ArrowDown');
    expect(await tip(page).textContent()).toMatch(/: [\d,.]+\/s/);
    expect(await page.locator('[aria-live]').first().textContent()).toBe(await tip(page).textContent());
    // The browser says nothing beside it.
    expect(await page.locator('.plot title').count()).toBe(0);
  });

  it('are said by the browser where scripts are forbidden', async () => {
    const { page } = await chromium.open(htmlOf('single'), { hasScripts: false });
    expect(await page.locator('.mark > title').count()).toBeGreaterThan(5);
    expect(await page.locator('abbr[title]').count()).toBeGreaterThan(5);
    expect(await page.locator('button').count()).toBe(0);
  });
});

describe('zoom', () => {
  /** Labels of both axes and the places of all symbols. */
  const pictureOf = (page: Page) =>
    page.evaluate(() => {
      const svg = document.querySelector('.zoomable svg')!;
      return [...svg.querySelectorAll('.x-axis, .y-axis, .zooms, .ends')].map(one => one.innerHTML);
    });
  const shown = (page: Page) => page.locator('.zoomable').first().locator('.mark:not(.away)').count();

  it.each(['rates', 'single'])('of %s shows a part, with ticks of its own, and comes back', async name => {
    const { page } = await chromium.open(htmlOf(name));
    const chart = page.locator('.zoomable').first();
    await chart.scrollIntoViewIfNeeded();
    const [before, all] = [await pictureOf(page), await shown(page)];
    const box = (await chart.locator('svg').boundingBox())!;
    const y = box.y + box.height / 2;
    await page.mouse.move(box.x + 0.15 * box.width, y);
    await page.mouse.down();
    await page.mouse.move(box.x + 0.4 * box.width, y, { steps: 4 });
    await page.mouse.up();
    expect(await shown(page)).toBeLessThan(all);
    const zoomed = await pictureOf(page);
    before.forEach((part, at) => {
      expect(zoomed[at]).not.toBe(part);
    });
    await page.getByRole('button', { name: 'Whole axis' }).first().click();
    expect(await shown(page)).toBe(all);
    const numbers = (markup: string) => (markup.match(/-?\d+(?:\.\d+)?/g) ?? []).map(Number);
    (await pictureOf(page)).forEach((part, at) => {
      const [now, then] = [numbers(part), numbers(before[at]!)];
      expect(now.length).toBe(then.length);
      now.forEach((value, index) => {
        expect(value).toBeCloseTo(then[index]!, 1);
      });
    });
  });

  it('follows the keyboard: closer, along, and back by Escape after the words', async () => {
    const { page } = await chromium.open(htmlOf('rates'));
    const chart = page.locator('.zoomable').first();
    const all = await shown(page);
    await chart.focus();
    for (let press = 0; press < 4; press++) await page.keyboard.press('+');
    expect(await shown(page)).toBeLessThan(all);
    await page.keyboard.press('End');
    expect(await tip(page).isVisible()).toBe(true);
    await page.keyboard.press('Shift+ArrowLeft');
    expect(await shown(page)).toBeLessThan(all);
    await page.keyboard.press('ArrowLeft');
    await page.keyboard.press('Escape');
    expect(await shown(page)).toBeLessThan(all);
    await page.keyboard.press('Escape');
    expect(await shown(page)).toBe(all);
  });

  it('leaves the wheel to the page until the chart has been clicked', async () => {
    const { page } = await chromium.open(htmlOf('rates'));
    const chart = page.locator('.zoomable').first();
    await chart.scrollIntoViewIfNeeded();
    const all = await shown(page);
    await chart.hover();
    await page.mouse.wheel(0, -300);
    expect(await shown(page)).toBe(all);
    await chart.scrollIntoViewIfNeeded();
    await chart.click();
    const scrolled = await page.evaluate(() => scrollY);
    for (let turn = 0; turn < 5; turn++) await page.mouse.wheel(0, -300);
    await expect.poll(() => shown(page)).toBeLessThan(all);
    expect(await page.evaluate(() => scrollY)).toBe(scrolled);
  });

  it('is undone before the page is printed', async () => {
    const { page } = await chromium.open(htmlOf('rates'));
    const all = await shown(page);
    await page.locator('.zoomable').first().focus();
    for (let press = 0; press < 4; press++) await page.keyboard.press('+');
    await page.evaluate(() => dispatchEvent(new Event('beforeprint')));
    expect(await shown(page)).toBe(all);
  });
});
