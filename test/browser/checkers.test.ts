/** Each checker has a page that it must reject, and one beside it that it must not. */
import { describe, expect, it } from 'vitest';
import { violationsOf } from './support/accessibility.js';
import { useChromium } from './support/chromium.js';
import { brokenCharts, collidingTexts, deadLinks, overflowOf, unfold } from './support/layout.js';
import { compact, readPdf } from './support/pdf.js';

const chromium = useChromium();
const pageOf = (body: string, head = '') =>
  `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Test</title>${head}</head><body><main><h1>Test</h1>${body}</main></body></html>`;
const STRICT = `<meta http-equiv="Content-Security-Policy" content="default-src 'none'">`;

describe('complaints', () => {
  it.each([
    ['a message', '<script>console.log("seen")</script>', '', /^console\.log: seen$/],
    ['an error', '<script>throw new Error("broken")</script>', '', /^error: broken$/],
    ['a dialog', '<script>alert("stop")</script>', '', /^dialog: stop$/],
    ['a request', '<img src="http://127.0.0.1:9/x.png" alt="x">', '', /^request: .*x\.png$/],
    ['another file', '<img src="other.png" alt="x">', '', /^request: file:.*other\.png$/],
    ['a script that its policy refuses', '<script>1</script>', STRICT, /^refused: script-src-elem inline$/],
    ['a style that its policy refuses', '<p style="color: red">a</p>', STRICT, /^console\.error: .*style/],
  ])('%s', async (_what, body, head, told) => {
    const { page, complaints } = await chromium.open(pageOf(body, head), { mayComplain: true });
    await expect.poll(() => complaints).toContainEqual(expect.stringMatching(told));
    await page.close();
  });

  it('a style that is refused is told without scripts too', async () => {
    const bad = pageOf('<p style="color: red">a</p>', STRICT);
    const { complaints } = await chromium.open(bad, { mayComplain: true, hasScripts: false });
    await expect.poll(() => complaints).toContainEqual(expect.stringMatching(/^console\.error: .*style/));
  });

  it('a page without scripts runs none', async () => {
    const { page, complaints } = await chromium.open(pageOf('<p>a</p><script>alert(1)</script>'), {
      hasScripts: false,
    });
    expect(await page.locator('p').textContent()).toBe('a');
    expect(complaints).toEqual([]);
  });
});

describe.each([true, false])('with scripts: %s', hasScripts => {
  const open = async (body: string, width = 375) =>
    (await chromium.open(pageOf(body), { width, hasScripts })).page;

  it('axe-core rejects quiet text and a picture without words', async () => {
    const bad = await open(
      '<p style="color: #bbb">quiet</p><img src="data:image/gif;base64,R0lGODlhAQABAAAAACw=">',
    );
    expect(await violationsOf(bad)).toEqual([
      expect.stringMatching(/^color-contrast .*: p$/),
      expect.stringMatching(/^image-alt .*: img$/),
    ]);
    expect(await violationsOf(await open('<p>plain</p>'))).toEqual([]);
  });

  it('what is wider than the page overflows, what scrolls in a box does not', async () => {
    const wide = '<div style="width: 500px">wide</div>';
    expect(await overflowOf(await open(wide))).toEqual([expect.stringMatching(/of 375/), 'div wide']);
    expect(await overflowOf(await open(`<div style="overflow-x: auto">${wide}</div>`))).toEqual([]);
  });

  it('charts without a size, or with nothing in them, are broken', async () => {
    const chart = (attributes: string, content: string) =>
      `<svg role="img" ${attributes}><title>Bars</title>${content}</svg>`;
    const bar = '<rect width="20" height="20"/>';
    expect(await brokenCharts(await open(chart('width="0" height="20"', bar)))).toContain('Bars: 0 × 20');
    const empty = chart('width="20" height="20"', '<rect width="0" height="0"/>');
    expect(await brokenCharts(await open(empty))).toEqual(['Bars: nothing in it is to be seen']);
    expect(await brokenCharts(await open(chart('width="500" height="20"', bar)))).toEqual([
      'Bars: out of the page',
    ]);
    const folded = await open(
      `<details><summary>a</summary>${chart('width="20" height="20"', bar)}</details>`,
    );
    expect(await brokenCharts(folded)).toEqual(['Bars: folded away']);
    await unfold(folded);
    expect(await brokenCharts(folded)).toEqual([]);
  });

  it('texts on each other are told', async () => {
    const chart = (x: number) =>
      `<svg role="img" width="200" height="40"><title>Bars</title><text x="5" y="20">one</text><text x="${x}" y="20">two</text></svg>`;
    expect(await collidingTexts(await open(chart(10)))).toEqual(['Bars: "one" and "two"']);
    expect(await collidingTexts(await open(chart(100)))).toEqual([]);
  });

  it('ways that lead nowhere, out of the page, or to what is hidden are dead', async () => {
    const bad = await open(
      '<a href="#gone">a</a> <a href="other.html">b</a> <a href="#hidden">c</a><p id="hidden" hidden>d</p>',
    );
    expect(await deadLinks(bad)).toEqual(['#gone', 'other.html', '#hidden']);
    const good = '<a href="#there">a</a><div style="height: 3000px"></div><p id="there">b</p>';
    expect(await deadLinks(await open(good))).toEqual([]);
  });
});

it('a PDF is read back: its pages, and its text without what is not printed', async () => {
  const { page } = await chromium.open(
    pageOf('<p>first “page” 漢</p><p style="break-before: page"><b>second</b> of ﬁles</p><p hidden>lost</p>'),
  );
  const { pages, text } = readPdf(await page.pdf({ format: 'A4' }));
  expect(pages).toBe(2);
  expect(text).toContain(compact('Test first “page”'));
  expect(text).toContain(compact('second of'));
  expect(text).not.toContain('lost');
});
