import type {
  Comparison,
  ExecutorResult,
  Measurement,
  Precision,
  StopReason,
  Warning,
} from '../schema/index.js';
import { budgetForPrecision, forksForPrecision } from '../stats/precision.js';
import { percent } from './validity/evidence.js';

export interface PrecisionAsked {
  readonly measurement: Measurement;
  readonly comparisons: readonly Comparison[];
  readonly baseline: string;
  readonly leader: string;
  /** Those that no further fork makes more precise. */
  readonly without: ReadonlySet<string>;
  readonly executors: readonly ExecutorResult[];
  readonly elapsedMs: number;
  readonly forkDurationsMs: readonly number[];
}

/**
 * What became of the wanted precision, over the comparisons that a report shows: those with the baseline, and the
 * leader's. (The stopping rule waits for the baseline's only: it must not look at who leads.) Null where nothing was
 * compared. Pure.
 */
export function precisionOf(asked: PrecisionAsked): Precision | null {
  const { measurement, comparisons, baseline, leader, without } = asked;
  const { precision: wanted, minForks } = measurement;
  const wantedLog = Math.log1p(wanted);
  const shown = comparisons.filter(
    c =>
      c.ratio !== null &&
      [baseline, leader].some(id => id === c.executor || id === c.baseline) &&
      !without.has(c.executor) &&
      !without.has(c.baseline),
  );
  if (shown.length === 0) return null;
  const widths = shown.flatMap(({ executor, baseline: other, low, high, forks }) =>
    low === null || high === null
      ? []
      : [{ executor, baseline: other, forks, halfWidthLog: Math.log(high / low) / 2 }],
  );
  const wide = widths.filter(({ halfWidthLog }) => halfWidthLog > wantedLog);
  const widest = widths.reduce<(typeof widths)[number] | null>(
    (a, b) => (a === null || b.halfWidthLog > a.halfWidthLog ? b : a),
    null,
  );
  const isUnknown = widths.length === 0;
  const forksNeeded = isUnknown
    ? minForks
    : wide.reduce((most, width) => Math.max(most, forksForPrecision({ ...width, wantedLog })), 0);
  return {
    wanted,
    missed: wide.length,
    of: widths.length,
    widest: widest && {
      executor: widest.executor,
      baseline: widest.baseline,
      halfWidth: Math.expm1(widest.halfWidthLog),
    },
    forksNeeded: forksNeeded === 0 ? null : forksNeeded,
    budgetMsNeeded:
      forksNeeded === 0
        ? null
        : budgetForPrecision({ ...asked, forksNeeded, cutMsPerFork: cutMsPerFork(asked) }),
  };
}

/** Time of the warm rounds of a fork that the budget had no room for. */
function cutMsPerFork({ executors, measurement }: PrecisionAsked): number {
  return executors.reduce((sum, { rounds, forks, coldOnly, wallMs }) => {
    if (coldOnly || forks === 0 || wallMs.median === null) return sum;
    return sum + Math.max(0, measurement.rounds - rounds / forks) * wallMs.median;
  }, 0);
}

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
/** Nobody waits longer for a digit more. */
const LONGEST_ADVISED_MS = 10 * MINUTE_MS;

/** Two digits. */
function timeText(ms: number): string {
  const digits = (value: number) => Number(value.toPrecision(2));
  return ms < HOUR_MS ? `${digits(ms / MINUTE_MS)} min` : `${digits(ms / HOUR_MS)} h`;
}

/** A wide interval is as true as a narrow one, so that this is a note: but nobody must think that it is what was asked for. */
export function precisionWarnings(
  precision: Precision | null,
  { maxForks }: Measurement,
  stoppedBy: StopReason,
): Warning[] {
  if (precision === null || precision.missed === 0 || precision.widest === null) return [];
  const { wanted, missed, of, widest, forksNeeded, budgetMsNeeded } = precision;
  const widestText = `${percent(widest.halfWidth)} (${widest.executor} ÷ ${widest.baseline})`;
  const found = `the wanted precision of ±${percent(wanted)} was missed in ${missed} of ${of} ${of === 1 ? 'comparison' : 'comparisons'}, the widest has ±${widestText}`;
  if (forksNeeded === null || budgetMsNeeded === null) return [{ code: 'precision', message: found }];
  if (budgetMsNeeded > LONGEST_ADVISED_MS)
    return [{ code: 'precision', message: `${found}; that would take ${timeText(budgetMsNeeded)} here` }];
  const budget = `--budget ${roundedSeconds(budgetMsNeeded)}s`;
  // A budget alone does not lead past the most forks, nor past a stop by the precision of other comparisons.
  const isBudget = (stoppedBy === 'budget' || stoppedBy === 'interrupted') && forksNeeded <= maxForks;
  const would = isBudget ? budget : `--forks ${forksNeeded} ${budget}`;
  return [{ code: 'precision', message: `${found}; ${would} would do, as far as these forks tell` }];
}

/** Two digits, upwards. */
function roundedSeconds(ms: number): number {
  const seconds = Math.ceil(ms / 1_000);
  const step = 10 ** Math.max(0, Math.floor(Math.log10(seconds)) - 1);
  return Math.ceil(seconds / step) * step;
}
