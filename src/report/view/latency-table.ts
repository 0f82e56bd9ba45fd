import { formatPredicate, holds } from '../../predicate.js';
import type { Estimate, ExecutorResult, ObjectiveFinding, ScenarioResult } from '../../schema/index.js';
import { amount, count, duration, fixed, NONE, percent } from '../format.js';
import { isInvalid, isOverloaded } from '../pairs.js';
import type { Paint } from '../terminal/paint.js';
import { type Column, renderTable } from '../terminal/table.js';
import { truncate } from '../text.js';
import { familyOf, labelOf, listed, nameOf } from '../words/labels.js';
import type { Note } from '../words/notes.js';
import { failedCell, percentileCell, rowsOf, throughputText } from './executor-table.js';

const LONGEST_LABEL = 32;

/** One executor at one rate. */
export interface LatencyRow {
  readonly result: ScenarioResult;
  readonly executor: ExecutorResult;
}

/** Response times: of each task from when it was due (in a duration load: from its start) until its result was there. */
export function latencyTable(result: ScenarioResult, width: number, paint: Paint): string[] {
  const rows = rowsOf(result).map(executor => ({ result, executor }));
  const label: Column<LatencyRow> = {
    heading: 'executor',
    align: 'left',
    cell: ({ executor }) => truncate(labelOf(executor), LONGEST_LABEL),
    paint: (text, { executor }) => paint.family[familyOf(executor.variant)](text),
    importance: Number.POSITIVE_INFINITY,
  };
  return renderTable([label, ...latencyColumns(paint, rows)], rows, width, paint.quiet);
}

/** Throughput reached, percentiles with the interval of the one that verdicts are about, and cost. */
export function latencyColumns(paint: Paint, rows: readonly LatencyRow[]): Column<LatencyRow>[] {
  const someFailed = rows.some(({ executor }) => (executor.latencyMs.failed ?? 0) > 0);
  const right = (heading: string, importance: number, cell: (executor: ExecutorResult) => string) => ({
    heading,
    align: 'right' as const,
    importance,
    cell: ({ executor }: LatencyRow) => cell(executor),
  });
  return [
    right('tasks/s', 8, throughputText),
    right('p50', 9, row => percentileText(row, 'p50')),
    right('p90', 4, row => percentileText(row, 'p90')),
    {
      ...right('p99', 10, row => (isOverloaded(row) ? backlogText(row) : percentileText(row, 'p99'))),
      paint: (text, { executor }) => (isOverloaded(executor) ? paint.state.WEAK(text) : text),
    },
    right('±95 %', 6, row => (isInvalid(row) ? NONE : halfWidthText(row.latency?.p99 ?? null))),
    right('p99.9', 5, row => percentileText(row, 'p999')),
    ...(someFailed ? [right('failed', 5, row => failedCell(row))] : []),
    right('cores', 3, ({ coresUsed }) => (coresUsed === null ? NONE : fixed(coresUsed, 1))),
    right('CPU/task', 2, ({ cpuMsPerTask }) => duration(cpuMsPerTask)),
    right('rounds', 1, ({ rounds }) => String(rounds)),
  ];
}

/** The typical fork's, or that of all tasks together where forks are too few for it. */
function percentileText(executor: ExecutorResult, name: 'p50' | 'p90' | 'p99' | 'p999'): string {
  if (isOverloaded(executor) || isInvalid(executor)) return NONE;
  if (executor.latency?.amongFailed?.includes(name) === true) return 'failed';
  const typical = executor.latency?.[name]?.median ?? null;
  return typical === null ? percentileCell(executor.latencyMs, name) : duration(typical);
}

/** `overloaded, +948`: by how many tasks the backlog grew. */
function backlogText({ arrivals }: ExecutorResult): string {
  const [, from = 0, , to = 0] = arrivals?.backlogByQuarter ?? [];
  return `overloaded, +${count(Math.max(0, to - from))}`;
}

function halfWidthText(estimate: Estimate | null): string {
  if (estimate === null || estimate.low === null || estimate.high === null || estimate.low <= 0) return NONE;
  return percent(Math.sqrt(estimate.high / estimate.low) - 1);
}

/** `p99 < 50 ms: yes limited (26 ms, at most 27 ms), no queue (60 ms, at most 64 ms)`: one for each part of the objective. */
export function objectiveNotes(result: ScenarioResult): Note[] {
  return result.scenario.slo.map((predicate, at) => {
    const answers = (['met', 'not met', 'not shown', 'not known'] as const).flatMap(answer => {
      const named = result.executors
        .filter(executor => answerOf(executor, at) === answer)
        .map(executor => `${nameOf(executor)}${figuresOf(executor, at)}`);
      return named.length === 0 ? [] : [`${answer}: ${listed(named)}`];
    });
    return { label: 'objective', text: `${formatPredicate(predicate)} is ${answers.join('; ')}` };
  });
}

/** `not shown`: it was seen to be so, and the bound of its interval leaves room for more. */
function answerOf(executor: ExecutorResult, at: number): 'met' | 'not met' | 'not shown' | 'not known' {
  if (isOverloaded(executor)) return 'not met';
  if (isInvalid(executor)) return 'not known';
  const finding = executor.slo[at];
  if (finding === undefined || finding.met === null) return 'not known';
  if (finding.met) return 'met';
  return finding.value !== null && holds(finding.predicate, finding.value) ? 'not shown' : 'not met';
}

function figuresOf(executor: ExecutorResult, at: number): string {
  if (isOverloaded(executor)) return ' (overloaded)';
  const finding = executor.slo[at];
  if (finding === undefined) return '';
  if (finding.value === null) return finding.met === false ? ' (too many failed)' : '';
  const { metric, operator } = finding.predicate;
  const text = (value: number) =>
    metric === 'failed' ? shareText(value) : metric === 'throughput' ? `${amount(value)}/s` : duration(value);
  if (metric === 'max') return maxText(executor, finding);
  const side = operator.startsWith('<') ? 'at most' : 'at least';
  return ` (${text(finding.value)}${finding.bound === null ? '' : `, ${side} ${text(finding.bound)}`})`;
}

/** ` (48 ms in 6,000 tasks, so at most 0.1 % are above 50 ms)`: a maximum has no interval, only what it proves. */
function maxText({ latencyMs }: ExecutorResult, { value, predicate, beyondShare }: ObjectiveFinding): string {
  const proves =
    beyondShare === null
      ? ''
      : `, so at most ${shareText(beyondShare)} are above ${duration(predicate.value)}`;
  return ` (${duration(value)} in ${count(latencyMs.count)} tasks${proves})`;
}

/** An upper bound keeps its digits: `<0.1 %` would say less. */
function shareText(share: number): string {
  return `${Number((share * 100).toPrecision(2))} %`;
}
