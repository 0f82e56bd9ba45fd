import { expect, test } from 'vitest';
import type { Article, ArticleProgram } from '../../src/articles/article.js';
import { articleRows } from '../../src/articles/rows.js';
import { articleSections } from '../../src/articles/section.js';
import { WITHOUT_COLOUR } from '../../src/report/terminal/paint.js';
import { renderTable } from '../../src/report/terminal/table.js';
import type { ScenarioResult } from '../../src/schema/index.js';
import { makeComparison, makeExecutor, makeScenario, type ScenarioSpec } from '../support/report-fixture.js';

const program = (name: string, executor: string, wallMs: number | null, atOnce: number): ArticleProgram => ({
  program: name,
  executor,
  wallMs,
  atOnce,
  ratio: null,
  claim: null,
});

const ideal = (perSecond: number, share: number) => ({
  perSecond,
  limitedBy: 'waiting' as const,
  uvThreads: null,
  share,
});

const said = (result: ScenarioResult) => articleSections.article!(result.scenario.attachment!.data, result);

/** Of the section: its title, and its table. */
function linesOf(result: ScenarioResult, width: number): string[] {
  const { section } = said(result);
  return section === null ? [] : [section.title, ...renderTable(section.table, width, WITHOUT_COLOUR)];
}

const sentences = (result: ScenarioResult, label: string) =>
  said(result)
    .section?.sentences.filter(one => one.label === label)
    .map(({ text }) => text) ?? [];
const whyTheyDiffer = (result: ScenarioResult) => sentences(result, 'differs');

const attachment = (article: Article | null, timeScale = 0.1) => ({
  attachment: { kind: 'article', data: { timeScale, article } },
});

const ARTICLE: Article = {
  title: 'An article',
  programs: [
    program('blocking', 'sequential', 10_000, 1),
    program('threads', 'queue', 500, 5),
    program('async', 'promise-all', 200, 100),
  ],
};

/** 100 requests of 10 ms here: one by one, by 5 threads, all at once. */
function scenario(more: ScenarioSpec = {}): ScenarioResult {
  const wall = (ms: number) => ({ wallMs: { median: ms, low: null, high: null } });
  return makeScenario({
    tasks: 100,
    baseline: 'sequential',
    executors: [
      makeExecutor({ name: 'sequential', perSecond: 100, ideal: ideal(100, 1), ...wall(1_000) }),
      makeExecutor({ name: 'queue', perSecond: 490, ideal: ideal(500, 0.98), ...wall(204) }),
      makeExecutor({ name: 'promise-all', perSecond: 8_000, ideal: ideal(10_000, 0.8), ...wall(12.5) }),
    ],
    comparisons: [
      makeComparison('queue', 'sequential', 4.9),
      makeComparison('promise-all', 'sequential', 80),
    ],
    ...attachment(ARTICLE),
    ...more,
  });
}

test('the article, this run and what equal work allows stand side by side', () => {
  const rows = articleRows(scenario(), ARTICLE);
  expect(rows.map(({ ratioThere, pair, atMost }) => [ratioThere, pair?.ratio ?? null, atMost])).toEqual([
    [null, null, null],
    [20, 4.9, 5],
    [50, 80, 100],
  ]);
  const lines = linesOf(scenario(), 100);
  expect(lines[0]).toBe('article: "An article"');
  expect(lines[1]).toMatch(/program there +there +ratio +executor here +here +ratio \[95 %\] +at most/);
  expect(lines[2]).toMatch(/^blocking +10 s +1 +sequential +1\.0 s +1 +–$/);
  expect(lines[3]).toMatch(/^threads +500 ms +20× +queue ×2 +204 ms +4\.9 \[4\.8, 5\.0\] +5×$/);
  for (const line of linesOf(scenario(), 60)) expect(line.length).toBeLessThanOrEqual(60);
});

test('beside a program that has cold trials only stand the cold ones of the others, of which the ratio is', () => {
  const given = scenario();
  const [sequential, ...others] = given.executors;
  const executors = [
    { ...sequential!, coldOnly: true, coldWallMs: 1_000 },
    ...others.map(executor => ({ ...executor, coldWallMs: executor.wallMs.median! * 2 })),
  ];
  const cold = { ...given, executors };
  const lines = linesOf(cold, 100);
  expect(lines[2]).toMatch(/^blocking .* sequential +1\.0 s\* +1 /);
  expect(lines[3]).toMatch(/^threads .* queue ×2 +408 ms\* +4\.9 /);
  expect(lines[4]).toMatch(/^async .* promise-all +25 ms\* +80 /);
  expect(whyTheyDiffer(cold)[0]).toMatch(/here it took 10 ms and 20 ms$/);
});

