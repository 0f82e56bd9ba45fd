import { describe, expect, it } from 'vitest';
import { byAlternative } from '../../src/report/alternatives.js';
import { parseReport, renderJson } from '../../src/report/json.js';
import { renderTerminal } from '../../src/report/terminal/terminal.js';
import { view } from '../../src/report/view/view.js';
import { conclude } from '../../src/report/words/conclusion.js';
import type { ScenarioResult } from '../../src/schema/index.js';
import { alternativesScenario, type Throughputs } from '../support/alternatives-fixture.js';
import { makeReport, RESULTS_DIFFER, STEADY } from '../support/report-fixture.js';

const LIBS: Throughputs = {
  limited: { marked: 200, 'markdown-it': 100 },
  queue: { marked: 390, 'markdown-it': 180 },
};
const VERSIONS: Throughputs = { limited: { old: 100, new: 140 }, queue: { old: 190, new: 264 } };
const groupOf = (...scenarios: ScenarioResult[]) => view(makeReport({ scenarios })).groups[0]!;
const headlineOf = (of: string, throughputs: Throughputs, more = {}) =>
  conclude(alternativesScenario(of, throughputs, more)).headline;

describe('the headline', () => {
  it('says of values how much faster the fastest is, by the best loop and by the best pool', () => {
    expect(headlineOf('lib', LIBS)).toBe(
      '`marked` is 2.00× [1.96, 2.04] `markdown-it` on `limited`, 2.17× [2.12, 2.21] on `queue`',
    );
    expect(headlineOf('lib', { limited: { a: 100, b: 300, c: 200 } })).toBe(
      'Fastest of 3: `b` is 1.50× [1.47, 1.53] `c` on `limited`',
    );
  });

  it('says of versions what the newer one is, slower too, and that results are the same', () => {
    expect(headlineOf('version', VERSIONS)).toBe(
      '`new` is 1.40× [1.37, 1.43] `old` on `limited`, 1.39× [1.36, 1.42] on `queue`; same results',
    );
    expect(headlineOf('version', { limited: { old: 100, new: 80 } })).toMatch(/^`new` is 0\.80× \[/);
    const scenario = alternativesScenario('version', VERSIONS);
    const { workload } = scenario.scenario;
    const mayDiffer = { ...workload, resultsCompared: 'may differ' as const };
    const unlike = { ...scenario, scenario: { ...scenario.scenario, workload: mayDiffer } };
    expect(conclude(unlike).headline).not.toMatch(/same results/);
  });

  it('tells an executor that shows no difference from one that does', () => {
    expect(headlineOf('lib', { limited: { a: 200, b: 100 }, queue: { a: 200, b: 199 } })).toMatch(
      /^`a` is 2\.00× \[.*\] `b` on `limited`; no difference shown on `queue`: 1\.0\d+ \[.*\]$/,
    );
    expect(headlineOf('lib', { limited: { a: 200, b: 199 } })).toMatch(
      /^No difference shown between `b` and `a`: `a` ÷ `b` 1\.0\d+ \[.*\] on `limited`$/,
    );
  });

  it('claims nothing of too few forks, of wide intervals or of figures that are invalid', () => {
    expect(headlineOf('lib', LIBS, { halfWidth: null })).toMatch(/^Too few forks to say: `marked` is /);
    expect(headlineOf('lib', { limited: { a: 200, b: 199 } }, { halfWidth: 0.3 })).toMatch(
      /^Not measured precisely enough: `a` ÷ `b` /,
    );
    expect(headlineOf('lib', LIBS, { validity: 'INVALID', findings: [RESULTS_DIFFER] })).toMatch(
      /^No verdict: results differ/,
    );
  });
});

describe('each value by itself', () => {
  it('has its own verdict on threads, by plain names', () => {
    expect(
      groupOf(alternativesScenario('lib', LIBS)).verdicts.map(({ label, text }) => `${label}: ${text}`),
    ).toEqual([
      'marked: Use 2 threads: `queue` is 1.95× [1.91, 1.99] the loop (`limited`)',
      'markdown-it: Use 2 threads: `queue` is 1.80× [1.76, 1.84] the loop (`limited`)',
    ]);
  });

  it('has it in the results file, which is read back', () => {
    const result = alternativesScenario('lib', LIBS);
    const { alternatives } = parseReport(renderJson(makeReport({ scenarios: [result] })), 'x.json')
      .scenarios[0]!;
    expect(alternatives.map(({ name, headline }) => [name, headline])).toEqual([
      ['lib=marked', expect.stringMatching(/^Use 2 threads: `queue` is 1\.95×/)],
      ['lib=markdown-it', expect.stringMatching(/^Use 2 threads: `queue` is 1\.80×/)],
    ]);
  });

  it('has none where nothing is to be said of it', () => {
    const notWarm = { ...STEADY, state: 'not warm' as const };
    expect(groupOf(alternativesScenario('lib', LIBS, { steadiness: notWarm })).verdicts).toEqual([]);
    expect(groupOf(alternativesScenario('lib', { limited: { a: 1, b: 2 } })).verdicts).toEqual([]);
  });

  it('is a result by itself, with its own pairs', () => {
    const [marked] = byAlternative(alternativesScenario('lib', LIBS));
    expect(marked!.executors.map(({ variant: { id } }) => id)).toEqual(['limited', 'queue']);
    expect(marked!.comparisons.map(({ executor, baseline }) => [executor, baseline])).toEqual([
      ['queue', 'limited'],
    ]);
    expect(marked).toMatchObject({ baseline: 'limited', winner: 'queue', alone: { serviceMs: 5 } });
  });
});

describe('the table', () => {
  const rowsOf = (of: string, throughputs: Throughputs, more = {}) => {
    const { table } = groupOf(alternativesScenario(of, throughputs, more));
    const ratio = table.columns.findIndex(({ heading }) => heading.startsWith('÷ '));
    return {
      headings: [0, 1, ratio].map(at => table.columns[at]!.heading),
      rows: table.rows.map(({ cells }) => [0, 1, ratio].map(at => cells[at]!.text)),
    };
  };

  it('stands by executor, its values in their order, each against the same executor', () => {
    expect(rowsOf('lib', LIBS)).toEqual({
      headings: ['executor', 'lib', '÷ marked'],
      rows: [
        ['queue ×2', 'marked', '1'],
        ['', 'markdown-it', expect.stringMatching(/^0\.46 \[/)],
        ['limited', 'marked', '1'],
        ['', 'markdown-it', expect.stringMatching(/^0\.50 \[/)],
      ],
    });
  });

  it('is against the value of the baseline', () => {
    const { headings, rows } = rowsOf('lib', LIBS, { baseline: 'limited lib=markdown-it' });
    expect(headings[2]).toBe('÷ markdown-it');
    expect(rows.map(([, , ratio]) => ratio!.slice(0, 4))).toEqual(['2.17', '1', '2.00', '1']);
  });

  it('takes the place of a chart: values have no distance from each other', () => {
    expect(groupOf(alternativesScenario('lib', LIBS)).chart).toBeNull();
  });
});

it('what was run says what a task takes alone with each, and all values', () => {
  const { description, parameters } = groupOf(alternativesScenario('lib', LIBS));
  expect(description).toContain('a task alone: marked 5.0 ms, markdown-it 10 ms');
  expect(parameters).toEqual(['lib=marked and markdown-it']);
});

it('along numbers the ratio stands at each place, and where threads pay for each value', () => {
  const places = [1, 10].map(size =>
    alternativesScenario('lib', LIBS, {
      id: `render size=${size}`,
      axis: { name: 'param.size', value: size },
    }),
  );
  const { headline, verdicts } = groupOf(...places);
  expect(headline).toMatch(
    /^`marked` ÷ `markdown-it` on `limited`: 2\.00 \[.*\] at size 1, 2\.00 \[.*\] at size 10$/,
  );
  expect(verdicts.map(({ label, text }) => [label, text])).toEqual([
    ['marked', 'Threads pay everywhere from size 1 to 10'],
    ['markdown-it', 'Threads pay everywhere from size 1 to 10'],
  ]);
});

it('along numbers nothing is said of versions or threads where isolates were not warm', () => {
  const unwarm = { ...STEADY, state: 'not warm' as const, neededTasks: 900, hadTasks: 100, budgetMs: 60_000 };
  const places = [1, 10].map(size =>
    alternativesScenario('lib', LIBS, {
      id: `render size=${size}`,
      axis: { name: 'param.size', value: size },
      steadiness: size === 1 ? STEADY : unwarm,
    }),
  );
  const { headline, verdicts } = groupOf(...places);
  expect(headline).toBe(
    'Not warm at 10: a thread needs about 900 tasks and had 100; --budget 60s gives the answer',
  );
  expect(verdicts).toEqual([]);
});

it('fits a narrow terminal with its ratios', () => {
  const text = renderTerminal(makeReport({ scenarios: [alternativesScenario('version', VERSIONS)] }), {
    width: 60,
    colour: false,
  });
  expect(text).toMatch(/^ {2}queue ×2 +old .* 1$/m);
  expect(text).toMatch(/^ +new .* 1\.39 \[1\.36, 1\.42\]$/m);
});
