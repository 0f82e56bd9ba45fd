import { describe, expect, it } from 'vitest';
import { renderMarkdown } from '../../src/report/markdown.js';
import { renderTerminal } from '../../src/report/terminal/terminal.js';
import { answerView } from '../../src/report/view/tune.js';
import { tuneWords } from '../../src/report/words/tune.js';
import type { Report, Tune, TuneAnswer, TunePoint, TuneStanding } from '../../src/schema/index.js';
import { makeExecutor, makeReport, makeScenario } from '../support/report-fixture.js';

const RULES = {
  within: 0.03,
  order: ['limited', 'piscina'],
  mostForks: 12,
  confirmForks: 6,
  mostScreened: 50,
};

function point(workers: number, inFlightPerWorker: number, bound: number | null = null): TunePoint {
  const executor = workers === 0 ? 'limited' : 'piscina';
  const inFlight = Math.max(1, workers) * inFlightPerWorker;
  const id = [executor, ...(workers === 0 ? [] : [`threads=${workers}`]), `in-flight=${inFlight}`].join(' ');
  return { id, executor, workers, inFlightPerWorker, uvThreads: null, setting: '', bound, tier: 0 };
}

const LOOP = point(0, 16, 100);
const POINTS = [
  LOOP,
  point(1, 1, 100),
  point(2, 1, 200),
  point(4, 1, 400),
  point(4, 4, 400),
  point(8, 1, 400),
];
const [, ONE, TWO, FOUR, FOUR_BY_FOUR, EIGHT] = POINTS.map(({ id }) => id) as [
  string,
  string,
  string,
  string,
  string,
  string,
];

const standing = (id: string, state: TuneStanding['state'], ratio: number | null = null) => ({
  id,
  state,
  ratio,
});

const ANSWER: TuneAnswer = {
  choice: FOUR,
  loop: LOOP.id,
  runnerUp: EIGHT,
  toLoop: { median: 3.7, low: 3.6, high: 3.8 },
  toRunnerUp: { median: 1.01, low: 0.99, high: 1.03 },
  standings: [
    standing(LOOP.id, 'bounded', 0.27),
    standing(ONE, 'bounded'),
    standing(TWO, 'behind', 0.52),
    standing(FOUR, 'choice', 1),
    standing(FOUR_BY_FOUR, 'as good', 1.01),
    standing(EIGHT, 'as good', 0.99),
  ],
};

function reportOf(more: Partial<Tune> = {}, other: Partial<Report> = {}): Report {
  const executors = [
    makeExecutor({
      name: 'limited',
      id: LOOP.id,
      perSecond: 100,
      inFlight: 16,
      cpuMsPerTask: 8.1,
      memoryBytes: 5e6,
    }),
    makeExecutor({
      name: 'piscina',
      id: FOUR,
      threads: 4,
      inFlight: 4,
      perSecond: 370,
      cpuMsPerTask: 8.7,
      memoryBytes: 46e6,
      startupMs: 160,
      options: { atomics: 'async', stricterFIFO: true },
    }),
  ];
  const scenario = makeScenario({ name: 'render', title: 'CONFIRMED', executors, kind: 'cpu' });
  const fork = (phase: 'screen' | 'confirm') => ({ phase, logs: { [FOUR]: [5.9, 5.9] }, unfit: [] });
  const tune: Tune = {
    target: './render.ts',
    asked: './render.ts#renderPage',
    module: { file: './render.js', exportName: 'renderPage', isCompiled: true },
    poolFile: null,
    points: POINTS,
    forks: [fork('screen'), ...Array.from({ length: 6 }, () => fork('confirm'))],
    rules: RULES,
    alone: {
      tasks: 20,
      serviceMs: 8.5,
      cpuMs: 8.1,
      parts: { computesMs: 8.1, blocksMs: 0, offThreadMs: 0, childrenMs: 0, waitsMs: 0.4 },
    },
    warmUp: { cpuMs: 2_550, tasks: 300, settled: true, givenMs: 2_500 },
    cores: 8,
    trials: 118,
    elapsedMs: 71_000,
    budgetMs: 90_000,
    hurried: false,
    unscreened: 0,
    answer: ANSWER,
    ...more,
  };
  return { ...makeReport({ scenarios: [scenario] }), tune, ...other };
}

const said = (report: Report) => tuneWords(report, report.tune!);

