import { isAnswer } from '../alternatives.js';
import type {
  Comparison,
  Finding,
  Measurement,
  Precision,
  ScenarioResult,
  StopReason,
} from '../schema/index.js';
import { budgetForPrecision, forksForPrecision } from '../stats/precision.js';

export interface PrecisionRequest
  extends Pick<ScenarioResult, 'comparisons' | 'baseline' | 'executors' | 'elapsedMs'> {
  readonly measurement: Measurement;
  readonly leader: string;
  /** Those that no further fork makes more precise. */
  readonly without: ReadonlySet<string>;
  readonly forkDurationsMs: readonly number[];
}

/**
 * What became of the wanted precision, over the comparisons that a report shows: those with the baseline, the
 * leader's, and those of alternatives. (The stopping rule waits for the baseline's only: it must not look at who leads.) Null where nothing was
 * compared. Pure.
 */
export function precisionOf(asked: PrecisionRequest): Precision | null {
  const { measurement, comparisons, baseline, leader, without, executors } = asked;
  const { precision: wanted, minForks } = measurement;
  const wantedLog = Math.log1p(wanted);
  const variants = executors.map(({ variant }) => variant);
  const shown = comparisons.filter(
    c =>
      c.ratio !== null &&
      [baseline, leader].some(id => isAnswer(c, variants, id)) &&
      !without.has(c.executor) &&
      !without.has(c.baseline),
  );
  if (shown.length === 0) return null;
  const widths = shown.flatMap(comparison => {
    const halfWidthLog = halfWidthLogOf(comparison);
    return halfWidthLog === null ? [] : [{ ...comparison, halfWidthLog }];
  });
  const wide = widths.filter(({ halfWidthLog }) => halfWidthLog > wantedLog);
  const [widest = null] = widths.toSorted((a, b) => b.halfWidthLog - a.halfWidthLog);
  const forksNeeded =
    widths.length === 0
      ? minForks
      : Math.max(0, ...wide.map(width => forksForPrecision({ ...width, wantedLog })));
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
function cutMsPerFork({ executors, measurement }: PrecisionRequest): number {
  return executors.reduce((sum, { rounds, forks, coldOnly, wallMs }) => {
    if (coldOnly || forks === 0 || wallMs.median === null) return sum;
    return sum + Math.max(0, measurement.rounds - rounds / forks) * wallMs.median;
  }, 0);
}

/** A wide interval is as true as a narrow one, so that this is a note: but nobody must think that it is what was asked for. */
export function precisionFindings(
  precision: Precision | null,
  { maxForks }: Measurement,
  stoppedBy: StopReason,
): Finding[] {
  if (precision === null || precision.missed === 0 || precision.widest === null) return [];
  const { widest, forksNeeded } = precision;
  // A budget alone does not lead past the most forks, nor past a stop by the precision of other comparisons.
  const isOutOfTime = stoppedBy === 'budget' || stoppedBy === 'interrupted';
  const byBudgetAlone = isOutOfTime && (forksNeeded ?? 0) <= maxForks;
  const values = { ...precision, widest, byBudgetAlone };
  return [{ code: 'precision-missed', severity: 'note', subjects: [], values }];
}

/** Of the interval of ln(ratio): compare with ln(1 + precision). Null where there is no interval. */
export function halfWidthLogOf({ low, high }: Pick<Comparison, 'low' | 'high'>): number | null {
  return low === null || high === null ? null : Math.log(high / low) / 2;
}
