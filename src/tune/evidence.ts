import type { TuneFork, TunePoint } from '../schema/index.js';
import { compareForks, type ForkComparison, meanOf, trimmedMean } from '../stats/comparison.js';

export function confirmsOf(forks: readonly TuneFork[]): readonly TuneFork[] {
  return forks.filter(({ phase }) => phase === 'confirm');
}

export function beforeConfirm(forks: readonly TuneFork[]): readonly TuneFork[] {
  return forks.filter(({ phase }) => phase !== 'confirm');
}

/** ln(one ÷ other) of each fork that both ran in, paired within rounds. */
export function logRatios(forks: readonly TuneFork[], one: string, other: string): number[][] {
  return forks.flatMap(({ logs }) => {
    const [a, b] = [logs[one], logs[other]];
    if (a === undefined || b === undefined) return [];
    const paired = a.flatMap((log, round) => {
      const against = b[round];
      return log === null || against == null ? [] : [log - against];
    });
    return paired.length === 0 ? [] : [paired];
  });
}

/** Looked at after each fork, so the interval is the one that allows for that. */
export function compared(forks: readonly TuneFork[], one: string, other: string): ForkComparison {
  return compareForks(logRatios(forks, one, other), 'stopping');
}

/** ln of what a point does, over the forks it ran in; null where it never did. */
export function estimate(forks: readonly TuneFork[], id: string): number | null {
  const perFork = forks.flatMap(({ logs }) => {
    const known = (logs[id] ?? []).filter(log => log !== null);
    return known.length === 0 ? [] : [trimmedMean(known)];
  });
  return perFork.length === 0 ? null : meanOf(perFork);
}

/**
 * Standard deviation of one trial's logarithm, from the differences between rounds of the same fork: what a screen of
 * two rounds can tell.
 */
export function roundNoise(forks: readonly TuneFork[]): number {
  let squares = 0;
  let freedom = 0;
  for (const { logs } of forks) {
    for (const rounds of Object.values(logs)) {
      const known = rounds.filter(log => log !== null);
      if (known.length < 2) continue;
      const mean = meanOf(known);
      squares += known.reduce((sum, log) => sum + (log - mean) ** 2, 0);
      freedom += known.length - 1;
    }
  }
  return freedom === 0 ? 0 : Math.sqrt(squares / freedom);
}

export function bestOf(points: readonly TunePoint[], forks: readonly TuneFork[]): TunePoint | null {
  let best: TunePoint | null = null;
  for (const point of points) {
    const seen = estimate(forks, point.id);
    if (seen !== null && (best === null || seen > estimate(forks, best.id)!)) best = point;
  }
  return best;
}

export function isMeasured(forks: readonly TuneFork[], { id }: TunePoint): boolean {
  return forks.some(({ logs }) => logs[id] !== undefined);
}
