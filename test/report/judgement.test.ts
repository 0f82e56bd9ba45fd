import { stripVTControlCharacters } from 'node:util';
import { describe, expect, it } from 'vitest';
import { renderMarkdownJudgement } from '../../src/report/markdown-judgement.js';
import { reporters } from '../../src/report/registry.js';
import { renderTerminalJudgement } from '../../src/report/terminal/judgement.js';
import { widthOf } from '../../src/report/text.js';
import { judgementView } from '../../src/report/view/judgement.js';
import { judgements } from './sample-judgements.js';

const terminal = (name: string, width = 80, colour = false) =>
  renderTerminalJudgement(judgements[name]!, { width, colour });

describe('golden files', () => {
  it.each(Object.keys(judgements))('%s', async name => {
    await expect(terminal(name)).toMatchFileSnapshot(`golden/compare-${name}.txt`);
    await expect(renderMarkdownJudgement(judgements[name]!)).toMatchFileSnapshot(
      `golden/compare-${name}.md.txt`,
    );
  });
});

it('the headline is the documented one', () => {
  const [group] = judgementView(judgements.story!).changes!.groups;
  expect(group).toMatchObject({
    title: 'COMPUTING',
    headline: '`queue` gained: 1.95× → 2.10× `limited`, 1.08× [1.06, 1.09]',
  });
});

it('fits every width, whatever the names are, and has no control character', () => {
  for (const name of Object.keys(judgements)) {
    for (let width = 40; width <= 120; width += 8) {
      const text = terminal(name, width);
      // biome-ignore lint/suspicious/noControlCharactersInRegex: that there are none is the claim
      expect(text).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202e]/);
      for (const line of text.split('\n')) expect(widthOf(line), line).toBeLessThanOrEqual(width);
    }
  }
});

it('is the same with and without colour', () => {
  for (const name of Object.keys(judgements)) {
    const trimmed = (text: string) => text.split('\n').map(line => line.trimEnd());
    expect(trimmed(stripVTControlCharacters(terminal(name, 80, true)))).toEqual(trimmed(terminal(name)));
  }
});

it('names are text in Markdown, never markup', () => {
  const text = renderMarkdownJudgement(judgements.evil!);
  expect(text).not.toMatch(/(?<!\\)<b>|[^\\]\|<|\]\(y\)(?<!\\\]\(y\))/);
  // Every row has as many cells as the heading.
  const rows = text.split('\n').filter(line => line.startsWith('| '));
  const cells = (row: string) => row.match(/(?<!\\)\|/g)!.length;
  expect(new Set(rows.map(cells)).size).toBe(1);
});

it.each(reporters.filter(({ loadJudgement }) => loadJudgement !== undefined))(
  '$name lays out changes too, and changes nothing',
  async ({ loadJudgement }) => {
    const render = await loadJudgement!();
    const before = JSON.stringify(judgements);
    for (const judgement of Object.values(judgements))
      expect(render(judgement, { width: 80, colour: false })).toMatch(/[^\n]\n$/);
    expect(JSON.stringify(judgements)).toBe(before);
  },
);
