import parsePrometheus from 'parse-prometheus-text-format';
import { describe, expect, it, test } from 'vitest';
import { renderOpenMetrics } from '../../../src/report/exports/openmetrics.js';
import { harmless } from '../../../src/report/text.js';
import type { Report } from '../../../src/schema/index.js';
import {
  makeExecutor,
  makeReport,
  makeScenario,
  RESULTS_DIFFER,
  rateScenario,
} from '../../support/report-fixture.js';
import { reports } from '../sample-reports.js';
import { called, HOSTILE, recorded } from './recorded.js';

const read = (report: Report) => parsePrometheus(renderOpenMetrics(report));
const samplesOf = (report: Report, name: string) =>
  read(report).find(family => family.name === `threads_vs_loop_${name}`)?.metrics ?? [];
const executorsOf = ({ scenarios }: Pick<Report, 'scenarios'>) =>
  scenarios.flatMap(({ executors }) => executors);
const total = (values: readonly (number | null)[]) =>
  values.reduce<number>((sum, value) => sum + (value ?? 0), 0);

describe.each(Object.entries({ ...reports, recorded }))('%s', (_, report) => {
  const scenarios = report.scenarios.filter(({ validity }) => validity !== 'INVALID');
  const believed = executorsOf({ scenarios }).filter(({ validity }) => validity !== 'INVALID');

  it('has the figures of the report in base units', () => {
    const sum = (name: string, statistic?: string) =>
      total(
        samplesOf(report, name)
          .filter(({ labels }) => statistic === undefined || labels?.statistic === statistic)
          .map(({ value }) => Number(value)),
      );
    const near = (value: number, other: number) => expect(value).toBeCloseTo(other, 6);
    near(sum('throughput_tasks_per_second', 'median'), total(believed.map(one => one.tasksPerSecond.median)));
    near(sum('service_seconds', 'p90') * 1_000, total(believed.filter(keptUp).map(one => one.serviceMs.p90)));
    near(sum('memory_bytes'), total(believed.map(one => one.memoryBytes)));
    near(sum('startup_seconds') * 1_000, total(believed.map(one => one.startupMs)));
    near(
      sum('tasks'),
      total(
        executorsOf(report).map(
          ({ outcomes }) => outcomes.completed + outcomes.cancelled + total(Object.values(outcomes.failed)),
        ),
      ),
    );
    near(sum('trials'), total(executorsOf(report).map(({ trials }) => trials.length)));
    near(
      sum('comparison_ratio', 'ratio'),
      total(scenarios.flatMap(({ comparisons }) => comparisons.map(({ ratio }) => ratio))),
    );
  });

  it('has no series twice', () => {
    const series = seriesIn(renderOpenMetrics(report));
    expect(new Set(series).size).toBe(series.length);
  });
});

/** Of the lines themselves: the parser makes one of two neighbours with the same labels. */
const seriesIn = (text: string) =>
  text
    .split('\n')
    .filter(line => line !== '' && !line.startsWith('#'))
    .map(line => line.slice(0, line.lastIndexOf(' ')));

const keptUp = ({ arrivals }: ReturnType<typeof executorsOf>[number]) => arrivals?.overloaded !== true;

test('is OpenMetrics: metadata before samples, units in names, one end', () => {
  const lines = renderOpenMetrics(recorded).split('\n');
  expect(lines.slice(-2)).toEqual(['# EOF', '']);
  expect(lines.filter(line => line === '# EOF')).toHaveLength(1);
  let family = '';
  for (const line of lines.slice(0, -2)) {
    const [, kind, name, rest] = /^# (TYPE|UNIT|HELP) (\w+) (.+)$/.exec(line) ?? [];
    if (kind === 'TYPE') family = name!;
    if (kind !== undefined) expect(name).toBe(family);
    if (kind === 'UNIT') expect(family.endsWith(`_${rest}`)).toBe(true);
    if (kind === undefined) expect(line).toMatch(new RegExp(`^${family}(\\{[^{}]*\\})? -?[\\d.e+-]+$`));
  }
  for (const { type } of read(recorded)) expect(type).toBe('GAUGE');
});

test('what is not known has no line, and never 0', () => {
  const executor = makeExecutor({ memoryBytes: null, loop: null, cpuMsPerTask: null });
  const report = makeReport({ scenarios: [makeScenario({ executors: [executor], comparisons: [] })] });
  for (const name of ['memory_bytes', 'bystander_wait_seconds', 'task_cpu_seconds', 'comparison_ratio'])
    expect(samplesOf(report, name)).toEqual([]);
  expect(samplesOf(report, 'latency_seconds').map(({ labels }) => labels!.statistic)).not.toContain('p99.9');
});

test('figures that must not be believed are left out, and told', () => {
  const executors = [makeExecutor({ validity: 'INVALID' }), makeExecutor({ name: 'queue' })];
  const report = makeReport({ scenarios: [makeScenario({ executors, comparisons: [] })] });
  expect(samplesOf(report, 'throughput_tasks_per_second').map(({ labels }) => labels!.executor)).toEqual(
    Array(3).fill('queue'),
  );
  expect(samplesOf(report, 'executor_valid').map(({ value }) => value)).toEqual(['0', '1']);
});

test('given results that differ, then no executor of that scenario has figures, and none a ratio', () => {
  const scenario = rateScenario(
    500,
    { limited: 30, queue: 24 },
    { validity: 'INVALID', findings: [RESULTS_DIFFER] },
  );
  const report = makeReport({ scenarios: [scenario] });
  for (const name of ['throughput_tasks_per_second', 'latency_seconds', 'comparison_ratio', 'objective_met'])
    expect(samplesOf(report, name)).toEqual([]);
  expect(samplesOf(report, 'executor_valid').map(({ value }) => value)).toEqual(['0', '0']);
  expect(samplesOf(report, 'trials')).not.toEqual([]);
});

test('objectives are met, or not, or have no line', () => {
  const met = samplesOf(reports.rates!, 'objective_met');
  expect(new Set(met.map(({ value }) => value))).toEqual(new Set(['0', '1']));
  expect(met[0]!.labels).toEqual({
    scenario: 'service rate=100',
    executor: 'limited',
    objective: 'p99 < 50 ms',
  });
});

test.each(HOSTILE)('a name such as %j is one label', name => {
  const samples = samplesOf(called(name), 'memory_bytes');
  expect(samples.map(({ labels }) => labels)).toEqual([
    { scenario: harmless(name), executor: harmless(name) },
    { scenario: harmless(name), executor: 'queue' },
  ]);
});
