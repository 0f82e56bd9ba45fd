import { stripVTControlCharacters } from 'node:util';
import { describe, expect, it, test } from 'vitest';
import { renderMarkdownTrends } from '../../src/report/markdown-trends.js';
import { renderTerminalTrends } from '../../src/report/terminal/trends.js';
import { widthOf } from '../../src/report/text.js';
import { trendsView } from '../../src/report/view/trends.js';
import { ignoredText } from '../../src/report/words/trends.js';
import { COMMITS, trends } from './sample-trends.js';

const terminal = (name: string, width = 80, colour = false) =>
  renderTerminalTrends(trends[name]!, { width, colour });

describe('golden files', () => {
  it.each(Object.keys(trends))('%s', async name => {
    await expect(terminal(name)).toMatchFileSnapshot(`golden/trends-${name}.txt`);
    await expect(renderMarkdownTrends(trends[name]!)).toMatchFileSnapshot(`golden/trends-${name}.md.txt`);
  });
});

test('a change says since when, from what to what, and how surely', () => {
  const [group] = trendsView(trends.loss!).machines[0]!.groups;
  expect(group!.headline).toMatch(
    /^Since 2026-01-14 \(0909090909\) `queue\/limited` 1\.8× → 1\.5× \(0\.83\d*× \[0\.8\d+, 0\.8\d+\]\)$/,
  );
  expect(COMMITS[9]).toMatch(/^0909090909/);
});

test('a loss that was repaired has both its ends, the latest first', () => {
  const groups = trendsView(trends.mixed!).machines.flatMap(machine => machine.groups);
  const waiting = groups.find(({ title }) => title === 'WAITING')!;
  expect(waiting.changes.map(({ text }) => text)).toEqual([
    expect.stringMatching(/^since 2026-01-25 12:00 `queue\/limited` 1\.2× → 1\.4×/),
    expect.stringMatching(/^since 2026-01-25 09:00 `queue\/limited` 1\.4× → 1\.2×/),
  ]);
  expect(groups.find(({ title }) => title === 'ALONE')!.headline).toMatch(/^No ratio: /);
});

test('fits every width, whatever the names are, and has no control character', () => {
  for (const name of Object.keys(trends)) {
    for (let width = 40; width <= 120; width += 8) {
      const text = terminal(name, width);
      // biome-ignore lint/suspicious/noControlCharactersInRegex: that there are none is the claim
      expect(text).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202e]/);
      for (const line of text.split('\n')) expect(widthOf(line), line).toBeLessThanOrEqual(width);
    }
  }
});

test('is the same with and without colour', () => {
  for (const name of Object.keys(trends)) {
    const trimmed = (text: string) => text.split('\n').map(line => line.trimEnd());
    expect(trimmed(stripVTControlCharacters(terminal(name, 80, true)))).toEqual(trimmed(terminal(name)));
  }
});

test('names are text in Markdown, never markup', () => {
  expect(renderMarkdownTrends(trends.evil!)).not.toMatch(/(?<!\\)<(?:b|img|\/script)|[^\\]\]\(y\)/);
});

test('files that are ignored are named, as many as anybody reads', () => {
  const many = Array.from({ length: 9 }, (_, at) => ({ name: `${at}.json`, reason: 'an empty file' }));
  expect(ignoredText(many)).toMatch(/^0\.json \(an empty file\), .*4\.json \(an empty file\) and 4 more$/);
});
