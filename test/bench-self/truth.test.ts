import { describe, expect, test } from 'vitest';
import { chooseOnly } from '../../bench/self/choose.js';
import { judge } from '../../bench/self/support/check.js';
import { formatBound, formatValue } from '../../bench/self/support/format.js';
import { examine, firstSides, nextBudget } from '../../bench/self/truth/examine.js';
import { fillInTruth } from '../../bench/self/truth/fill-in.js';
import { agree, intervalOf, quotient } from '../../bench/self/truth/interval.js';
import { type ProgramRecord, parseRecord, type TruthRecord, tally } from '../../bench/self/truth/record.js';
import type { BarePair } from '../../bench/self/truth/run-bare.js';
import { commandOf } from '../../bench/self/truth/run-program.js';
import { agrees, isWrong, type Said, saidBy } from '../../bench/self/truth/said.js';
import { renderTruthTable, saidText, tallyText } from '../../bench/self/truth/table.js';
import {
  type makeScenario as MakeScenario,
  makeComparison,
  makeExecutor,
  makeReport,
  makeScenario,
  STEADY,
} from '../support/report-fixture.js';

const TRUTH = { ratio: 1.84, low: 1.82, high: 1.86 };

const said = (overrides: Partial<Said> = {}): Said => ({
  seed: 1,
  ratio: 1.8,
  low: 1.75,
  high: 1.85,
  cold: 1.1,
  state: 'steady',
  budgetMs: null,
  validity: 'VALID',
  headline: 'Use 2 threads: `queue` is 1.8× [1.75, 1.85] the loop (`limited`)',
  winner: 'threads',
  ...overrides,
});

const program = (overrides: Partial<ProgramRecord> = {}): ProgramRecord => ({
  name: 'marked',
  taskMs: 0.692,
  steady: TRUTH,
  cold: { ratio: 0.8, low: 0.7, high: 0.9 },
  pairs: 6,
  atDefault: said(),
  budgetMs: null,
  runs: [said()],
  ...overrides,
});

describe('the interval of a truth', () => {
  test("is Student's t on the log ratios of the pairs", () => {
    const ratios = [1.78, 1.8, 1.82, 1.84, 1.86, 1.88];
    const logs = ratios.map(Math.log);
    const mean = logs.reduce((sum, log) => sum + log) / 6;
    const deviation = Math.sqrt(logs.reduce((sum, log) => sum + (log - mean) ** 2, 0) / 5);
    // t(0.975) of 5 degrees of freedom, from a table.
    const reach = (2.570582 * deviation) / Math.sqrt(6);
    const { ratio, low, high } = intervalOf(logs);
    expect(ratio).toBeCloseTo(Math.exp(mean), 10);
    expect(low).toBeCloseTo(Math.exp(mean - reach), 6);
    expect(high).toBeCloseTo(Math.exp(mean + reach), 6);
  });

  test('of two: half-widths add by their squares, each on its own side', () => {
    const { ratio, low, high } = quotient(
      { ratio: 2, low: 2 * Math.exp(-0.03), high: 2 * Math.exp(0.06) },
      { ratio: 1, low: Math.exp(-0.08), high: Math.exp(0.04) },
    );
    expect(ratio).toBeCloseTo(2, 12);
    expect(Math.log(ratio / low)).toBeCloseTo(0.05, 12);
    expect(Math.log(high / ratio)).toBeCloseTo(0.1, 12);
  });

  test.each([
    // ln(1.84 ÷ 1.79) = 0.0275; ± 0.02 and ± 0.02 reach 0.0283.
    ['intervals that overlap little', 1.79, 0.02, true],
    ['intervals that touch: less than the sum of both', 1.77, 0.02, false],
    ['a narrow one beside', 1.79, 0.005, false],
    ['a wide one', 1.6, 0.15, true],
  ])('%s', (_, ratio, reach, expected) => {
    const around = (center: number, by: number) => ({
      ratio: center,
      low: center * Math.exp(-by),
      high: center * Math.exp(by),
    });
    expect(agree(around(ratio, reach), around(1.84, 0.02))).toBe(expected);
    expect(agree(around(1.84, 0.02), around(ratio, reach))).toBe(expected);
  });
});

