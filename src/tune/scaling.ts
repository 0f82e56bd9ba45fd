import type { Scaling, TuneFork, TunePoint } from '../schema/index.js';
import { FORKS_FOR_INTERVAL, trimmedMean } from '../stats/comparison.js';
import { fitScalingLaw, SIZES_FOR_LAW } from '../stats/scaling-law.js';
import { isJudged } from './finalists.js';

/**
 * How throughput grows with the threads of what was chosen, from forks in which at least six numbers of them ran, with all else
 * the same. A search drops sizes as soon as it can, and runs none whose ideal is too low, so that a law has too few of them
 * more often than not. Null: no six numbers of threads were in its space, or it is no question of threads.
 */
export function scalingOf(
  points: readonly TunePoint[],
  forks: readonly TuneFork[],
  choice: string,
): Scaling | null {
  const chosen = points.find(({ id }) => id === choice);
  // What is measured at a rate is no throughput.
  if (chosen === undefined || chosen.workers === 0 || isJudged(forks)) return null;
  const along = points.filter(point => isAlong(point, chosen)).toSorted((a, b) => a.workers - b.workers);
  const isRun = ({ id }: TunePoint) => forks.some(fork => logOf(fork, id) !== null);
  if (along.filter(point => point.tier === 0 || isRun(point)).length < SIZES_FOR_LAW) return null;
  const sets = forks
    .map(fork => along.filter(({ id }) => logOf(fork, id) !== null))
    .toSorted((a, b) => b.length - a.length);
  const isEnough = (set: readonly TunePoint[]) =>
    set.length >= SIZES_FOR_LAW && logsOf(forks, set).length >= FORKS_FOR_INTERVAL;
  const largest = sets.find(isEnough) ?? sets[0] ?? [];
  const sizes = largest.map(({ workers }) => workers);
  const found = fitScalingLaw(sizes, logsOf(forks, largest));
  const law = typeof found === 'string' ? null : found;
  const series = [chosen.executor, chosen.setting].filter(text => text !== '').join(' ');
  return { series, sizes, leftOut: [], law, why: typeof found === 'string' ? found : null };
}

/** The same but for its threads. */
function isAlong(point: TunePoint, other: TunePoint): boolean {
  return (
    point.executor === other.executor &&
    point.setting === other.setting &&
    point.uvThreads === other.uvThreads &&
    point.inFlightPerWorker === other.inFlightPerWorker
  );
}

function logOf({ logs }: TuneFork, id: string): number | null {
  const known = (logs[id] ?? []).filter(log => log !== null);
  return known.length === 0 ? null : trimmedMean(known);
}

/** Of each fork in which all of them ran. */
function logsOf(forks: readonly TuneFork[], set: readonly TunePoint[]): number[][] {
  return forks.flatMap(fork => {
    const logs = set.flatMap(({ id }) => logOf(fork, id) ?? []);
    return logs.length === set.length ? [logs] : [];
  });
}
