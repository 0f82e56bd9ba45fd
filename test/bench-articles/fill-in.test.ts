import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { fillIn } from '../../bench/articles/fill-in.js';
import articles from '../../bench/suites/articles.js';
import { makeReport, makeScenario } from '../support/report-fixture.js';

const STORY = `# Story

<!-- made -->
old
<!-- end -->

Before.

<!-- scenario: waiting -->
old figures
<!-- end -->

After.
`;

const report = makeReport({ scenarios: [makeScenario()] });

test('what was measured stands between the markers, and all else stays', () => {
  const filled = fillIn(STORY, report);
  expect(filled).toMatch(/Tables and charts: `npm run docs:articles` on \d{4}-\d\d-\d\d, .*, seed \d+\./);
  expect(filled).toContain('<!-- scenario: waiting -->\n\n```text\nWAITING ');
  expect(filled).toMatch(/```\n\n<!-- end -->\n\nAfter\.\n$/);
  expect(filled).not.toContain('old figures');
  expect(fillIn(filled, report)).toBe(filled);
});

test('a story and a report that do not match are refused', () => {
  const other = makeReport({ scenarios: [makeScenario({ name: 'other' })] });
  expect(() => fillIn(STORY, other)).toThrow('docs/articles.md shows waiting, which was not measured');
  const more = makeReport({ scenarios: [makeScenario(), makeScenario({ name: 'more' })] });
  expect(() => fillIn(STORY, more)).toThrow('docs/articles.md does not show more');
});

test('the page shows every scenario of the suite once, with figures', () => {
  const page = readFileSync(new URL('../../docs/articles.md', import.meta.url), 'utf8');
  const shown = [...page.matchAll(/<!-- scenario: ([\w-]+) -->\n\n```text\n/g)].map(([, name]) => name);
  expect(shown.sort()).toEqual(articles.scenarios.map(({ name }) => name).sort());
});