describe('a run of the program', () => {
  const executors = [
    makeExecutor({ name: 'limited', perSecond: 1_000, coldWallMs: 90 }),
    makeExecutor({ name: 'queue', perSecond: 1_800, coldWallMs: 60 }),
  ];
  type Overrides = Parameters<typeof MakeScenario>[0];
  const runOf = (overrides: Overrides = {}) =>
    saidBy(makeReport({ seed: 7, scenarios: [makeScenario({ executors, ...overrides })] }));

  test('says threads ÷ loop with its interval, cold apart, and whom to use', () => {
    expect(runOf()).toEqual({
      seed: 7,
      ratio: expect.closeTo(1.8, 12),
      low: expect.closeTo(1.8 / 1.02, 12),
      high: expect.closeTo(1.8 * 1.02, 12),
      cold: 1.5,
      state: 'steady',
      budgetMs: null,
      validity: 'VALID',
      headline: expect.stringContaining('queue'),
      winner: 'threads',
    });
  });

  test('is read alike where the loop is compared with the threads', () => {
    const comparisons = [makeComparison('limited', 'queue', 0.5, 0.1)];
    expect(runOf({ baseline: 'queue', comparisons })).toMatchObject({
      ratio: 2,
      low: expect.closeTo(2 / 1.1, 12),
      high: expect.closeTo(2.2, 12),
    });
  });

  test('tells of its state and of the budget that it names', () => {
    const known = { state: 'not warm', budgetMs: 90_000 } as const;
    expect(runOf({ steadiness: { ...STEADY, ...known } })).toMatchObject(known);
  });

  test('with few forks it has no interval; without a cold trial no cold ratio', () => {
    expect(runOf({ halfWidth: null })).toMatchObject({ low: null, high: null, winner: null });
    const cold = executors.map(executor => ({ ...executor, coldWallMs: null }));
    expect(runOf({ executors: cold }).cold).toBeNull();
  });

  test('of other executors is refused', () => {
    expect(() => runOf({ executors: executors.slice(0, 1) })).toThrow('no results of both');
  });

  test.each([
    [1_000, 'loop'],
    [600, 'loop'],
    [1_040, 'loop'],
    [1_200, 'threads'],
  ])('%d tasks/s in threads beside 1,000 on the loop: %s', (perSecond, winner) => {
    const [loop] = executors;
    expect(runOf({ executors: [loop!, makeExecutor({ name: 'queue', perSecond })] }).winner).toBe(winner);
  });

  test.each([
    ['as it is', {}, true],
    ['not warm', { state: 'not warm' }, false],
    ['no steady state', { state: 'no steady state' }, false],
    ['INVALID', { validity: 'INVALID' }, false],
    ['WEAK', { validity: 'WEAK' }, true],
    ['without an interval', { low: null, high: null }, false],
    ['without a ratio', { ratio: null, low: null, high: null }, false],
    ['beside the truth', { ratio: 1.62, low: 1.56, high: 1.68 }, false],
  ] as const)('%s: agrees? %j', (_, overrides, expected) => {
    expect(agrees(TRUTH, said(overrides))).toBe(expected);
  });

  test.each([
    ['threads', 0.99, true],
    ['threads', 1, false],
    ['loop', 1.05, false],
    ['loop', 1.06, true],
    ['loop', 0.5, false],
    [null, 0.5, false],
    [null, 2, false],
  ] as const)('%s, where threads are %d of the loop: wrong? %j', (winner, truth, expected) => {
    expect(isWrong(winner, truth)).toBe(expected);
  });
});

