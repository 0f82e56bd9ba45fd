import type { Distribution, Estimate, ExecutorResult, ScenarioResult } from '../../schema/index.js';
import { bytes, duration, fixed, NONE, nonZero, percent } from '../format.js';
import { isInvalid, isMeasured, pairOf, ranking, ratioText, strengthOf } from '../pairs.js';
import { markIfCold, markIfFalling } from '../words/marks.js';
import { executorColumns, groupedRows, hasAlternatives, peerRatioColumn } from './alternatives.js';
import { throughputText } from './figure.js';
import { type Column, EXECUTOR_ROWS, right, tableOf } from './table.js';
import type { TableView } from './types.js';

type Row = ExecutorResult;

/** The fastest first, in the order that the verdict is about; those without a figure that counts last. */
export function rowsOf(result: ScenarioResult): readonly ExecutorResult[] {
  const ranked = ranking(result);
  const others = result.executors.filter(executor => !ranked.includes(executor));
  const all = [...ranked, ...others.filter(isMeasured), ...others.filter(executor => !isMeasured(executor))];
  return groupedRows(result, all);
}

/** Who is how fast, and how surely. */
export function executorTable(result: ScenarioResult): TableView {
  const rows = rowsOf(result);
  const throughputOf = (row: Row) => (isInvalid(row) ? 0 : (row.tasksPerSecond.median ?? 0));
  const fastest = Math.max(0, ...rows.map(throughputOf));
  const ratios = hasAlternatives(result) ? peerRatioColumn(result) : ratioColumn(result, rows);
  const columns = [
    ...executorColumns(result, rows, 'executor', ({ variant: { id } }) =>
      id === result.winner ? 'strong' : null,
    ),
    right('tasks/s', 10, throughputText),
    right('±95 %', 6, (row: Row) => halfWidthText(row, row.tasksPerSecond)),
    ratios,
    ...(hasAlternatives(result) ? [] : [intervalColumn(result)]),
    serviceColumn(rows),
    ...failedColumn(rows, row => row.serviceMs),
    right('cores', 4, coresText),
    right('rounds', 3, (row: Row) => markIfCold(row.coldOnly, String(row.rounds))),
  ];
  const share = (row: Row) => (fastest > 0 ? throughputOf(row) / fastest : 0);
  return tableOf(columns, rows, {
    ...EXECUTOR_ROWS,
    bars: { before: ratios, share },
  });
}

export function coresText({ coresUsed }: ExecutorResult): string {
  return coresUsed === null ? NONE : fixed(coresUsed, 1);
}

/** What each executor costs besides time; null where nothing was measured. Headings are for readers who see it for the first time. */
export function costTable(result: ScenarioResult): TableView | null {
  const rows = groupedRows(result, ranking(result));
  if (rows.length === 0) return null;
  const columns = [
    ...executorColumns(result, rows, 'cost', () => null),
    right('CPU/task', 10, (row: Row) => markIfFalling(row.cpuFalling, duration(row.cpuMsPerTask))),
    right('memory', 9, (row: Row) => bytes(row.memoryBytes)),
    right('start-up', 7, (row: Row) => duration(row.startupMs)),
    ...warmingColumns(rows),
    right('loop busy', 8, (row: Row) => percent(row.loop?.utilization ?? null)),
    right('bystander', 9, (row: Row) => duration(row.loop?.bystanderWaitMs ?? null)),
  ];
  return tableOf(columns, rows, EXECUTOR_ROWS);
}

/** What a new thread costs besides its start: how long it takes to its speed, and what it does at first. */
function warmingColumns(rows: readonly Row[]): Column<Row>[] {
  const known = rows.some(({ warmUp }) => warmUp !== null);
  const warmsUp = right('warms up', 6, (row: Row) => duration(row.warmUp?.cpuMs ?? null));
  return [...(known ? [warmsUp] : []), right('starts at', 6, startsAt)];
}

/** `0.67×`: of its speed, in the first trial of a fresh process. */
function startsAt({ coldSlowdown }: ExecutorResult): string {
  return coldSlowdown === null || coldSlowdown <= 0 ? NONE : `${fixed(1 / coldSlowdown, 2)}×`;
}

/** Relative half-width of an executor's interval. */
export function halfWidthText(executor: ExecutorResult, estimate: Estimate | null | undefined): string {
  const { low = null, high = null } = estimate ?? {};
  if (isInvalid(executor) || low === null || high === null || low <= 0) return NONE;
  return percent(Math.sqrt(high / low) - 1);
}

/** Of the highest percentile that every row has samples for: a column says one thing. */
function serviceColumn(rows: readonly Row[]): Column<Row> {
  const fit = rows.filter(row => isMeasured(row) && !isInvalid(row)).map(({ serviceMs }) => serviceMs);
  // Where nothing but failures is, any percentile says so.
  const timed = fit.filter(({ count, failed = 0 }) => count > 0 || failed === 0);
  const percentiles = ['p99', 'p90', 'p50'] as const;
  const name = percentiles.find(one => timed.every(times => times[one] !== null)) ?? 'p50';
  return right(`${name} service`, 5, row => (isInvalid(row) ? NONE : percentileCell(row.serviceMs, name)));
}

const SHARE_BEYOND = { p50: 0.5, p90: 0.1, p99: 0.01, p999: 0.001 } as const;

/** Of the tasks that did not fail; `failed` where so many did that it falls among them. */
export function percentileCell(times: Distribution, name: keyof typeof SHARE_BEYOND): string {
  const { count, failed = 0 } = times;
  const isAmongFailed = failed > (count + failed) * SHARE_BEYOND[name] * (1 + Number.EPSILON * 8);
  return isAmongFailed ? 'failed' : duration(times[name]);
}

/** The share of tasks that failed, beside the times of the others; none where none did. */
export function failedColumn(rows: readonly Row[], timesOf: (row: Row) => Distribution): Column<Row>[] {
  const some = rows.some(row => (timesOf(row).failed ?? 0) > 0);
  return some ? [right('failed', 5, failedCell)] : [];
}

function failedCell({ serviceMs: { count, failed = 0 } }: ExecutorResult): string {
  return failed === 0 ? NONE : percent(failed / (count + failed));
}

function ratioColumn(result: ScenarioResult, rows: readonly Row[]): Column<Row> {
  const { baseline } = result;
  const ratios = rows.map(({ variant: { id } }) => strengthOf(result, id)).filter(ratio => ratio !== null);
  const largest = Math.max(0, ...ratios);
  const decimals = largest >= 999.5 ? 0 : largest >= 9.95 ? 1 : 2;
  // The row of the baseline, with its 1, tells what `seq` is short for.
  const name = baseline.length <= 7 ? baseline : baseline.slice(0, 3);
  const short = right(`× ${name}`, 7, (row: Row) => {
    const ratio = isMeasured(row) && !isInvalid(row) ? strengthOf(result, row.variant.id) : null;
    return ratio === null ? NONE : nonZero(ratio, decimals);
  });
  return { ...short, medium: 'terminal' };
}

/** The same with its interval. */
function intervalColumn(result: ScenarioResult): Column<Row> {
  const { baseline } = result;
  const long = right(`÷ ${baseline}`, 7, (row: Row) => {
    if (isInvalid(row)) return NONE;
    if (row.variant.id === baseline) return '1';
    const pair = pairOf(result, row.variant.id, baseline);
    return pair === null ? NONE : ratioText(pair);
  });
  return { ...long, medium: 'page' };
}
