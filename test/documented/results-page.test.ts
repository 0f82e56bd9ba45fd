import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import type { GroupView, TableView } from '../../src/report/view/types.js';
import { view } from '../../src/report/view/view.js';
import { axisLabel, labelOf } from '../../src/report/words/labels.js';
import type { Report } from '../../src/schema/index.js';
import { reports } from '../report/sample-reports.js';
import { tuneReport } from '../support/tune-fixture.js';
import { reportJsonSchema } from './report-schema.js';

const read = (path: string) => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8');
const rows = read('docs/results.md')
  .split('\n')
  .filter(line => line.startsWith('| '))
  .map(line =>
    line
      .split('|')
      .slice(1, -1)
      .map(cell => cell.trim()),
  );
const quoted = (cell: string) => [...cell.matchAll(/`([^`]+)`/g)].map(([, text]) => text!);
const columns = rows.filter(cells => cells.length === 3 && !/^-+$|^column$/.test(cells[0]!));

/** Headings that differ from run to run, as the page has them. */
function generalHeading(heading: string): string {
  return heading
    .replace(/^× .*/, '× seq')
    .replace(/^÷ .*/s, '÷ sequential')
    .replace(/^.* ÷ loop$/, '… ÷ loop');
}

/** What the columns of a sweep are called by: its axes and its executors. */
function namesIn({ scenarios }: Report): readonly string[] {
  return scenarios.flatMap(({ scenario: { axis }, executors }) => [
    ...(axis === null ? [] : [axisLabel(axis.name)]),
    ...executors.map(labelOf),
  ]);
}

/** In any order and on any line: a long label is put on two. */
function wordsIn(text: string): string {
  return text.split(/\s+/).sort().join(' ');
}

function tablesOf({ table, cost, timeline, results, places }: GroupView): TableView[] {
  const all = [table, cost, timeline?.table, results?.table].filter(one => one != null);
  return [...all, ...places.flatMap(tablesOf)];
}

it('has every column that a table has', () => {
  const documented = new Set(columns.flatMap(([column]) => quoted(column!)));
  const all = [...Object.values(reports), tuneReport()];
  const missing = all.flatMap(report => {
    const { groups, answer } = view(report);
    const tables = [...groups.flatMap(tablesOf), ...(answer?.searched ? [answer.searched] : [])];
    const names = new Set([...namesIn(report), 'cost', ''].map(wordsIn));
    return tables
      .flatMap(table => table.columns.map(({ heading }) => heading))
      .filter(heading => !names.has(wordsIn(heading)) && !documented.has(generalHeading(heading)));
  });
  expect([...new Set(missing)]).toEqual([]);
});

it('names fields that there are', () => {
  const paths = columns
    .flatMap(([, field]) => quoted(field!))
    // `.high` beside `a.b.low`.
    .filter(path => !path.startsWith('.'));
  expect(paths.length).toBeGreaterThan(15);
  const unknown = paths.filter(path => {
    const whole = /^(?:scenarios\[\]|tune)\./.test(path) ? path : `scenarios[].executors[].${path}`;
    return reportJsonSchema(whole.replaceAll('[]', '.[]').split('.')) === undefined;
  });
  expect(unknown).toEqual([]);
});

it('says where everything at the top is', () => {
  const paths = rows.filter(cells => cells.length === 2).flatMap(([path]) => quoted(path!));
  const known = paths.filter(path => reportJsonSchema(path.replaceAll('[]', '.[]').split('.')) !== undefined);
  expect(known.length).toBeGreaterThan(8);
  expect(paths.filter(path => path.includes('[]') && !known.includes(path))).toEqual([]);
});

it('names raw figures that there are', () => {
  const page = read('docs/results.md');
  const section = page.slice(page.indexOf('## Raw figures'), page.indexOf('## Words'));
  const fields = section.split('\n').flatMap(line => quoted(line.split('|')[1] ?? ''));
  expect(fields.length).toBeGreaterThan(15);
  const unknown = fields.filter(field => {
    const path = `scenarios.[].executors.[].trials.[].${field}`.split('.');
    return reportJsonSchema(path) === undefined;
  });
  expect(unknown).toEqual([]);
});
