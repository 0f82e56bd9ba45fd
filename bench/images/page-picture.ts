import type { Locator, Page } from 'playwright-core';
import { renderHtml } from '../../src/report/html/html.js';
import type { Report } from '../../src/schema/index.js';
import { launchChromium } from '../support/chromium.js';
import { type Box, type Mark, marksOf, overlayOf, type Place } from './marks.js';

const WIDTH = 880;
/** What has pictures of its own, is said in words, or is of the order of results: the picture is to be seen at once. */
const STYLE = `<style>
.skip, header, .timeline, details, .notes, pre, #main > .about, #main ~ :not(b), .charts ~ .about, .charts ~ .table:has(+ .about),
.chart:nth-child(3) { display: none }
html { font-size: 14px }
figcaption { font-size: 0 }
figcaption b { font-size: .95rem }
</style>`;
const SECTION = '#result-1';
const WORDS = ['.state', 'thead abbr', 'figure svg text'].map(part => `${SECTION} ${part}`).join(', ');
const STATE = /^(?:VALID|WEAK|INVALID)$/;

export interface PagePicture {
  readonly png: Uint8Array;
  readonly marks: readonly Mark[];
}

/**
 * The first scenario of that name as its page shows it, with numbers at words.
 *
 * @throws Error where there is no such scenario, or no Chromium
 */
export async function pagePicture(report: Report, name: string): Promise<PagePicture> {
  const scenarios = report.scenarios.filter(({ scenario }) => scenario.name === name).slice(0, 1);
  if (scenarios.length === 0) throw new Error(`Expected a run of ${name}, got none`);
  // How it was started is that of whoever makes the picture.
  const html = renderHtml({ ...report, command: null, scenarios });
  const browser = await launchChromium();
  try {
    const context = await browser.newContext({
      // The page as it is without its script, with a style of ours.
      javaScriptEnabled: false,
      bypassCSP: true,
      colorScheme: 'light',
      viewport: { width: WIDTH, height: 800 },
    });
    const page = await context.newPage();
    const show = (more: string) => page.setContent(html.replace('</body>', () => `${STYLE}${more}</body>`));
    await show('');
    const marks = marksOf(await placesOn(page));
    await show(overlayOf(marks));
    const { y, height } = await boxOf(page.locator(SECTION));
    const clip = { x: 0, y, width: WIDTH, height: Math.ceil(height + 16) };
    return { png: await page.screenshot({ fullPage: true, clip }), marks };
  } finally {
    await browser.close();
  }
}

/** What a word of the glossary may stand at. */
async function placesOn(page: Page): Promise<Place[]> {
  const places: Place[] = [];
  for (const one of await page.locator(WORDS).all()) {
    if (!(await one.isVisible())) continue;
    const text = (await one.textContent()) ?? '';
    places.push({ word: STATE.test(text) ? 'validity' : text, box: await boxOf(one) });
  }
  return places;
}

async function boxOf(found: Locator): Promise<Box> {
  const box = await found.boundingBox();
  if (box === null) throw new Error('Expected something to be seen, got nothing');
  return box;
}