describe('the examination of a program', () => {
  const pair = (): BarePair => ({
    loop: { steadyMs: 70, coldMs: 200 },
    threads: { steadyMs: 36, coldMs: 250 },
    steadyRatio: 2,
  });

  async function examined(answers: (budgetMs: number | null) => Partial<Said>, pairs = 6, runs = 4) {
    const steps: string[] = [];
    const record = await examine(
      'marked',
      { threads: 2, pairs, runs, seed: 1 },
      {
        async runPair(_program, { first }) {
          steps.push(first[0]!);
          return pair();
        },
        async askProgram(_program, seed, budgetMs) {
          steps.push(`${seed}:${budgetMs ?? 'default'}`);
          return said({ seed, ...answers(budgetMs) });
        },
        log: () => {},
      },
    );
    return { record, steps };
  }

  test('takes the ratio of throughputs, steady and cold', async () => {
    const { record } = await examined(() => ({}));
    const exactly = (ratio: number) => ({
      ratio: expect.closeTo(ratio, 12),
      low: expect.closeTo(ratio, 12),
      high: expect.closeTo(ratio, 12),
    });
    expect(record).toMatchObject({ taskMs: 0.7, steady: exactly(2), cold: exactly(0.8), pairs: 6 });
  });

  test('without a budget that it names, the default run is the first of the runs', async () => {
    const { record, steps } = await examined(() => ({}));
    expect(record.budgetMs).toBeNull();
    expect(record.runs.map(({ seed }) => seed)).toEqual([1, 2, 3, 4]);
    expect(record.runs[0]).toBe(record.atDefault);
    expect(steps.filter(step => step.includes(':'))).toEqual([
      '1:default',
      '2:default',
      '3:default',
      '4:default',
    ]);
  });

  test('at the budget that it names there are as many runs, bare pairs between them', async () => {
    const { record, steps } = await examined(budgetMs =>
      budgetMs === null ? { state: 'not warm', budgetMs: 90_000 } : {},
    );
    expect(record).toMatchObject({ budgetMs: 90_000, atDefault: { state: 'not warm' } });
    const order = steps.map(step => (step.includes(':') ? step : 'pair'));
    expect(order).toEqual([
      ...['pair', '1:default', 'pair', '2:90000', 'pair', '3:90000', 'pair', '4:90000', 'pair', '5:90000'],
      'pair',
    ]);
  });

  test('a quick one has fewer', async () => {
    const { record, steps } = await examined(() => ({}), 3, 1);
    expect(steps).toHaveLength(4);
    expect(record.runs).toHaveLength(1);
  });

  test('a budget above two minutes is not followed; without one the default has to do', () => {
    expect(nextBudget(said({ state: 'not warm', budgetMs: 300_000 }))).toBe(120_000);
    expect(nextBudget(said({ state: 'not warm', budgetMs: null }))).toBeNull();
    expect(nextBudget(said({ state: 'steady', budgetMs: 90_000 }))).toBe(90_000);
  });

  test('each side begins in half of the pairs, by the seed', () => {
    expect(firstSides(6, 1).toSorted().join(' ')).toBe('loop loop loop threads threads threads');
    expect(firstSides(6, 1)).toEqual(firstSides(6, 1));
    const orders = Array.from({ length: 20 }, (_, seed) => firstSides(6, seed).join());
    expect(new Set(orders).size).toBeGreaterThan(5);
  });

  test('the program is asked as a user asks', () => {
    const [run, module, ...rest] = commandOf('ajv', 3, 90_500);
    expect(run).toBe('run');
    expect(module).toMatch(/workloads.ajv\.js$/);
    expect(rest.join(' ')).toBe('--tasks 100 --executors limited,queue --seed 3 --budget 91s');
    expect(commandOf('ajv', 3, null)).not.toContain('--budget');
  });
});

