import type { ExecutorResult, ScenarioResult } from '../../schema/index.js';
import { count, duration, NONE } from '../format.js';
import { isInvalid, isOverloaded } from '../pairs.js';
import { familyOf } from '../words/labels.js';
import { executorColumns } from './alternatives.js';
import { coresText, failedColumn, halfWidthText, percentileCell, rowsOf } from './executor-table.js';
import { throughputText } from './figure.js';
import { type Column, EXECUTOR_ROWS, executorColumn, right, tableOf } from './table.js';
import type { TableView } from './types.js';

/** Response times: of each task from when it was due (in a duration load: from its start) until its result was there. */
export function latencyTable(result: ScenarioResult): TableView {
  const rows = rowsOf(result);
  const named = executorColumns(result, rows, 'executor', ({ variant }) => familyOf(variant));
  return tableOf([...named, ...latencyFigures(rows)], rows, EXECUTOR_ROWS);
}

/** Throughput reached, percentiles with the interval of the one that verdicts are about, and cost. */
export function latencyColumns(rows: readonly ExecutorResult[]): Column<ExecutorResult>[] {
  return [executorColumn('executor', ({ variant }) => familyOf(variant)), ...latencyFigures(rows)];
}

function latencyFigures(rows: readonly ExecutorResult[]): Column<ExecutorResult>[] {
  return [
    right('tasks/s', 8, throughputText),
    right('p50', 9, row => percentileText(row, 'p50')),
    right('p90', 4, row => percentileText(row, 'p90')),
    {
      ...right('p99', 10, row => (isOverloaded(row) ? backlogText(row) : percentileText(row, 'p99'))),
      tone: row => (isOverloaded(row) ? 'WEAK' : null),
    },
    right('±95 %', 6, row => halfWidthText(row, row.latency?.p99)),
    right('p99.9', 5, row => percentileText(row, 'p999')),
    ...failedColumn(rows, row => row.latencyMs),
    right('cores', 3, coresText),
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
