import { incompleteBeta } from './beta.js';

/** Halvings that a double's precision is worth. */
const BISECTIONS = 60;

/**
 * The largest rate that so few successes leave possible: the exact one-sided upper bound (Clopper & Pearson, 1934).
 * 5 of 100 leave 10.2 %, 0 of 12 leave 22 %, at 95 %.
 *
 * @param successes 0 … trials
 * @param trials at least 1
 * @returns 0 … 1
 */
export function binomialUpperBound(successes: number, trials: number, confidence = 0.95): number {
  if (successes >= trials) return 1;
  return solve(rate => atMost(successes, trials, rate) > 1 - confidence);
}

/** The smallest rate that so many successes leave possible, exact and one-sided. */
export function binomialLowerBound(successes: number, trials: number, confidence = 0.95): number {
  if (successes <= 0) return 0;
  return solve(rate => 1 - atMost(successes - 1, trials, rate) < 1 - confidence);
}

/**
 * The largest number of successes that a process with this rate stays within, with this confidence: what may be
 * accepted of something that keeps its promise.
 */
export function binomialAcceptance(trials: number, rate: number, confidence = 0.99): number {
  let successes = 0;
  while (successes < trials && atMost(successes, trials, rate) < confidence) successes++;
  return successes;
}

/** P(X ≤ successes) of a binomial variable: I_{1−rate}(trials − successes, successes + 1). */
function atMost(successes: number, trials: number, rate: number): number {
  return incompleteBeta(1 - rate, rate, trials - successes, successes + 1);
}

/** The rate up to which `holds` is true. */
function solve(holds: (rate: number) => boolean): number {
  let low = 0;
  let high = 1;
  for (let step = 0; step < BISECTIONS; step++) {
    const middle = (low + high) / 2;
    if (holds(middle)) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}