describe('the answer of a tune', () => {
  it('says what to use, what it gains and what it costs', () => {
    expect(said(reportOf()).headline).toBe(
      'Use a piscina pool of 4 threads: 3.7× [3.6, 3.8] one loop (16 in flight), for 41 MB more and 160 ms of start-up',
    );
  });

  it('says what fewer and more threads do, what in flight, and what a task is', () => {
    expect(said(reportOf()).sentences).toEqual([
      '4 threads are the fewest that do it: 1 thread can do no more than 27 %, 2 threads do 52 %; 8 is no better',
      'In flight per thread: 1 is the least that does it: 4 is no better',
      'A task computes 8.1 ms and waits 400 µs; threads pay above about 200 µs of computing; a new thread takes 1.7 s of CPU time to its speed',
      'Sure: the smallest that no other beats by more than 3.0 %, confirmed in 6 fresh processes; 118 trials, 71 s. Not covered: more than 8 threads, other arguments and sizes of data, other machines',
    ]);
  });

  it('says plainly when the loop does', () => {
    const answer: TuneAnswer = {
      ...ANSWER,
      choice: LOOP.id,
      toLoop: { median: 1, low: 1, high: 1 },
      runnerUp: TWO,
      toRunnerUp: { median: 1.25, low: 1.2, high: 1.3 },
    };
    expect(said(reportOf({ answer })).headline).toBe(
      'Use the event loop, 16 tasks in flight: a piscina pool of 2 threads does 0.80× [0.77, 0.83] that',
    );
  });

  it('says where the loop is recommended because no more is shown', () => {
    const answer: TuneAnswer = {
      ...ANSWER,
      choice: LOOP.id,
      toLoop: { median: 1, low: 1, high: 1 },
      runnerUp: FOUR,
      toRunnerUp: { median: 0.9, low: 0.77, high: 1.03 },
    };
    const { headline, sentences } = said(reportOf({ answer }));
    expect(headline).toBe(
      'Use the event loop, 16 tasks in flight: that a piscina pool of 4 threads does more is not shown, 1.11× [0.97, 1.30]',
    );
    expect(sentences.find(one => one.startsWith('Unsure'))).toMatch(
      /^Unsure, since the interval of threads to the loop has 1 in it: the smallest that no other is shown to beat by more than 3\.0 %/,
    );
    expect(answerView(reportOf({ answer }), reportOf({ answer }).tune!).paste.join('\n')).not.toContain(
      'iscina',
    );
  });

  it('has the code of both where threads were chosen and not shown to be better than the loop', () => {
    const answer = { ...ANSWER, toLoop: { median: 1.1, low: 0.97, high: 1.3 } };
    const report = reportOf({ answer });
    expect(said(report).headline).toMatch(/^Undecided between a piscina pool of 4 threads and one loop/);
    expect(said(report).sentences.some(one => one.startsWith('Sure'))).toBe(false);
    const paste = answerView(report, report.tune!).paste;
    const [loop, threads] = [paste.indexOf('// on the loop'), paste.indexOf('// or in threads')];
    expect(loop).toBe(0);
    expect(threads).toBeGreaterThan(loop);
    expect(paste.findIndex(line => line.includes('new Piscina'))).toBeGreaterThan(threads);
    expect(answerView(reportOf(), reportOf().tune!).paste).not.toContain('// on the loop');
  });

  it('says what a short budget did not exclude', () => {
    expect(said(reportOf({ hurried: true, unscreened: 3 })).sentences.at(-1)).toBe(
      `Not excluded within this budget: that ${FOUR_BY_FOUR} do better, and 3 of 6 points; --budget 180s tells more`,
    );
  });

  it('of an interrupted one how to go on', () => {
    const report = reportOf({ answer: null }, { interrupted: true, scenarios: [] });
    expect(said(report).headline).toBe('No answer yet: interrupted after 7 forks; --resume goes on');
  });

  it('stands first in the terminal and in Markdown, with code and what was searched', () => {
    const report = reportOf();
    const terminal = renderTerminal(report, { width: 80, colour: false, sections: {} });
    expect(terminal.indexOf('Use a piscina pool')).toBeLessThan(terminal.indexOf('CONFIRMED'));
    expect(terminal).toContain('    concurrentTasksPerWorker: 1,\n');
    for (const line of terminal.split('\n').filter(one => !one.includes('pool.run')))
      expect(line.length).toBeLessThanOrEqual(80);
    const markdown = renderMarkdown(report);
    expect(markdown).toContain('### ./render.ts: Use a piscina pool of 4 threads');
    expect(markdown).toContain('```js\n// npm install piscina\n');
    expect(markdown).not.toContain('try:');
  });
});
