import { stripVTControlCharacters } from 'node:util';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { articleSections } from '../../src/articles/section.js';
import { renderMarkdown } from '../../src/report/markdown.js';
import { renderTerminal } from '../../src/report/terminal/terminal.js';
import { widthOf } from '../../src/report/text.js';
import type { Report } from '../../src/schema/index.js';
import {
  makeComparison,
  makeDistribution,
  makeExecutor,
  makeReport,
  makeScenario,
  tooManyFailed,
} from '../support/report-fixture.js';
import { reports } from './sample-reports.js';

const nothing = { median: null, low: null, high: null };

const sections = articleSections;

describe('golden files', () => {
  // Those that differ from these by a verdict alone are read below.
  it.each(['single', 'notes', 'sweep', 'rates', 'alternatives', 'map'])('%s', async name => {
    const report = reports[name]!;
    const text = renderTerminal(report, { width: 100, colour: false, sections });
    await expect(text).toMatchFileSnapshot(`golden/${name}.txt`);
    await expect(renderMarkdown(report, { sections })).toMatchFileSnapshot(`golden/${name}.md.txt`);
  });
});

/** As read: on lines that are long enough, and without what keeps text from being markup. */
const formats = {
  terminal: (name: string) => renderTerminal(reports[name]!, { width: 300, colour: false, sections }),
  Markdown: (name: string) => renderMarkdown(reports[name]!, { sections }).replaceAll('\\', ''),
};

describe.each(Object.entries(formats))('in %s', (_, read) => {
  /** What stands between two headings. */
  const part = (name: string, from: string, to?: string) => {
    const [, after] = read(name).split(new RegExp(`^(?:### )?${from}:? `, 'm'));
    return to === undefined ? after! : after!.split(new RegExp(`^(?:### )?${to}:? `, 'm'))[0]!;
  };
  /** Cells of the rows of an executor. */
  const rows = (text: string, executor: string) =>
    text
      .split('\n')
      .map(line =>
        line
          .replace(/^[ |]*/, '')
          .replaceAll('|', '  ')
          .trim(),
      )
      .filter(line => line.startsWith(`${executor} `))
      .map(line => line.split(/ {2,}/));

  it('what was not warm has no verdict, and says what would give one', () => {
    const text = part('cold', 'NOT WARM', 'COLD');
    expect(text).toContain(
      'Not warm: a thread needs about 2,400 tasks (1.7 s) and had 200; --budget 90s gives the answer',
    );
    expect(text).toContain('WEAK');
    expect(text).not.toMatch(/why: /i);
    expect(text).toContain(
      'weak: not warm: an isolate needs about 2,400 tasks and had 200; --warmup none asks for the first tasks in fresh processes',
    );
    expect(text).toContain('try: threads-vs-loop run waiting --budget 90s');
  });

  it('what was asked of cold code says so, marks its rows, and has what it takes to be warm', () => {
    const text = part('cold', 'COLD');
    expect(text).toContain(
      'First 200 tasks in a fresh process: use 2 threads: `queue` is 1.33× [1.31, 1.36] the loop (`limited`); with start-up it is 1.07×',
    );
    for (const executor of ['queue ×2', 'limited']) expect(rows(text, executor)[0]!.at(-1)).toBe('30*');
    expect(text).toContain('* cold trials: the first in fresh processes, whose code V8 has yet to compile');
    expect(text).toContain('warms up');
    expect(rows(text, 'limited')[1]).toEqual([
      'limited',
      '240 µs',
      '23 MB',
      '71 ms',
      '1.7 s',
      '–',
      '21 %',
      '310 µs',
    ]);
    expect(rows(text, 'queue ×2')[1]!.slice(4, 6)).toEqual(['–', '–']);
  });

  it('what is INVALID has figures and no verdict, and says each fault once', () => {
    const text = part('invalid', 'WAITING', 'ALONE');
    const differ =
      'results differ: `queue` and `limited` disagree on 1 of 200 tasks in fork 1, the first is task 17';
    expect(text).toContain(`No verdict: ${differ}`);
    expect(text.split(differ)).toHaveLength(2);
    expect(text).toContain('INVALID');
    expect(text).not.toMatch(/why: /i);
    expect(text).toContain(
      'invalid: origin saturated: its loop was busy 97 % of the time under `promise-all`, at most 90 % allowed; give it longer waits or fewer in flight',
    );
    expect(rows(text, 'limited')[0]![1]).toBe('1,120');
  });

  it('an executor alone is compared with nobody, and has its objective', () => {
    const text = part('invalid', 'ALONE');
    expect(text).toContain('No comparison: only `limited` was measured');
    expect(text).toContain('VALID');
    expect(text).toContain('objective: p99 < 50 ms is met: `limited` (30 ms, at most 32 ms)');
    expect(text).toContain('with --load rate=N/s.');
  });
});

