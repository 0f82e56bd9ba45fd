/** Charts as files beside the same charts of the page: as a picture, in their colours, and none of their texts cut. */
import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { articleSections } from '../../src/articles/section.js';
import { renderHtml } from '../../src/report/html/html.js';
import { renderCharts } from '../../src/report/svg/charts.js';
import { pageReports } from '../report/page-reports.js';
import { THEMES, type Theme, useChromium } from './support/chromium.js';
import { collidingTexts } from './support/layout.js';

const chromium = useChromium();
const options = { sections: articleSections };
const NAMES = ['single', 'rates', 'sweep', 'map', 'tune', 'scaling', 'many', 'recorded', 'hostile'];

function filesOf(name: string, theme: Theme): string[] {
  return renderCharts(pageReports[name]!, options)
    .filter(file => file.name.endsWith(`-${theme}.svg`))
    .map(({ contents }) => contents);
}

/** Ids are unique in a file, and not beside others: each has a page of its own in this one. */
function pageOf(files: readonly string[]): string {
  const frames = files.map(file => `<section>${file}</section>`);
  return `<!doctype html><html lang="en"><title>Charts</title><body>${frames.join('')}</body></html>`;
}

/** Of each text, as it is drawn: what it says and its colour. */
async function textsOf(page: Page, selector: string): Promise<string[]> {
  return page.evaluate(
    all =>
      [...document.querySelectorAll(all)].map(text => `${text.textContent} ${getComputedStyle(text).fill}`),
    selector,
  );
}

async function cutTexts(page: Page): Promise<string[]> {
  return page.evaluate(() =>
    [...document.querySelectorAll('svg[role="img"]')].flatMap(chart => {
      const frame = chart.getBoundingClientRect();
      return [...chart.querySelectorAll('text')].flatMap(text => {
        const { left, right, top, bottom } = text.getBoundingClientRect();
        const isInside =
          left >= frame.left - 1 &&
          right <= frame.right + 1 &&
          top >= frame.top - 1 &&
          bottom <= frame.bottom + 1;
        return isInside ? [] : [`${chart.querySelector('title')?.textContent}: ${text.textContent}`];
      });
    }),
  );
}

describe.each(NAMES)('the charts of %s as files', name => {
  it.each(THEMES)('have none of their texts cut or on another: %s', async theme => {
    const { page } = await chromium.open(pageOf(filesOf(name, theme)));
    expect(await cutTexts(page)).toEqual([]);
    expect(await collidingTexts(page)).toEqual([]);
  });

  it.each(THEMES)('have the texts of the page in its colours: %s', async theme => {
    // Without its script, which draws the recorded tasks on a canvas.
    const { page } = await chromium.open(renderHtml(pageReports[name]!, options), {
      theme,
      hasScripts: false,
    });
    const inPage = await textsOf(page, 'svg[role="img"] text');
    const { page: files } = await chromium.open(pageOf(filesOf(name, theme)));
    const inFiles = new Set(await textsOf(files, 'svg[role="img"] text'));
    expect(inPage.length).toBeGreaterThan(0);
    expect(inPage.filter(text => !inFiles.has(text))).toEqual([]);
  });
});

it('a text that is cut is told', async () => {
  const svg =
    '<svg role="img" width="20" height="20"><title>Bars</title><text x="5" y="15">too long for it</text></svg>';
  const { page } = await chromium.open(pageOf([svg]));
  expect(await cutTexts(page)).toEqual(['Bars: too long for it']);
});

it.each(THEMES)('is a picture by itself: %s', async theme => {
  const sources = filesOf('recorded', theme).map(
    file => `data:image/svg+xml;base64,${Buffer.from(file).toString('base64')}`,
  );
  const { page } = await chromium.open(pageOf(sources.map(source => `<img alt="a chart" src="${source}">`)));
  const sizes = await page.evaluate(async () => {
    const pictures = [...document.images];
    await Promise.all(pictures.map(picture => picture.decode()));
    return pictures.map(({ naturalWidth, naturalHeight }) => Math.min(naturalWidth, naturalHeight));
  });
  expect(sizes.filter(size => size < 100)).toEqual([]);
});
