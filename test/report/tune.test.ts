import { describe, expect, it } from 'vitest';
import { renderHtml } from '../../src/report/html/html.js';
import { renderMarkdown } from '../../src/report/markdown.js';
import { renderTerminal } from '../../src/report/terminal/terminal.js';
import { answerView } from '../../src/report/view/tune.js';
import { tuneWords } from '../../src/report/words/tune.js';
import type { Report, TuneAnswer } from '../../src/schema/index.js';
import { ANSWER, FOUR, FOUR_BY_FOUR, LOOP, tuneReport as reportOf, TWO } from '../support/tune-fixture.js';

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
      'As good within 3.0 %: `piscina` with 4 threads at 1 to 4 each, 8 threads at 1 each',
      'A task computes 8.1 ms and waits 400 µs; threads pay above about 200 µs of computing; a new thread takes 10 MB, and 1.7 s of CPU time to its speed',
      'Sure: the smallest that no other beats by more than 3.0 %, confirmed in 6 fresh processes; 118 trials, 71 s. Not covered: other executors (`tinypool`, `poolifier`, `workerpool`, `processes`, `queue`), more than 8 threads, other arguments and sizes of data, other machines',
    ]);
  });

  it('says what is known of a thread whose code was still changing when nobody looked any more', () => {
    const warmUp = { cpuMs: 12_000, tasks: 900, settled: false, givenMs: 2_500 };
    const { sentences } = said(reportOf({ warmUp }));
    expect(sentences.join()).toContain('and more than 8.0 s of CPU time to its speed');
    expect(sentences.join()).toContain(
      'their code needs more than 8.0 s of CPU time, and the budget had 2.5 s',
    );
  });

  it('names no executor as left out that was searched', () => {
    const [first] = reportOf().tune!.points;
    const names = ['piscina', 'tinypool', 'poolifier', 'workerpool', 'processes', 'queue'];
    const others = names.map(executor => ({ ...first!, id: executor, executor }));
    const points = [...reportOf().tune!.points, ...others];
    const standings = [
      ...ANSWER.standings,
      ...names.map(id => ({ id, ratio: null, state: 'not measured' as const })),
    ];
    const report = reportOf({ points, answer: { ...ANSWER, standings } });
    expect(said(report).sentences.join('\n')).toContain('Not covered: more than 8 threads');
  });

  it('names the whole set that is as good, with its ranges in flight', () => {
    const at = (workers: number, limits: readonly number[], executor: string) =>
      limits.map(limit => ({
        ...{ id: `${executor} ${workers}x${limit}`, executor, workers, inFlightPerWorker: limit },
        ...{ uvThreads: null, setting: '', bound: null, tier: 0 },
      }));
    const points = [
      ...at(0, [2, 8, 16, 64, 256], 'limited'),
      ...at(2, [1, 2, 4, 16], 'piscina'),
      ...at(4, [1, 2, 4, 16], 'piscina'),
      ...at(8, [1, 4, 16], 'piscina'),
    ];
    // 16 of the loop was not measured.
    const ratios: Record<string, number | null> = {
      ...{
        'limited 0x2': 0.5,
        'limited 0x16': null,
        'piscina 8x4': 0.6,
        'piscina 2x16': 0.9,
        'piscina 4x16': 0.9,
      },
    };
    const standings = points.map(({ id }) => {
      const ratio = ratios[id] === undefined ? 1 : ratios[id];
      const state = ratio === null ? 'not measured' : ratio < 1 ? 'behind' : 'as good';
      return { id, ratio, state: id === 'limited 0x8' ? 'choice' : state } as const;
    });
    const answer: TuneAnswer = { ...ANSWER, choice: 'limited 0x8', loop: 'limited 0x8', standings };
    const report = reportOf({ points, answer });
    const text =
      'As good within 3.0 %: `limited` at 8 to 256 in flight; `piscina` with 2 and 4 threads at 1 to 4 each, 8 threads at 1 and 16 each';
    expect(said(report).sentences).toContain(text);
    const flat = (rendered: string) => rendered.replaceAll(/\s+/g, ' ');
    expect(flat(renderTerminal(report, { width: 80, colour: false, sections: {} }))).toContain(text);
    expect(flat(renderMarkdown(report))).toContain(text);
    expect(flat(renderHtml(report))).toContain('<code>piscina</code> with 2 and 4 threads at 1 to 4 each');
    const alone = standings.map(one =>
      one.state === 'as good' ? { ...one, state: 'behind' as const } : one,
    );
    const sentences = said(reportOf({ points, answer: { ...answer, standings: alone } })).sentences;
    expect(sentences.join('\n')).not.toContain('As good');
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

  it('is not sure where a short budget left something open', () => {
    const { sentences } = said(reportOf({ hurried: true, unscreened: 3 }));
    expect(sentences.some(one => one.startsWith('Sure'))).toBe(false);
    expect(sentences.at(-2)).toMatch(
      /^As far as the budget went: the smallest that no other is shown to beat by more than 3\.0 %/,
    );
  });

  it('says that nothing keeps to the limits, and recommends nothing', () => {
    const limits = { memoryBytes: null, cores: 0.5, loopLateMs: 5 };
    const forks = [{ phase: 'knee' as const, logs: { [FOUR]: [5.9, 5.9] }, unfit: [FOUR] }];
    const report = reportOf({ answer: null, limits, forks, hurried: true }, { scenarios: [] });
    expect(said(report)).toEqual({
      headline:
        'No configuration that was measured keeps to at most 0.5 cores and a main loop that is late by 5.0 ms',
      sentences: ['Not all was searched within this budget: --budget 180s tells more'],
    });
    expect(answerView(report, report.tune!).paste).toEqual([]);
  });

  it('a loop that exceeds a limit is named as one, and leaves nothing undecided', () => {
    const standings = ANSWER.standings.map(one =>
      one.id === LOOP.id ? { ...one, state: 'unfit' as const } : one,
    );
    const answer = { ...ANSWER, standings, toLoop: { median: 1, low: 1, high: 1 } };
    expect(said(reportOf({ answer })).headline).toMatch(
      /^Use a piscina pool of 4 threads: 1\.0+× \[1\.0+, 1\.0+\] one loop \(16 in flight, which exceeds a limit\)/,
    );
  });

  describe('at a rate', () => {
    const slo = [{ metric: 'p99' as const, operator: '<' as const, value: 50 }];
    const unmet = [LOOP.id];
    const held = (answer: TuneAnswer | null, met: { readonly [id: string]: boolean | null }): Report => {
      const report = reportOf({ answer });
      const load = {
        kind: 'rate' as const,
        perSecond: 200,
        arrivals: 'constant' as const,
        maxBacklog: 1_000,
      };
      const [result] = report.scenarios;
      const executors = result!.executors.map(one => {
        const isMet = met[one.variant.id] ?? null;
        const value = isMet === false ? 60 : 26;
        return {
          ...one,
          slo: [{ predicate: slo[0]!, value, bound: value + 1, met: isMet, beyondShare: null }],
        };
      });
      const scenario = { ...result!.scenario, load, slo };
      const forks = report.tune!.forks.map(fork => (fork.phase === 'confirm' ? { ...fork, unmet } : fork));
      return {
        ...report,
        plan: { ...report.plan, scenarios: [scenario] },
        scenarios: [{ ...result!, scenario, executors }],
        tune: { ...report.tune!, forks },
      };
    };

    it('says what holds the objective, and whether the loop does', () => {
      const report = held(ANSWER, { [FOUR]: true, [LOOP.id]: false });
      const { headline, sentences } = said(report);
      const columns = answerView(report, report.tune!).searched!.columns;
      expect(columns.map(({ heading }) => heading)).not.toContain('of the choice');
      expect(headline).toBe(
        'Use a piscina pool of 4 threads: it holds p99 < 50 ms at 200/s (26 ms, at most 27 ms), for 41 MB more and 160 ms of start-up',
      );
      expect(sentences[0]).toBe('One loop does not (60 ms, at most 61 ms)');
      expect(sentences.join('\n')).toContain('2 threads do not');
    });

    it('says that nothing does, or that it is not shown', () => {
      expect(said(held(null, { [FOUR]: false, [LOOP.id]: false })).headline).toMatch(
        /^Nothing that was searched holds p99 < 50 ms at 200\/s/,
      );
      expect(said(held(null, { [LOOP.id]: false })).headline).toMatch(
        /^No answer: nothing is shown to hold p99 < 50 ms at 200\/s/,
      );
    });
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
