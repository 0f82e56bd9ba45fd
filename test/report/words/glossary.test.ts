import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { renderHtml } from '../../../src/report/html/html.js';
import { renderMarkdown } from '../../../src/report/markdown.js';
import { renderTerminal } from '../../../src/report/terminal/terminal.js';
import { WHERE_WORDS_ARE } from '../../../src/report/words/glossary.js';
import type { Report } from '../../../src/schema/index.js';
import { makeReport } from '../../support/report-fixture.js';

const page = readFileSync(new URL('../../../docs/results.md', import.meta.url), 'utf8');

it('what a report points to is there, with the words that it names', () => {
  const [, words, heading] = /^Words \((.*), …\): docs\/results\.md#(\w+)/.exec(WHERE_WORDS_ARE)!;
  const [, section] = page.split(new RegExp(`^## ${heading}$`, 'im'));
  for (const word of words!.split(', ')) expect(section).toMatch(new RegExp(`^\\| ${word} +\\|`, 'm'));
});

it('a report of figures points to it, whatever its format; one of nothing does not', () => {
  const formats = [
    (report: Report) => renderTerminal(report, { width: 100, colour: false }),
    (report: Report) => renderMarkdown(report).replaceAll('\\', ''),
    (report: Report) => renderHtml(report),
  ];
  for (const render of formats) {
    expect(render(makeReport())).toContain(WHERE_WORDS_ARE);
    expect(render(makeReport({ scenarios: [] }))).not.toContain(WHERE_WORDS_ARE);
  }
});