describe('the tally and the table', () => {
  const programs = [
    program({
      atDefault: said({ state: 'not warm', budgetMs: 90_000, winner: null }),
      budgetMs: 90_000,
      runs: [said(), said({ ratio: 1.6, low: 1.56, high: 1.64 })],
    }),
    program({
      name: 'argon2',
      taskMs: 3.94,
      atDefault: said({ winner: 'loop', cold: null }),
      runs: [said({ winner: 'loop', cold: null }), said({ state: 'no steady state', winner: null })],
    }),
  ];

  test('runs at the budget count; wrong winners of the default too, but once', () => {
    expect(tally(programs)).toEqual({ runs: 4, agreeing: 2, notWarm: 1, wrong: 1 });
    const wrongTwice = program({
      budgetMs: 1,
      atDefault: said({ winner: 'loop' }),
      runs: [said({ winner: 'loop' })],
    });
    expect(tally([wrongTwice]).wrong).toBe(2);
    expect(tallyText(tally(programs))).toBe(
      '2 of 4 runs agree with the truth, 1 make no claim about steady speed, 1 headlines name the wrong winner.',
    );
  });

  test('a line a program, what disagrees or advises wrongly marked', () => {
    expect(renderTruthTable(programs)).toEqual([
      '| 100 tasks of | truth, steady | truth, cold | at the default | its cold | it names | at that budget | agree |',
      '|---|--:|--:|--:|--:|--:|--:|--:|',
      '| marked, 0.69 ms | 1.84 [1.82, 1.86] | 0.80 [0.70, 0.90] | not warm | 1.10 | `--budget 90s` | 1.80 [1.75, 1.85]<br>1.60 [1.56, 1.64] ≠ | 1 of 2 |',
      '| argon2, 3.9 ms | 1.84 [1.82, 1.86] | 0.80 [0.70, 0.90] | 1.80 [1.75, 1.85] wrong: loop | – | – | 1.80 [1.75, 1.85] wrong: loop<br>no steady state | 1 of 2 |',
    ]);
    const long = program({ atDefault: said({ budgetMs: 190_000 }), budgetMs: 120_000 });
    expect(renderTruthTable([long]).at(-1)).toContain('| `--budget 190s`, run at 120s |');
  });

  test.each([
    [{ validity: 'INVALID' }, 'INVALID'],
    [{ low: null, high: null }, '1.80, no interval'],
    [{ ratio: null }, 'no ratio'],
  ] as const)('%j: %s', (overrides, text) => {
    expect(saidText(said(overrides))).toBe(text);
  });

  const record: TruthRecord = {
    startedAt: '2026-11-21T15:44:03.276Z',
    node: '20.20.2',
    machine: 'linux, 2 cores (Some CPU)',
    threads: 2,
    seed: 1,
    complete: true,
    programs,
  };

  test('stands between the markers of the page, with what made it, and can be written anew', () => {
    const page = 'Before.\n\n<!-- truth -->\nformer figures\n<!-- end -->\n\nAfter.\n';
    const filled = fillInTruth(page, record);
    expect(filled).toMatch(
      /^Before\.\n\n<!-- truth -->\n\n`npm run bench:self -- truth` on 2026-11-21, linux, 2 cores/,
    );
    expect(filled).toContain('Node 20.20.2, 2 threads, seed 1: 2 of 4 runs agree');
    expect(filled).toMatch(/1 of 2 \|\n\n<!-- end -->\n\nAfter\.\n$/);
    expect(filled).not.toContain('former');
    expect(fillInTruth(filled, record)).toBe(filled);
    expect(() => fillInTruth('no markers', record)).toThrow('<!-- truth -->');
  });

  test('is read back from its file; a part of the programs is no table', () => {
    expect(parseRecord(JSON.stringify(record), 'truth.json')).toEqual(record);
    const part = JSON.stringify({ ...record, complete: false });
    expect(() => parseRecord(part, 'truth.json')).toThrow('without --quick and --only');
    for (const text of ['', '{}', '[]'])
      expect(() => parseRecord(text, 'truth.json')).toThrow('a file of the check');
  });
});

test('programs are chosen by name, in their own order', () => {
  const known = ['marked', 'acorn', 'ejs'];
  expect(chooseOnly(known, [])).toEqual(known);
  expect(chooseOnly(known, ['ejs', 'marked'])).toEqual(['marked', 'ejs']);
  expect(() => chooseOnly(known, ['papaparse'])).toThrow('some of marked, acorn, ejs');
});

test('runs are counted in whole numbers', () => {
  expect(formatValue(17, 'runs')).toBe('17 runs');
  expect(formatBound({ atLeast: 17 }, 'runs')).toBe('≥ 17 runs');
  expect(judge({ value: 16, bound: { atLeast: 17 } })).toBe('MISSED');
});
