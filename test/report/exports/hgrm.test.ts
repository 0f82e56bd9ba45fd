import fc from 'fast-check';
import { build } from 'hdr-histogram-js';
import { describe, expect, it, test } from 'vitest';
import { renderHgrm } from '../../../src/report/exports/hgrm.js';
import { harmless } from '../../../src/report/text.js';
import type { ExecutorResult, Report } from '../../../src/schema/index.js';
import { LogHistogram } from '../../../src/stats/histogram.js';
import {
  atRate,
  makeDistribution,
  makeExecutor,
  makeReport,
  makeScenario,
  NO_SAMPLES,
  RESULTS_DIFFER,
} from '../../support/report-fixture.js';
import { reports } from '../sample-reports.js';
import { called, HOSTILE } from './recorded.js';

interface Part {
  readonly comments: readonly string[];
  /** Value, percentile, count and 1 ÷ (1 − percentile); of the last one no more than three. */
  readonly rows: readonly (readonly number[])[];
}

/** As HdrHistogram's plotter reads: what begins with # is left out, columns are parted by spaces. */
function read(text: string): Part[] {
  return text
    .split(/^(?=#\[Scenario)/m)
    .filter(part => part.startsWith('#[Scenario'))
    .map(part => {
      const lines = part.split('\n').map(line => line.trim());
      const rows = lines
        .filter(line => line !== '' && !line.startsWith('#') && !line.startsWith('Value'))
        .map(line => line.split(/ +/).map(Number));
      return { comments: lines.filter(line => line.startsWith('#')), rows };
    });
}

const reportOf = (executor: ExecutorResult): Report =>
  makeReport({ scenarios: [makeScenario({ executors: [executor] })] });

function withTimes(timesMs: readonly number[], more: Partial<ExecutorResult> = {}): ExecutorResult {
  const histogram = new LogHistogram();
  for (const ms of timesMs) histogram.add(ms);
  return makeExecutor({
    serviceMs: histogram.distribution(),
    histogram: { of: 'service', ...histogram.ends() },
    ...more,
  });
}

describe('made of a histogram', () => {
  it('has the percentiles and counts that HdrHistogram writes of the same times', () => {
    fc.assert(
      fc.property(
        // Far enough from each other to have buckets of their own, in both.
        fc.array(fc.integer({ min: 0, max: 20 }), { minLength: 1, maxLength: 3_000 }),
        powers => {
          const times = powers.map(power => 2 ** power);
          const other = build({
            lowestDiscernibleValue: 1,
            highestTrackableValue: 2 ** 22,
            numberOfSignificantValueDigits: 3,
          });
          for (const time of times) other.recordValue(time);
          const theirs = read(`#[Scenario\n${other.outputPercentileDistribution(5, 1)}`)[0]!.rows;
          const ours = read(renderHgrm(reportOf(withTimes(times))))[0]!.rows;
          expect(ours.map(([, ...rest]) => rest)).toEqual(theirs.map(([, ...rest]) => rest));
          for (const [at, [value]] of ours.entries())
            expect(Math.abs(value! / theirs[at]![0]! - 1)).toBeLessThan(0.01);
        },
      ),
      { numRuns: 30 },
    );
  });

  it('has its lines laid out as HdrHistogram lays them', () => {
    const other = build();
    for (const time of [1, 2, 3, 100]) other.recordValue(time);
    const layout = (line: string) => line.replace(/[\d.]+/g, digits => (digits.includes('.') ? '0.0' : '0'));
    // Ours begins with comments on whose part it is.
    const linesOf = (text: string) =>
      text.split('\n').filter(line => !/^#\[(?:Scenario|Executor|Time|Failed|Made of) /.test(line));
    const theirs = linesOf(other.outputPercentileDistribution());
    const ours = linesOf(renderHgrm(reportOf(withTimes([1, 2, 3, 100]))));
    const words = (lines: readonly string[]) => lines.map(line => layout(line).replace(/ +/g, ' '));
    expect(words(ours)).toEqual(words(theirs));
    expect(ours[0]).toBe(theirs[0]);
    expect(ours.at(-4)).toMatch(/^#\[Mean {4}= {4}26\.500000, StdDeviation {3}= {4}42\.\d{6}\]$/);
    expect(ours.filter(line => line.startsWith('#'))).toHaveLength(3);
  });

  it('ends at the maximum, with all tasks', () => {
    const times = Array.from({ length: 1_000 }, (_, at) => 10 + at / 100);
    const [part] = read(renderHgrm(reportOf(withTimes(times))));
    expect(part!.rows.at(-1)).toEqual([19.99, 1, 1_000]);
    const values = part!.rows.map(([value]) => value!);
    expect(values).toEqual([...values].sort((a, b) => a - b));
    expect(part!.comments).toContain('#[Made of = histogram of the results file]');
  });
});

test('without a histogram it has the percentiles that there are, and says so', () => {
  const serviceMs = { ...makeDistribution(50, 2_000), failed: 3 };
  const [part] = read(renderHgrm(reportOf(makeExecutor({ serviceMs }))));
  expect(part!.rows).toEqual([
    [48.5, 0, 1, 1],
    [50, 0.5, 1_000, 2],
    [53, 0.9, 1_800, 10],
    [56, 0.99, 1_980, 100],
    [70, 1, 2_000],
  ]);
  expect(part!.comments).toContain('#[Made of = percentiles of the results file]');
  expect(part!.comments).toContain('#[Failed = 3 tasks, in no line below]');
});

test('at a rate it is latency, in a batch service', () => {
  const text = renderHgrm(
    makeReport({
      scenarios: [
        makeScenario({
          load: { kind: 'rate', perSecond: 100, arrivals: 'constant', maxBacklog: 10 },
          executors: [atRate('limited', 100, 30)],
        }),
        makeScenario(),
      ],
    }),
  );
  expect(text.match(/^#\[Time = .*/gm)).toEqual([
    '#[Time = latency, ms]',
    ...Array(3).fill('#[Time = service, ms]'),
  ]);
});

test('there is a part for each executor, and a reason where it has no figures', () => {
  for (const report of Object.values(reports)) {
    const parts = read(renderHgrm(report));
    expect(parts).toHaveLength(report.scenarios.flatMap(({ executors }) => executors).length);
    for (const { rows, comments } of parts)
      expect(rows.length > 0).toBe(!comments.some(line => line.startsWith('#[None')));
  }
  const none = (executor: ExecutorResult) => read(renderHgrm(reportOf(executor)))[0]!.comments.at(-1);
  expect(none(atRate('limited', 100, null))).toMatch(/overloaded/);
  expect(none(makeExecutor({ validity: 'INVALID' }))).toMatch(/INVALID/);
  expect(none(makeExecutor({ serviceMs: NO_SAMPLES }))).toMatch(/no task completed/);
  const differing = makeReport({
    scenarios: [makeScenario({ validity: 'INVALID', findings: [RESULTS_DIFFER] })],
  });
  for (const { comments, rows } of read(renderHgrm(differing))) {
    expect(rows).toEqual([]);
    expect(comments.at(-1)).toMatch(/INVALID/);
  }
  expect(renderHgrm(makeReport({ scenarios: [] }))).toBe('#[Nothing was measured.]\n');
});

test.each(HOSTILE)('a name such as %j stays in its comment', name => {
  const text = renderHgrm(called(name));
  expect(text).toContain(`#[Scenario = ${harmless(name)}]\n#[Executor = ${harmless(name)}]\n`);
  expect(text.split('\n').filter(line => !/^(#|$| *Value |[ \d.]+$)/.test(line))).toEqual([]);
});
