import { createRandom, hash32 } from '../random.js';
import { FORKS_FOR_INTERVAL, meanOf } from './comparison.js';
import { lackOfFit } from './lack-of-fit.js';
import { tQuantile } from './student-t.js';

/** A figure with its 95 % interval. */
export interface Bounded {
  readonly value: number;
  readonly low: number;
  readonly high: number;
}

/** C(N) = γN ÷ (1 + α(N − 1) + βN(N − 1)). */
export interface ScalingLaw {
  /** Of one. */
  readonly gamma: number;
  /** Contention: the share of the work that only one can do at a time. 0 … 1. */
  readonly alpha: Bounded;
  /** Coherency: what each pair costs each other. */
  readonly beta: Bounded;
  /** Where throughput is highest; null: no peak is shown. */
  readonly peak: number | null;
  /** C(N) ÷ γN at the largest size. */
  readonly efficiency: number;
  /** Where it is farthest from what was measured, if it does not fit; null: it does, for all that is known. */
  readonly misfit: { readonly threads: number; readonly share: number } | null;
}

/** Why there is no law; `short range`: throughput still grew almost as the number of threads where the sizes end. */
export type NoLaw = 'few sizes' | 'few forks' | 'short range';

const PARAMETERS = 3;
/** They need as many sizes again to be checked against. */
export const SIZES_FOR_LAW = 2 * PARAMETERS;
/** Above that share of proportional growth nobody has seen the knee. */
const MOST_EFFICIENCY = 0.75;
/** A peak beyond that much of the largest size is a guess. */
const FARTHEST_PEAK = 1.5;
const RESAMPLES = 200;
const Z_975 = 1.96;

/**
 * Gunther's universal scalability law over numbers of threads, least squares on logarithms (Gunther, Guerrilla Capacity
 * Planning, 2007). Forks are what is resampled for the intervals, as they are the units of all inference here; with few of them
 * a bootstrap is too narrow, so its distances are widened by Student's t and √(n ÷ (n − 1)).
 *
 * @param sizes ascending, distinct
 * @param logs ln(throughput) by fork, and in it by size
 */
export function fitScalingLaw(
  sizes: readonly number[],
  logs: readonly (readonly number[])[],
): ScalingLaw | NoLaw {
  if (sizes.length < SIZES_FOR_LAW) return 'few sizes';
  const n = logs.length;
  if (n < FORKS_FOR_INTERVAL) return 'few forks';
  const best = solve(sizes, meansOf(logs));
  const largest = sizes.at(-1)!;
  const efficiency = 1 / loss(largest, best.alpha, best.beta);
  if (efficiency > MOST_EFFICIENCY) return 'short range';
  const random = createRandom(hash32(n, 'scaling law', ...sizes));
  const again = Array.from({ length: RESAMPLES }, () =>
    solve(sizes, meansOf(logs.map(() => logs[random.int(n)]!))),
  );
  const wider = (tQuantile(0.975, n - 1) / Z_975) * Math.sqrt(n / (n - 1));
  const bounded = (value: number, all: readonly number[], most: number): Bounded => {
    const ascending = all.toSorted((a, b) => a - b);
    const at = (share: number) => ascending[Math.round(share * (ascending.length - 1))]!;
    const low = Math.max(0, value - wider * (value - at(0.025)));
    return { value, low, high: Math.min(most, value + wider * (at(0.975) - value)) };
  };
  const alpha = bounded(
    best.alpha,
    again.map(one => one.alpha),
    1,
  );
  const beta = bounded(
    best.beta,
    again.map(one => one.beta),
    Number.POSITIVE_INFINITY,
  );
  const peak = beta.value > 0 ? Math.sqrt((1 - alpha.value) / beta.value) : Number.POSITIVE_INFINITY;
  const isShown = beta.low > 0 && peak <= FARTHEST_PEAK * largest;
  return {
    gamma: Math.exp(best.logGamma),
    alpha,
    beta,
    peak: isShown ? peak : null,
    efficiency,
    misfit: misfitOf(sizes, logs, best),
  };
}

function misfitOf(
  sizes: readonly number[],
  logs: readonly (readonly number[])[],
  { logGamma, alpha, beta }: Fit,
): ScalingLaw['misfit'] {
  const curve = sizes.map(size => logGamma + Math.log(size) - Math.log(loss(size, alpha, beta)));
  const found = lackOfFit(logs, curve, PARAMETERS);
  return found && { threads: sizes[found.at]!, share: found.share };
}

interface Fit {
  readonly logGamma: number;
  readonly alpha: number;
  readonly beta: number;
}

function meansOf(logs: readonly (readonly number[])[]): number[] {
  return logs[0]!.map((_, at) => meanOf(logs.map(fork => fork[at]!)));
}

/** C(N) of a law. */
export function throughputAt(size: number, gamma: number, alpha: number, beta: number): number {
  return (gamma * size) / loss(size, alpha, beta);
}

/** What N lose: 1 + α(N − 1) + βN(N − 1). */
function loss(size: number, alpha: number, beta: number): number {
  return 1 + alpha * (size - 1) + beta * size * (size - 1);
}

const STEPS = 3;
const REFINEMENTS = 14;
/** Each grid overlaps the next, or the valley could be left. */
const NARROWER = 1.8;
const MOST_BETA = 1;

/** A grid that is refined around its best point: the sum of squares has one valley in α and √β, and its edges are allowed. */
function solve(sizes: readonly number[], logs: readonly number[]): Fit {
  let best: Fit & { readonly squares: number } = { ...fitGamma(sizes, logs, 0, 0) };
  let [alphaWidth, rootWidth] = [1, Math.sqrt(MOST_BETA)];
  for (let refinement = 0; refinement < REFINEMENTS; refinement++) {
    const [alpha, root] = [best.alpha, Math.sqrt(best.beta)];
    for (const nextAlpha of around(alpha, alphaWidth, 1)) {
      for (const nextRoot of around(root, rootWidth, Math.sqrt(MOST_BETA))) {
        const next = fitGamma(sizes, logs, nextAlpha, nextRoot ** 2);
        if (next.squares < best.squares) best = next;
      }
    }
    alphaWidth /= NARROWER;
    rootWidth /= NARROWER;
  }
  return best;
}

function around(value: number, width: number, most: number): number[] {
  const steps = Array.from({ length: 2 * STEPS + 1 }, (_, at) => value + (width * (at - STEPS)) / STEPS);
  return steps.filter(step => step >= 0 && step <= most);
}

/** γ follows from the others: its logarithm is the mean of what is left. */
function fitGamma(sizes: readonly number[], logs: readonly number[], alpha: number, beta: number) {
  const left = sizes.map((size, at) => logs[at]! - Math.log(size) + Math.log(loss(size, alpha, beta)));
  const logGamma = meanOf(left);
  const squares = left.reduce((sum, one) => sum + (one - logGamma) ** 2, 0);
  return { logGamma, alpha, beta, squares };
}
