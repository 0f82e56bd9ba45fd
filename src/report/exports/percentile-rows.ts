import type { Distribution, TimesHistogram } from '../../schema/index.js';
import { rankOf } from '../../stats/quantile.js';

/** A line of a percentile distribution: so many tasks took at most so long. */
export interface PercentileRow {
  readonly valueMs: number;
  /** 0 … 1. */
  readonly percentile: number;
  readonly tasks: number;
}

/** HdrHistogram's own default. */
const TICKS_PER_HALF_DISTANCE = 5;

/** As HdrHistogram walks through its buckets: the distance of two percentiles halves whenever that to 100 % does. */
export function rowsOfHistogram({ upToMs, counts }: TimesHistogram): PercentileRow[] {
  const count = counts.reduce((sum, tasks) => sum + tasks, 0);
  const rows: PercentileRow[] = [];
  let bucket = 0;
  let tasks = counts[0] ?? 0;
  for (let percentile = 0; ; percentile = nextPercentile(percentile)) {
    for (const rank = rankOf(percentile, count); tasks < rank; ) tasks += counts[++bucket]!;
    rows.push({ valueMs: upToMs[bucket]!, percentile, tasks });
    if (tasks === count) break;
  }
  return [...rows, { valueMs: upToMs.at(-1)!, percentile: 1, tasks: count }];
}

function nextPercentile(percentile: number): number {
  const halves = Math.floor(Math.log2(1 / (1 - percentile))) + 1;
  return percentile + 1 / (TICKS_PER_HALF_DISTANCE * 2 ** halves);
}

/** The few that results without a histogram have, each with its nearest rank. */
export function rowsOfDistribution({ count, min, p50, p90, p99, p999, max }: Distribution): PercentileRow[] {
  const known: readonly (readonly [number, number | null])[] = [
    [0, min],
    [0.5, p50],
    [0.9, p90],
    [0.99, p99],
    [0.999, p999],
    [1, max],
  ];
  return known.flatMap(([percentile, valueMs]) =>
    valueMs === null ? [] : [{ valueMs, percentile, tasks: rankOf(percentile, count) }],
  );
}
