import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { UsageError } from '../../src/errors.js';
import { findExecutor } from '../../src/executors/registry.js';
import { parseReport, renderJson } from '../../src/report/json.js';
import { renderTerminal } from '../../src/report/terminal/terminal.js';
import { conclude } from '../../src/report/words/conclusion.js';
import { why } from '../../src/report/words/why.js';
import { resultsJsonSchema } from '../../src/schema/report.js';
import {
  makeComparison,
  makeDistribution,
  makeExecutor,
  makeLostTrial,
  makeMeasuredTrial,
  makeReport,
  makeScenario,
  withVariant,
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
  .map(({ name, params, axis, estimate: tasksPerSecond, typical, ratio, reason, interrupted }) =>
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
              tasksPerSecond,
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
        const { scenarios, ...read } = parseReport(renderJson(report), 'x.json');
        const { scenarios: written, ...others } = report;
        expect(read).toEqual(others);
        const withoutWords = scenarios.map(({ headline, why, ...figures }) => {
          expect(headline).toEqual(expect.any(String));
          expect(why === null || Array.isArray(why)).toBe(true);
          return figures;
        });
        expect(withoutWords).toEqual(written);
      }),
      { numRuns: 200 },
    );
  });

  it('says what the report says, and renders the same once it is read', () => {
    const report = makeReport();
    const text = renderJson(report);
    const read = parseReport(text, 'x.json');
    const [scenario] = report.scenarios;
    const conclusion = conclude(scenario!);
    expect(read.scenarios[0]).toMatchObject({
      headline: conclusion.headline,
      why: why(scenario!, conclusion),
    });
    expect(JSON.parse(renderJson(read))).toEqual(JSON.parse(text));
    const options = { width: 120, colour: false } as const;
    expect(renderTerminal(read, options)).toBe(renderTerminal(report, options));
  });

  it('has no absolute path of its machine', () => {
    const places = { workingDirectory: '/home/ann/my work', home: '/home/ann' };
    const { moduleUrl } = findExecutor('queue')!;
    const reason =
      'ENOENT /home/ann/my work/data.csv (file:///home/ann/my%20work/a.mjs:3:1), see /home/ann/.npm';
    const executor = makeExecutor({ name: 'queue', moduleUrl, trials: [makeLostTrial(reason)] });
    const own = (url: string) => withVariant(executor, { moduleUrl: url });
    const report = makeReport({
      scenarios: [
        makeScenario({
          executors: [
            executor,
            own('file:///home/ann/my%20work/pools/mine.mjs'),
            own('file:///opt/pools/theirs.mjs'),
          ],
        }),
      ],
      environment: { ...makeReport().environment, nodeOptions: '--require /home/ann/my work' },
    });
    const text = renderJson(report, places);
    const { environment, scenarios } = parseReport(text, 'x.json');
    expect(environment.nodeOptions).toBe('--require .');
    expect(scenarios[0]!.executors.map(({ variant }) => variant.moduleUrl)).toEqual([
      'threads-vs-loop/executors/queue',
      './pools/mine.mjs',
      '../../../opt/pools/theirs.mjs',
    ]);
    const [trial] = scenarios[0]!.executors[0]!.trials;
    expect(trial).toMatchObject({ loss: { message: 'ENOENT ./data.csv (./a.mjs:3:1), see ~/.npm' } });
    expect(text).not.toContain('/home/ann');
  });

  it('leaves a relative path as it is, whatever it ends in: it is what a command is run again by', () => {
    const places = { workingDirectory: '/work', home: '/home/ann' };
    const executor = makeExecutor({
      name: 'queue',
      trials: [makeLostTrial('node ../tmp/work/main.js, /work/main.js')],
    });
    const text = renderJson(makeReport({ scenarios: [makeScenario({ executors: [executor] })] }), places);
    expect(parseReport(text, 'x.json').scenarios[0]!.executors[0]!.trials[0]).toMatchObject({
      loss: { message: 'node ../tmp/work/main.js, ./main.js' },
    });
  });

  it('given a byte order mark, as editors write it, then it is read all the same; a second one is no JSON', () => {
    const report = makeReport();
    expect(parseReport(`\uFEFF${JSON.stringify(report)}`, 'x.json')).toEqual(report);
    expect(() => parseReport(`\uFEFF\uFEFF${JSON.stringify(report)}`, 'x.json')).toThrow(UsageError);
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
    ['[1]', 'r.json: expected a results file of schemaVersion 6, got JSON that is a list.'],
    ['null', 'got JSON that is null.'],
    ['{}', 'got JSON without a schemaVersion.'],
    [withVersion(7), 'got schemaVersion 7. Update threads-vs-loop to read it.'],
    [withVersion(5), 'got schemaVersion 5. Measure again'],
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
      $id: 'urn:threads-vs-loop:results:6',
      title: expect.stringContaining('threads-vs-loop'),
      required: expect.arrayContaining(['schemaVersion', 'environment', 'plan', 'seed', 'scenarios']),
      properties: { scenarios: { items: { properties: { executors: {}, comparisons: {}, validity: {} } } } },
    });
  });
});
