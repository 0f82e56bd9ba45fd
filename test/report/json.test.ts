import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { UsageError } from '../../src/errors.js';
import { parseReport, renderJson } from '../../src/report/json.js';
import { resultsJsonSchema } from '../../src/schema/report.js';
import {
  makeComparison,
  makeDistribution,
  makeExecutor,
  makeLostTrial,
  makeMeasuredTrial,
  makeReport,
  makeScenario,
} from '../support/report-fixture.js';

// JSON has no −0.
const number = fc.double({ noNaN: true, noDefaultInfinity: true }).map(value => value + 0);
const maybe = fc.option(number);
const estimate = fc.record({ median: maybe, low: maybe, high: maybe });
const text = fc.string({ unit: 'binary' });
const paramValue = fc.oneof(text, number, fc.boolean(), fc.constant({ accept: 'text/html' }));

const anyReport = fc
  .record({
    name: text,
    params: fc.dictionary(
      fc.string({ minLength: 1 }).filter(key => key !== '__proto__'),
      paramValue,
    ),
    axis: fc.option(fc.record({ name: text, value: paramValue })),
    estimate,
    typical: number,
    ratio: number,
    reason: text,
    interrupted: fc.boolean(),
  })
  .map(({ name, params, axis, estimate: throughputPerSecond, typical, ratio, reason, interrupted }) =>
    makeReport({
      interrupted,
      scenarios: [
        makeScenario({
          name,
          title: name,
          params,
          axis,
          comparisons: [makeComparison('queue', name, 1, 0.02, { ratio, range: [ratio, ratio] })],
          executors: [
            makeExecutor({
              id: name,
              axis,
              options: params,
              throughputPerSecond,
              serviceMs: makeDistribution(1),
              trials: [
                makeMeasuredTrial({
                  wallMs: typical,
                  faults: [{ code: 'not-issued', issued: 1, expected: 2 }],
                }),
                makeLostTrial(reason),
              ],
            }),
          ],
        }),
      ],
    }),
  );

describe('the results file', () => {
  it('is read back as it was written', () => {
    fc.assert(
      fc.property(anyReport, report => {
        expect(parseReport(renderJson(report), 'x.json')).toEqual(report);
      }),
      { numRuns: 200 },
    );
  });

  it('lets keys of later programs through', () => {
    const report = makeReport();
    const later = JSON.stringify({ ...report, profile: { of: 'later' } });
    expect(parseReport(later, 'x.json')).toEqual(report);
  });
});

const withVersion = (schemaVersion: unknown) => JSON.stringify({ ...makeReport(), schemaVersion });
const broken = () => ({ ...makeReport(), seed: 'seven', scenarios: [{ baseline: 1 }] });

describe('a file that is none', () => {
  it.each([
    ['', 'r.json: expected JSON, got an empty file.'],
    ['{"a": 1', 'r.json: expected JSON, got text that is none ('],
    ['[1]', 'r.json: expected a results file of schemaVersion 5, got JSON that is a list.'],
    ['null', 'got JSON that is null.'],
    ['{}', 'got JSON without a schemaVersion.'],
    [withVersion(6), 'got schemaVersion 6. Update threads-vs-loop to read it.'],
    [withVersion(0), 'got schemaVersion 0. Measure again'],
    [JSON.stringify(broken()), '; Invalid input: expected string, received number at scenarios[0].baseline '],
  ])('%.20s: %s', (content, message) => {
    const read = () => parseReport(content, 'r.json');
    expect(read).toThrow(UsageError);
    expect(read).toThrow(message);
  });

  it('names the first problems, and how many more there are', () => {
    const read = () => parseReport(JSON.stringify(broken()), 'r.json');
    expect(read).toThrow(/at seed/);
    expect(read).toThrow(/\(and \d+ more problems\)/);
    expect(read).not.toThrow(/[\n✖→]/);
  });

  it('cannot forge a message', () => {
    expect(() => parseReport('\u001b[2J{', 'r.json')).toThrow(expect.not.stringContaining('\u001b'));
  });
});

describe('the published schema', () => {
  it('has an id, a title and the names that other programs read', () => {
    const schema = resultsJsonSchema();
    expect(schema).toMatchObject({
      $schema: 'https://json-schema.org/draft/2020-12/schema',
      $id: 'urn:threads-vs-loop:results:5',
      title: expect.stringContaining('threads-vs-loop'),
      required: expect.arrayContaining(['schemaVersion', 'environment', 'plan', 'seed', 'scenarios']),
      properties: { scenarios: { items: { properties: { executors: {}, comparisons: {}, validity: {} } } } },
    });
  });
});
