import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { TRIAL_COLUMNS } from '../../../src/report/exports/csv-columns.js';
import { renderNdjson } from '../../../src/report/exports/ndjson.js';
import {
  EXECUTOR_FAMILIES,
  REPORT_FAMILIES,
  SCENARIO_FAMILIES,
} from '../../../src/report/exports/openmetrics-families.js';
import { reporters } from '../../../src/report/registry.js';
import { recorded } from './recorded.js';

const page = readFileSync(new URL('../../../docs/results.md', import.meta.url), 'utf8');
const section = page.slice(page.indexOf('## Exports'));
const named = [...section.matchAll(/`([^`]+)`/g)].map(([, name]) => name!);
/** `latency_*` stands for all that begin so. */
const beginnings = named.filter(name => name.endsWith('_*')).map(name => name.slice(0, -1));

const keys = Object.keys(JSON.parse(renderNdjson(recorded).split('\n')[0]!) as object);
const families = [...REPORT_FAMILIES, ...SCENARIO_FAMILIES, ...EXECUTOR_FAMILIES].map(({ name }) => name);

test.each([
  ['columns of csv', TRIAL_COLUMNS.map(({ name }) => name)],
  ['keys of ndjson', keys],
  ['gauges', families],
  ['files', reporters.filter(({ name }) => name !== 'terminal').map(({ extension }) => `.${extension}`)],
])('the page has all %s', (_, names) => {
  const isThere = (name: string) => named.includes(name) || beginnings.some(begin => name.startsWith(begin));
  expect(names.filter(name => !isThere(name))).toEqual([]);
  expect(names.length).toBeGreaterThan(5);
});
