/** Pages in the hands of a host that sends a policy of its own, such as Jenkins: no script runs, and no style of the page applies. */
import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { articleSections } from '../../src/articles/section.js';
import { renderHtml } from '../../src/report/html/html.js';
import { pageReports } from '../report/page-reports.js';
import { violationsOf } from './support/accessibility.js';
import { useChromium } from './support/chromium.js';
import { brokenCharts, collidingTexts, unfold } from './support/layout.js';

const chromium = useChromium();
/** As Jenkins sends it with what a job has archived. */
const JENKINS = "sandbox; default-src 'none'; img-src 'self'; style-src 'self';";
const NAMES = [
  'single',
  'sweep',
  'rates',
  'map',
  'tune',
  'scaling',
  'recorded',
  'quantiles',
  'hostile',
  'failed',
];
/** Not of the page: that its style and its script are refused. */
const REFUSED = [
  /^console\.error: .*(?:inline style|Blocked script execution)/,
  /^refused: (?:style|script)-src-elem/,
];

async function openAt(name: string, hostPolicy = JENKINS) {
  const html = renderHtml(pageReports[name]!, { sections: articleSections });
  return chromium.open(html, { hostPolicy, mayComplain: true });
}

/** Texts that are said in the markup, are not folded away, and cannot be seen. */
async function unseenTexts(page: Page, selector: string): Promise<string[]> {
  return page.evaluate(
    all =>
      [...document.querySelectorAll(all)].flatMap(element => {
        const { width, height } = element.getBoundingClientRect();
        const text = element.textContent.trim();
        const isFolded = element.tagName !== 'SUMMARY' && element.closest('details:not([open])') !== null;
        return isFolded || text === '' || (element.checkVisibility() && width > 0 && height > 0)
          ? []
          : [text];
      }),
    selector,
  );
}

describe.each(NAMES)('%s with the policy of Jenkins', name => {
  it('is without its style and its script, and asks nobody for anything else', async () => {
    const { page, complaints } = await openAt(name);
    const isStyled = await page.evaluate(() => getComputedStyle(document.body).maxWidth !== 'none');
    expect(isStyled).toBe(false);
    expect(await page.locator('canvas, .tools').count()).toBe(0);
    expect(complaints.filter(one => !REFUSED.some(known => known.test(one)))).toEqual([]);
  });

  it('shows its verdicts and tables', async () => {
    const { page } = await openAt(name);
    expect(await page.locator('h1, .headline, td').count()).toBeGreaterThan(1);
    expect(await unseenTexts(page, 'h1, h2, h3, .headline, .state, .facts, th, td')).toEqual([]);
    await unfold(page);
    expect(await unseenTexts(page, 'th, td, summary, li, dd, figcaption')).toEqual([]);
  });

  it('shows its charts, in colours that can be told from the paper', async () => {
    const { page } = await openAt(name);
    await unfold(page);
    expect(await brokenCharts(page)).toEqual([]);
    expect(await collidingTexts(page)).toEqual([]);
    expect((await violationsOf(page)).filter(one => one.startsWith('color-contrast'))).toEqual([]);
  });
});

it('with a policy that lets its own style and script be, they are', async () => {
  const { page, complaints } = await openAt('single', "frame-ancestors 'self'");
  expect(await page.locator('button').count()).toBeGreaterThan(0);
  expect(complaints).toEqual([]);
});
