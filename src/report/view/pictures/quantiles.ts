import type { Distribution, TimesHistogram } from '../../../schema/index.js';
import { rankOf, samplesFor } from '../../../stats/quantile.js';
import type { CurveView } from '../picture-types.js';

type Point = CurveView['points'][number];

/** Between the percentiles of the table, and beyond them: steps that look even on an axis of log-odds. */
const SHARES = [
  ...[0.1, 0.15, 0.2, 0.3, 0.4, 0.6, 0.7, 0.8, 0.85, 0.95, 0.97, 0.98],
  ...[0.995, 0.997, 0.998, 0.9995, 0.9997, 0.9998, 0.9999],
] as const;

/**
 * Percentiles of a curve, with those of the histogram that have the samples for it (ten beyond them, as all percentiles). The
 * given ones stay as they are. What falls among failed tasks has no time.
 *
 * @param given ascending
 */
export function withQuantiles(
  given: readonly Point[],
  histogram: TimesHistogram,
  times: Distribution,
): Point[] {
  const { count, failed = 0 } = times;
  const most = 1 - failed / (count + failed);
  const known = SHARES.filter(share => samplesFor(Math.max(share, 1 - share)) <= count && share <= most);
  const more = known.map(share => ({ share, valueMs: valueAt(histogram, share), isNamed: false }));
  return evened([...given, ...more].toSorted((a, b) => a.share - b.share));
}

/** The upper end of its bucket. */
function valueAt({ upToMs, counts }: TimesHistogram, share: number): number {
  const rank = rankOf(
    share,
    counts.reduce((sum, tasks) => sum + tasks, 0),
  );
  let bucket = 0;
  for (let tasks = counts[0]!; tasks < rank; ) tasks += counts[++bucket]!;
  return upToMs[bucket]!;
}

/** A bucket's end is not its middle, of which the given ones are made: within one bucket a curve does not go up and down. */
function evened(points: readonly Point[]): Point[] {
  return points.map((point, at) => {
    if (point.isNamed) return point;
    const before = points.slice(0, at).findLast(({ isNamed }) => isNamed)?.valueMs ?? 0;
    const after = points.slice(at).find(({ isNamed }) => isNamed)?.valueMs ?? Number.POSITIVE_INFINITY;
    return { ...point, valueMs: Math.min(after, Math.max(before, point.valueMs)) };
  });
}
