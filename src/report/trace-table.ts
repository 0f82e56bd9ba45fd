import type { ExecutorResult, ScenarioResult, Trace, TracedTask } from '../schema/index.js';
import { duration } from './format.js';
import { familyOf, nameOf, workersOf } from './labels.js';
import type { Paint } from './paint.js';
import { type Column, renderTable } from './table.js';
import { truncate, wrap, wrapAfter } from './text.js';
import { workerName } from './timeline.js';

interface Row {
  readonly executor: ExecutorResult;
  readonly trace: Trace;
}

const SHOWN = 7;
const MOST_LISTED = 8;

/** When results came, in which order, and who ran which task. */
export function traceTable(result: ScenarioResult, width: number, paint: Paint): string[] {
  const rows = result.executors.flatMap(executor =>
    executor.trace === null || executor.trace.tasks < 2 ? [] : [{ executor, trace: executor.trace }],
  );
  if (rows.length === 0) return [];
  const columns: Column<Row>[] = [
    left('results', Number.POSITIVE_INFINITY, ({ executor }) => truncate(nameOf(executor), 28)),
    right('first', 8, ({ executor }) => duration(executor.firstResultMs)),
    right('last', 9, ({ executor }) => duration(executor.lastResultMs)),
    left('came in the order', 10, ({ trace }) => numbers(trace.arrived, trace.tasks)),
    left('ran on', 6, ({ executor, trace }) => tasksRanOn(executor, trace)),
  ];
  return [
    ...renderTable(columns, rows, width, paint.quiet),
    ...(rows.some(({ trace }) => isOutOfOrder(trace)) ? wrap(KEPT, width).map(paint.quiet) : []),
    ...rows.flatMap(row => whoRanWhat(row, width)),
    ...listing(rows, width, paint),
  ];
}

const KEPT = 'Whatever came first, results are kept in the order of the tasks: 1, 2, 3, …';

function isOutOfOrder({ arrived }: Trace): boolean {
  return arrived.some((index, at) => at > 0 && index < arrived[at - 1]!);
}

/** `3, 1, 2`, `3, 1, 2, …`: task numbers as people count them. */
function numbers(indexes: readonly number[], tasks: number): string {
  const shown = indexes.slice(0, SHOWN).map(index => String(index + 1));
  return [...shown, ...(tasks > shown.length ? ['…'] : [])].join(', ');
}

/** `the main thread`, `8 processes`. */
function tasksRanOn({ variant }: ExecutorResult, { lanes }: Trace): string {
  return variant.capabilities.workers ? workersOf({ ...variant, threads: lanes.length }) : 'the main thread';
}

/** Who ran which task, where there are few of both. */
function whoRanWhat({ executor, trace }: Row, width: number): string[] {
  const { lanes, first, tasks } = trace;
  if (!executor.variant.capabilities.workers || first.length < tasks || lanes.length > MOST_LISTED) return [];
  const each = lanes.map(({ worker }) => {
    const numbers = first.filter(task => task.worker === worker).map(({ index }) => index + 1);
    return `${workerName(familyOf(executor.variant), worker)} ran ${numbers.join(' ')}`;
  });
  return wrapAfter(`${nameOf(executor)}: `, each.join('; '), width);
}

/** What each task of a few had to say, in the order of the tasks: results are kept so, in whatever order they came. */
function listing(rows: readonly Row[], width: number, paint: Paint): string[] {
  const [row] = rows;
  if (row === undefined || row.trace.tasks > MOST_LISTED || row.trace.first.length === 0) return [];
  if (!row.trace.first.every(isLine)) return [];
  return [
    paint.quiet(truncate(`what ${nameOf(row.executor)} kept, in the order of the tasks:`, width)),
    ...row.trace.first.map(task => truncate(`  ${lineOf(task)}`, width)),
  ];
}

/** Results that are texts of their own say something; numbers and objects are looked up in the results file. */
function isLine({ outcome, says }: TracedTask): boolean {
  return outcome !== 'completed' || / - /.test(says);
}

function lineOf({ index, outcome, says }: TracedTask): string {
  return `${index + 1}  ${outcome === 'completed' ? '' : 'Error: '}${says}`;
}

function left(heading: string, importance: number, cell: (row: Row) => string): Column<Row> {
  return { heading, align: 'left', importance, cell };
}

function right(heading: string, importance: number, cell: (row: Row) => string): Column<Row> {
  return { heading, align: 'right', importance, cell };
}
