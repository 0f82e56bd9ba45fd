import type { Distribution, ExecutorResult, ScenarioResult } from '../schema/index.js';
import { markIfCold } from './cold.js';
import { amount, bytes, duration, fixed, NONE, nonZero, percent } from './format.js';
import { familyOf, labelOf } from './labels.js';
import type { Paint } from './paint.js';
import { isInvalid, isMeasured, ranking, strengthOf } from './pairs.js';
import { markIfFalling } from './settling.js';
import { type Column, renderTable } from './table.js';
import { truncate } from './text.js';

type Row = ExecutorResult;

const LONGEST_LABEL = 32;
const NEVER_DROPPED = Number.POSITIVE_INFINITY;

/** The fastest first, in the order that the verdict is about; those without a figure that counts last. */
export function rowsOf(result: ScenarioResult): ExecutorResult[] {
  const ranked = ranking(result);
  const others = result.executors.filter(executor => !ranked.includes(executor));
  return [...ranked, ...others.filter(isMeasured), ...others.filter(executor => !isMeasured(executor))];
}

/** What is completed beside many failures, or beside a source that was the limit, is no figure of the executor. */
export function throughputText(executor: ExecutorResult): string {
  return isInvalid(executor) ? 'INVALID' : amount(executor.tasksPerSecond.median);
}

/** Who is how fast, and how surely. */
export function executorTable(result: ScenarioResult, width: number, paint: Paint): string[] {
  const rows = rowsOf(result);
  const throughputOf = (row: Row) => (isInvalid(row) ? 0 : (row.tasksPerSecond.median ?? 0));
  const fastest = Math.max(0, ...rows.map(throughputOf));
  const ratios = ratioColumn(result, rows);
  const columns = [
    executorColumn(paint, result.winner),
    right('tasks/s', 10, throughputText),
    right('±95 %', 6, row => halfWidth(row)),
    ratios,
    serviceColumn(rows),
    ...failedColumn(rows),
    right('cores', 4, row => (row.coresUsed === null ? NONE : fixed(row.coresUsed, 1))),
    right('rounds', 3, row => markIfCold(row.coldOnly, String(row.rounds))),
  ];
  return renderTable(columns, rows, width, paint.quiet, {
    before: ratios,
    share: row => (fastest > 0 ? throughputOf(row) / fastest : 0),
    paint: (text, row) => paint.family[familyOf(row.variant)](text),
  });
}

/** What each executor costs besides time. Headings are for readers who see it for the first time. */
export function costTable(result: ScenarioResult, width: number, paint: Paint): string[] {
  const rows = ranking(result);
  if (rows.length === 0) return [];
  const columns = [
    { ...executorColumn(paint, null), heading: 'cost' },
    right('CPU/task', 10, row => markIfFalling(row.cpuFalling, duration(row.cpuMsPerTask))),
    right('memory', 9, row => bytes(row.memoryBytes)),
    right('start-up', 7, row => duration(row.startupMs)),
    ...warmingColumns(rows),
    right('loop busy', 8, row => percent(row.loop?.utilization ?? null)),
    right('bystander', 9, row => duration(row.loop?.bystanderWaitMs ?? null)),
  ];
  return renderTable(columns, rows, width, paint.quiet);
}

/** What a new thread costs besides its start: how long it takes to its speed, and what it does at first. */
function warmingColumns(rows: readonly Row[]): Column<Row>[] {
  const known = rows.some(({ warmUp }) => warmUp !== null);
  const warmsUp = right('warms up', 6, row => duration(row.warmUp?.cpuMs ?? null));
  return [...(known ? [warmsUp] : []), right('starts at', 6, row => startsAt(row))];
}

/** `0.67×`: of its speed, in the first trial of a fresh process. */
export function startsAt({ coldSlowdown }: ExecutorResult): string {
  return coldSlowdown === null || coldSlowdown <= 0 ? NONE : `${fixed(1 / coldSlowdown, 2)}×`;
}

/** Relative half-width of the throughput's interval. */
export function halfWidth(executor: ExecutorResult): string {
  const { low, high } = executor.tasksPerSecond;
  return isInvalid(executor) || low === null || high === null || low <= 0
    ? NONE
    : percent(Math.sqrt(high / low) - 1);
}

const PERCENTILES = ['p99', 'p90', 'p50'] as const;

/** The highest percentile that every row has samples for: a column says one thing. */
export function sharedPercentile(distributions: readonly Distribution[]): (typeof PERCENTILES)[number] {
  // Where nothing but failures is, any percentile says so.
  const timed = distributions.filter(({ count, failed = 0 }) => count > 0 || failed === 0);
  return PERCENTILES.find(name => timed.every(one => one[name] !== null)) ?? 'p50';
}

function serviceColumn(rows: readonly Row[]): Column<Row> {
  const fit = rows.filter(row => isMeasured(row) && !isInvalid(row));
  const name = sharedPercentile(fit.map(row => row.serviceMs));
  return right(`${name} service`, 5, row => (isInvalid(row) ? NONE : percentileCell(row.serviceMs, name)));
}

const SHARE_BEYOND = { p50: 0.5, p90: 0.1, p99: 0.01, p999: 0.001 } as const;

/** Of the tasks that did not fail; `failed` where so many did that it falls among them. */
export function percentileCell(times: Distribution, name: keyof typeof SHARE_BEYOND): string {
  return isAmongFailed(times, name) ? 'failed' : duration(times[name]);
}

function isAmongFailed({ count, failed = 0 }: Distribution, name: keyof typeof SHARE_BEYOND): boolean {
  return failed > (count + failed) * SHARE_BEYOND[name] * (1 + Number.EPSILON * 8);
}

/** The share of tasks that failed, beside the times of the others; none where none did. */
export function failedColumn(rows: readonly Row[]): Column<Row>[] {
  const some = rows.some(row => (row.serviceMs.failed ?? 0) > 0);
  return some ? [right('failed', 5, row => failedCell(row))] : [];
}

export function failedCell({ serviceMs: { count, failed = 0 } }: ExecutorResult): string {
  return failed === 0 ? NONE : percent(failed / (count + failed));
}

function ratioColumn(result: ScenarioResult, rows: readonly Row[]): Column<Row> {
  const ratios = rows.map(({ variant: { id } }) => strengthOf(result, id)).filter(ratio => ratio !== null);
  const largest = Math.max(0, ...ratios);
  const decimals = largest >= 999.5 ? 0 : largest >= 9.95 ? 1 : 2;
  return right(`× ${shortName(result)}`, 7, row => {
    const ratio = isMeasured(row) && !isInvalid(row) ? strengthOf(result, row.variant.id) : null;
    return ratio === null ? NONE : nonZero(ratio, decimals);
  });
}

/** `seq`: the row of the baseline, with its 1, tells what it is short for. */
function shortName({ baseline }: ScenarioResult): string {
  return baseline.length <= 7 ? baseline : baseline.slice(0, 3);
}

function executorColumn(paint: Paint, winner: string | null): Column<Row> {
  return {
    heading: 'executor',
    align: 'left',
    cell: row => truncate(labelOf(row), LONGEST_LABEL),
    paint: (text, row) => (row.variant.id === winner ? paint.strong(text) : text),
    importance: NEVER_DROPPED,
  };
}

function right(heading: string, importance: number, cell: (row: Row) => string): Column<Row> {
  return { heading, align: 'right', importance, cell };
}
