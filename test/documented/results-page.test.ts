import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { view } from '../../src/report/view/view.js';
import { reports } from '../report/sample-reports.js';
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

it('has every column that a table has', () => {
  const tables = Object.values(reports)
    .flatMap(report => view(report).groups)
    .filter(({ places }) => places.length === 0)
    .flatMap(({ table, cost }) => [table, ...(cost === null ? [] : [cost])]);
  const headings = tables
    .flatMap(({ columns: all }) => all.map(({ heading }) => heading))
    // Names of baselines differ.
    .map(heading => heading.replace(/^× .*/, '× seq').replace(/^÷ .*/s, '÷ sequential'))
    .filter(heading => heading !== 'cost');
  const documented = columns.flatMap(([column]) => quoted(column!));
  expect([...new Set(headings)].filter(heading => !documented.includes(heading))).toEqual([]);
  expect(new Set(headings).size).toBeGreaterThan(15);
});

it('names fields that there are', () => {
  const paths = columns
    .flatMap(([, field]) => quoted(field!))
    // `.high` beside `a.b.low`.
    .filter(path => !path.startsWith('.'));
  expect(paths.length).toBeGreaterThan(15);
  const unknown = paths.filter(path => {
    const whole = path.startsWith('scenarios[]') ? path : `scenarios[].executors[].${path}`;
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