test('a ratio that equal work does not allow is said not to come from equal work, with the figures of both', () => {
  const [threads, async] = whyTheyDiffer(scenario());
  expect(threads).toBe(
    'threads: 20× there, 4.9× here, and equal work allows 5×: there a request took 100 ms and 25 ms in the two programs, so it was not the same work; here it took 10 ms and 10 ms',
  );
  expect(async).toBe(
    'async: 50× there, 80× here: of the 100× that equal work allows the article reached 50 % and this run 80 %; a request took 100 ms and 200 ms in the two programs there, 10 ms and 13 ms here',
  );
});

test('other figures of the run make other sentences', () => {
  const faster = scenario();
  const comparisons = [
    makeComparison('queue', 'sequential', 20),
    makeComparison('promise-all', 'sequential', 51),
  ];
  const executors = faster.executors.map(one =>
    one.variant.id === 'queue' ? { ...one, ideal: ideal(2_000, 1) } : one,
  );
  const [threads, async] = whyTheyDiffer({ ...faster, comparisons, executors });
  expect(threads).toMatch(
    /^threads: 20× there, 20× here, which is the same: of the 20× that equal work allows/,
  );
  expect(async).toMatch(/^async: 50× there, 51× here, which is the same/);
});

test('a ratio without times is one too', () => {
  const stated = (ratio: number, executor: string) => ({ ...program('p', executor, null, 5), ratio });
  const article = {
    title: 'x',
    programs: [program('a', 'sequential', null, 1), stated(4, 'queue'), stated(200, 'promise-all')],
  };
  const given = scenario(attachment(article));
  expect(linesOf(given, 80)[3]).toMatch(/^p +– +4× /);
  expect(whyTheyDiffer(given)).toEqual([
    'p: 4× there, 4.9× here: of the 5× that equal work allows the article reached 80 % and this run 98 %',
    'p: 200× there, 80× here, and equal work allows 100×, so it was not the same work',
  ]);
});

test('a time without one to compare it with is set beside ours', () => {
  const article = {
    title: 'x',
    programs: [program('a', 'sequential', null, 1), program('threads', 'queue', 400, 5)],
  };
  expect(whyTheyDiffer(scenario(attachment(article)))).toEqual([
    'threads: 400 ms there, 204 ms here: a request took at most 20 ms there and 10 ms here',
  ]);
});

test('what the article says in words is said once', () => {
  const claimed = (name: string, claim: string | null) => ({ ...program(name, 'queue', null, 5), claim });
  const article = {
    title: 'x',
    programs: [claimed('a', null), claimed('b', 'fast'), claimed('c', 'so'), claimed('d', 'fast')],
  };
  expect(sentences(scenario(attachment(article)), 'it says')).toEqual(['b and d: "fast"; c: "so"']);
  expect(sentences(scenario(), 'it says')).toEqual([]);
});

test('programs without a figure, executors that were not measured, scenarios without an article say nothing', () => {
  const article = {
    title: 'x',
    programs: [program('a', 'sequential', 1_000, 1), program('b', 'queue', null, 5)],
  };
  expect(whyTheyDiffer(scenario(attachment(article)))).toEqual([]);
  expect(whyTheyDiffer(scenario(attachment(null)))).toEqual([]);
  expect(linesOf(scenario(attachment(null)), 80)).toEqual([]);
  const gone = {
    title: 'x',
    programs: [program('a', 'sequential', 1_000, 1), program('b', 'left out', 10, 5)],
  };
  expect(whyTheyDiffer(scenario(attachment(gone)))).toEqual([]);
  expect(linesOf(scenario(attachment(gone)), 80).at(-1)).toMatch(/^b +10 ms +100× +– +– +– +–$/);
});

test.each([
  [1, null],
  [0.1, 'waits × 0.1'],
  [0.25, 'waits × 0.25'],
])('waits at a scale of %d are said to be so', (timeScale, remark) => {
  expect(said(scenario(attachment(null, timeScale)))).toEqual({ remark, section: null });
});

test('what no article says is refused', () => {
  const given = scenario({ attachment: { kind: 'article', data: { timeScale: 1, article: { title: 3 } } } });
  expect(() => said(given)).toThrow(
    /^attachment of waiting: expected what an article says, got .* at article\.title/,
  );
});

test('figures of one number of tasks stand beside no other', () => {
  expect(said(scenario(attachment({ ...ARTICLE, tasks: 100 }))).section).not.toBeNull();
  expect(said(scenario(attachment({ ...ARTICLE, tasks: 450 }))).section).toBeNull();
});
