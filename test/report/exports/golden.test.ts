import { expect, it } from 'vitest';
import { renderCsv } from '../../../src/report/exports/csv.js';
import { renderHgrm } from '../../../src/report/exports/hgrm.js';
import { renderJunit } from '../../../src/report/exports/junit.js';
import { renderNdjson } from '../../../src/report/exports/ndjson.js';
import { renderOpenMetrics } from '../../../src/report/exports/openmetrics.js';
import type { Report } from '../../../src/schema/index.js';
import { reports } from '../sample-reports.js';
import { recorded } from './recorded.js';

const { notes } = reports;

it.each<readonly [file: string, render: (report: Report) => string, report: Report]>([
  ['recorded.csv', renderCsv, recorded],
  ['recorded.ndjson', renderNdjson, recorded],
  ['recorded.hgrm', renderHgrm, recorded],
  ['notes.junit.xml', renderJunit, notes!],
  ['recorded.prom', renderOpenMetrics, recorded],
])('%s', async (file, render, report) => {
  await expect(render(report)).toMatchFileSnapshot(`golden/${file}.txt`);
});
