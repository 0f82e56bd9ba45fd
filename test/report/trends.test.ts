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

test('golden files', async () => {
  await expect(terminal('mixed')).toMatchFileSnapshot('golden/trends-mixed.txt');
  await expect(renderMarkdownTrends(trends.mixed!)).toMatchFileSnapshot('golden/trends-mixed.md.txt');
});

/** As read: on lines that are long enough, and without what keeps text from being markup. */
const formats = {
  terminal: (name: string) => terminal(name, 1_000),
  Markdown: (name: string) => renderMarkdownTrends(trends[name]!).replaceAll('\\', ''),
};

describe.each(Object.entries(formats))('in %s', (_, read) => {
  /** Cells of the row of an executor. */
  const row = (name: string, executor: string) =>
    read(name)
      .split('\n')
      .find(line => line.replace(/^[ |]*/, '').startsWith(`\`${executor}\` `))!
      .replaceAll('|', ' ')
      .trim()
      .split(/ {2,}/);

  it('a loss has its day, its commit and its size; who is as before is a row', () => {
    const text = read('loss');
    expect(text).toMatch(/14 runs · 2026-01-05 to 2026-01-18/);
    expect(text).toContain(
      'Since 2026-01-14 (0909090909) `queue/limited` 1.8× → 1.5× (0.834× [0.830, 0.837])',
    );
    expect(row('loss', 'queue')).toEqual(
      expect.arrayContaining(['█████████▁▁▁▁▁', 'since 2026-01-14: 0.834× [0.830, 0.837]']),
    );
    expect(row('loss', 'piscina').at(-1)).toBe('no change found');
    expect(text.match(/^A change point is where .* have one\.$/gm)).toHaveLength(1);
  });

  it('one run is no trend', () => {
    expect(read('one')).toMatch(/\b1 run · 2026-01-05$/m);
    expect(read('one')).toContain('Too few runs to say: 1, and a change takes 3');
    for (const executor of ['queue', 'piscina'])
      expect(row('one', executor).at(-1)).toBe('too few runs to say');
  });

  it('names that do harm are shown as what they are, and cut where they never end', () => {
    const text = read('evil');
    const start = 'e␛[31mv�il <b>';
    expect(text).toMatch(/ignored: e␛\[31mv�il <b>`.*\(e␛\[31mv�il <b>`.*\)$/m);
    expect(text).toContain(
      `Since 2026-01-10 (e␛[31mv�il) \`${start}'*_[x](y) </s…/${start}'*_[x](y) </s…\` 2× → 1×`,
    );
    expect(text).toMatch(/^e␛\[31mv�il <b>`.* · 2 cores · linux x64 · Node 20 · 10 runs$/m);
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
