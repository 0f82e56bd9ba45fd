/** Every page, theme and width as a picture to be looked at: SCREENSHOTS=folder npm run test:browser. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { articleSections } from '../../src/articles/section.js';
import { renderHtml } from '../../src/report/html/html.js';
import { judgedPages } from '../report/judged-pages.js';
import { pageReports } from '../report/page-reports.js';
import { THEMES, useChromium, WIDTHS } from './support/chromium.js';
import { fileNameOf, sizeOfPng } from './support/screenshots.js';

const chromium = useChromium();
const FOLDER = process.env.SCREENSHOTS ?? '';
/** Chromium makes no higher picture; what is below is the same again. */
const HIGHEST = 8_000;

const pages: Readonly<Record<string, () => string>> = {
  ...Object.fromEntries(
    Object.entries(pageReports).map(([name, report]) => [
      name,
      () => renderHtml(report, { sections: articleSections }),
    ]),
  ),
  ...Object.fromEntries(Object.entries(judgedPages).map(([name, html]) => [name, () => html])),
};

describe('screenshots', () => {
  // Where nobody asked for any there is no test, and none that is skipped.
  it.each(FOLDER === '' ? [] : Object.keys(pages))('of %s', async name => {
    const folder = resolve(FOLDER);
    mkdirSync(folder, { recursive: true });
    const { page } = await chromium.open(pages[name]!());
    for (const colorScheme of THEMES) {
      await page.emulateMedia({ colorScheme });
      for (const width of WIDTHS) {
        await page.setViewportSize({ width, height: 900 });
        const height = await page.evaluate(() => document.documentElement.scrollHeight);
        const clip = { x: 0, y: 0, width, height: Math.min(HIGHEST, height) };
        const png = await page.screenshot({ fullPage: true, clip });
        writeFileSync(join(folder, fileNameOf(name, colorScheme, width)), png);
        expect(sizeOfPng(png)).toEqual({ width, height: clip.height });
      }
    }
  });

  it('have names that can be files', () => {
    expect(fileNameOf('tune without an answer', 'dark', 375)).toBe('tune-without-an-answer-dark-375.png');
    const names = Object.keys(pages).map(name => fileNameOf(name, 'light', 375));
    expect(new Set(names).size).toBe(names.length);
    expect(names.filter(name => !/^[\w.-]+$/.test(name))).toEqual([]);
  });
});
