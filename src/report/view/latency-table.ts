import type { ExecutorResult, ScenarioResult } from '../../schema/index.js';
import { count, duration, NONE } from '../format.js';
import { isInvalid, isOverloaded } from '../pairs.js';
import { familyOf } from '../words/labels.js';
import { coresText, failedCell, halfWidthText, percentileCell, rowsOf } from './executor-table.js';
import { throughputText } from './figure.js';
import { type Column, executorColumn, right, tableOf } from './table.js';
import type { TableView } from './types.js';

/** Response times: of each task from when it was due (in a duration load: from its start) until its result was there. */
export function latencyTable(result: ScenarioResult): TableView {
  const rows = rowsOf(result).map(executor => ({ result, executor }));
  return tableOf(latencyColumns(rows), rows, { family: ({ executor }) => familyOf(executor.variant) });
}

/** One executor at one rate. */
export interface LatencyRow {
  readonly result: ScenarioResult;
  readonly executor: ExecutorResult;
}

/** Throughput reached, percentiles with the interval of the one that verdicts are about, and cost. */
export function latencyColumns(rows: readonly LatencyRow[]): Column<LatencyRow>[] {
  const someFailed = rows.some(({ executor }) => (executor.latencyMs.failed ?? 0) > 0);
  const of = (heading: string, importance: number, cell: (executor: ExecutorResult) => string) =>
    right(heading, importance, ({ executor }: LatencyRow) => cell(executor));
  return [
    executorColumn('executor', ({ executor }) => executor),
    of('tasks/s', 8, throughputText),
    of('p50', 9, row => percentileText(row, 'p50')),
    of('p90', 4, row => percentileText(row, 'p90')),
    {
      ...of('p99', 10, row => (isOverloaded(row) ? backlogText(row) : percentileText(row, 'p99'))),
      tone: ({ executor }) => (isOverloaded(executor) ? 'WEAK' : null),
    },
    of('±95 %', 6, row => halfWidthText(row, row.latency?.p99)),
    of('p99.9', 5, row => percentileText(row, 'p999')),
    ...(someFailed ? [of('failed', 5, failedCell)] : []),
    of('cores', 3, coresText),
    of('CPU/task', 2, ({ cpuMsPerTask }) => duration(cpuMsPerTask)),
    of('rounds', 1, ({ rounds }) => String(rounds)),
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
