import Papa from 'papaparse';
import { describe, expect, it, test } from 'vitest';
import { renderCsv } from '../../../src/report/exports/csv.js';
import { harmless } from '../../../src/report/text.js';
import type { Report } from '../../../src/schema/index.js';
import { reports } from '../sample-reports.js';
import { called, HOSTILE, recorded } from './recorded.js';

function read(report: Report) {
  const { data, errors, meta } = Papa.parse<Record<string, string>>(renderCsv(report), {
    header: true,
    skipEmptyLines: true,
    newline: '\r\n',
  });
  expect(errors.filter(({ code }) => code !== 'UndetectableDelimiter')).toEqual([]);
  return { rows: data, names: meta.fields ?? [] };
}

const trialsOf = ({ scenarios }: Report) =>
  scenarios.flatMap(({ executors }) => executors.flatMap(({ trials }) => trials));

describe('rows', () => {
  it.each(Object.entries({ ...reports, recorded }))('of %s are its trials', (_, report) => {
    const trials = trialsOf(report);
    const { rows } = read(report);
    expect(rows.map(({ state, fork, round, position }) => [state, fork, round, position])).toEqual(
      trials.map(({ state, fork, round, position }) => [state, ...[fork, round, position].map(String)]),
    );
  });

  it('have the figures of the report, unrounded, and no dust of binary fractions', () => {
    const { rows } = read(recorded);
    expect(rows.map(row => row.wall_ms)).toEqual(['201.25', '0.3', '178.6', '']);
    expect(rows.map(row => row.tasks_per_second)).toEqual(['1120', '1120', '1120', '']);
    const sum = trialsOf(recorded).reduce(
      (all, trial) => all + (trial.state === 'lost' ? 0 : trial.peakRssBytes),
      0,
    );
    expect(rows.reduce((all, row) => all + Number(row.peak_rss_bytes), 0)).toBe(sum);
    expect(rows[2]).toMatchObject({
      completed_tasks: '190',
      cancelled_tasks: '1',
      failed_tasks: '9',
      failed_by_kind_tasks: 'timeout=8 http-500=1',
      faults: 'not-issued',
    });
  });

  it('leave empty what is not known, and never write 0 for it', () => {
    const { rows, names } = read(recorded);
    expect(rows[1]!.cpu_per_task_ms).toBe('');
    expect(rows[0]!.latency_p99_ms).toBe('');
    const lost = rows[3]!;
    expect(lost).toMatchObject({ state: 'lost', lost_reason: 'worker 1 ran out of memory', cold: 'false' });
    const figures = names.slice(names.indexOf('lost_reason') + 1);
    expect(figures.filter(name => lost[name] !== '')).toEqual([]);
  });
});

test('every figure has its unit at the end of its name', () => {
  const { names } = read(recorded);
  const plain = names.slice(names.indexOf('faults') + 1);
  const units =
    /_(?:ms|bytes|tasks|cores|share|per_second|requests|responses|connections|switches)$|^batches$|^overloaded$/;
  expect(plain.filter(name => !units.test(name))).toEqual([]);
  expect(new Set(names).size).toBe(names.length);
});

test('is RFC 4180: CRLF, as many cells in each line, quotes doubled', () => {
  const text = renderCsv(recorded);
  expect(text.endsWith('\r\n')).toBe(true);
  expect(text.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/);
  const { data } = Papa.parse<string[]>(text, { skipEmptyLines: true });
  expect(new Set(data.map(cells => cells.length)).size).toBe(1);
});

test.each(HOSTILE)('a name such as %j is one cell, and no formula', name => {
  const { rows } = read(called(name));
  const [first] = rows;
  // What was put before it can be taken away again.
  for (const cell of [first!.scenario, first!.variant, first!.axis_value, rows[1]!.lost_reason])
    expect(cell!.replace(/^'/, '')).toBe(harmless(name));
  const cells = rows.flatMap(row => Object.values(row)).filter(cell => Number.isNaN(Number(cell)));
  expect(cells.filter(cell => /^\s*[=+\-@＝＋－＠]/.test(cell))).toEqual([]);
  expect(rows[2]!.failed_by_kind_tasks).toContain(harmless(name));
  expect(rows).toHaveLength(3);
});