it('nothing measured is said to be nothing', () => {
  const report = makeReport({ scenarios: [], interrupted: true });
  expect(renderTerminal(report, { width: 100, colour: false })).toBe(
    [
      'threads-vs-loop   Node 20.20 · 2 cores · 0 executors · seed 7 · 61 s',
      'Interrupted: 0 of 0 scenarios measured, what was finished is shown',
      '',
      'Nothing was measured.',
      '',
    ].join('\n'),
  );
  expect(renderMarkdown(report)).toMatch(/\*\*Interrupted: 0 of 0 .*\*\*\n\nNothing was measured\.\n$/);
});

it('colours tell what is sure, who is who and what is wrong', () => {
  const text = renderTerminal(reports.rates!, { width: 100, colour: true });
  const codes = { bold: 1, threads: 35, loop: 36, VALID: 32, WEAK: 33 };
  const painted = (code: number, what: RegExp) => new RegExp(`\\u001b\\[${code}m${what.source}`);
  expect(text).toMatch(painted(codes.bold, /SERVICE/));
  expect(text).toMatch(painted(codes.threads, /queue ×2/));
  expect(text).toMatch(painted(codes.loop, /limited/));
  expect(text).toMatch(painted(codes.VALID, /VALID/));
  expect(text).toMatch(painted(codes.WEAK, / *overloaded, /));
});

describe('layout', () => {
  it('keeps to the width, whatever the names are', () => {
    for (let width = 40; width <= 160; width += 3) {
      for (const report of Object.values(reports)) {
        for (const line of renderTerminal(report, { width, colour: false }).split('\n'))
          expect(widthOf(line), line).toBeLessThanOrEqual(width);
      }
    }
  });

  it('is the same with and without colour', () => {
    for (const report of Object.values(reports)) {
      const painted = stripVTControlCharacters(renderTerminal(report, { width: 80, colour: true }));
      const plain = renderTerminal(report, { width: 80, colour: false });
      const trimmed = (text: string) => text.split('\n').map(line => line.trimEnd());
      expect(trimmed(painted)).toEqual(trimmed(plain));
    }
  });

  it('lets no control character of a name through, nor a line of its own', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', minLength: 1, maxLength: 60 }), name => {
        const report = makeReport({
          scenarios: [
            makeScenario({
              title: name,
              findings: [tooManyFailed(name, 0.5, name)],
              executors: [makeExecutor({ id: name }), makeExecutor({ name: 'queue' })],
            }),
          ],
        });
        const text = renderTerminal(report, { width: 80, colour: false });
        // biome-ignore lint/suspicious/noControlCharactersInRegex: that there are none is the claim
        expect(text).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f]/);
        for (const line of text.split('\n')) expect(widthOf(line)).toBeLessThanOrEqual(80);
      }),
      { numRuns: 60 },
    );
  });
});

describe('the table', () => {
  const headings = (report: Report) =>
    renderTerminal(report, { width: 80, colour: false })
      .split('\n')
      .find(line => line.includes('tasks/s')) ?? '';

  it('along an axis marks what comes of cold trials, and says what the mark means', () => {
    const [loop, pool] = [makeExecutor({ perSecond: 300 }), makeExecutor({ name: 'queue', perSecond: 20 })];
    const scenarios = [1, 2].map(value =>
      makeScenario({
        id: `x ${value}`,
        axis: { name: 'param.x', value },
        executors: [loop, { ...pool, coldOnly: value === 2 }],
        comparisons: [makeComparison('queue', 'limited', 1 / 15)],
      }),
    );
    const text = renderTerminal(makeReport({ scenarios }), { width: 80, colour: false });
    expect(text).toMatch(/^ +1 +300 +20 /m);
    expect(text).toMatch(/^ +2 +300 +20\* /m);
    expect(text).toContain('* cold trials: ');
  });

  it('is in the order of the ratios that the verdict is about, those without a figure last', () => {
    const executors = [
      makeExecutor({ name: 'sequential', perSecond: 20 }),
      makeExecutor({ name: 'queue', tasksPerSecond: nothing }),
      makeExecutor({ name: 'batched', perSecond: 1_010 }),
      makeExecutor({ name: 'limited', perSecond: 1_000 }),
    ];
    const comparisons = [
      makeComparison('batched', 'sequential', 48),
      makeComparison('limited', 'sequential', 52),
    ];
    const text = renderMarkdown(makeReport({ scenarios: [makeScenario({ executors, comparisons })] }));
    const names = text.match(/^\| (?!executor|---)[a-z]+/gm);
    expect(names?.slice(0, 4)).toEqual(['| limited', '| batched', '| sequential', '| queue']);
  });

  it('heads the column with the highest percentile that every row has', () => {
    const withService = (count: number) =>
      makeReport({
        scenarios: [
          makeScenario({
            executors: [
              makeExecutor(),
              makeExecutor({ name: 'queue', serviceMs: makeDistribution(51, count) }),
            ],
          }),
        ],
      });
    expect(headings(withService(1_000))).toContain('p99 service');
    expect(headings(withService(999))).toContain('p90 service');
  });
});
