import { describe, expect, it } from 'vitest';
import { reasonToStop } from '../../src/measure/stopping.js';
import { createRandom, type Random } from '../../src/random.js';
import { compareForks, type ForkComparison } from '../../src/stats/comparison.js';
import { alphaFor, findWinner, significantAmong, verdictOf } from '../../src/stats/verdict.js';
import { makeMeasurement } from '../support/report-fixture.js';

/**
 * Experiments with invented executors, through the code that ships: `reasonToStop` after each fork, `compareForks`,
 * Holm. The seed is fixed, so each rate below is one number that only a change of the method can move.
 */
const EXPERIMENTS = 2_000;
const ROUNDS = 5;
const FORK_MS = 1_000;
const OUTLIER_SHARE = 0.05;
/** An outlier takes 1.2 to 2.2 times as long: on average e^0.5. */
const OUTLIER_LOG = { min: Math.log(1.2), max: Math.log(2.2) };

const measurement = makeMeasurement({ rounds: ROUNDS, budgetMs: 1e9, mostBudgetMs: 1e9 });

interface World {
  /** True ln(throughput) of each executor; the first is the baseline. */
  readonly logSpeeds: readonly number[];
  /** Standard deviations of the log *ratio* of two executors. */
  readonly forkSd: number;
  readonly roundSd: number;
  readonly outliers?: boolean;
}

/** Marsaglia's polar method. */
function normal(random: Random): () => number {
  let spare: number | null = null;
  return () => {
    if (spare !== null) {
      const value = spare;
      spare = null;
      return value;
    }
    for (;;) {
      const u = 2 * random.next() - 1;
      const v = 2 * random.next() - 1;
      const square = u * u + v * v;
      if (square >= 1 || square === 0) continue;
      const factor = Math.sqrt((-2 * Math.log(square)) / square);
      spare = v * factor;
      return u * factor;
    }
  };
}

class Experiment {
  readonly #world: World;
  readonly #random: Random;
  readonly #normal: () => number;
  /** ln(throughput) by executor, fork and round. */
  readonly #trials: number[][][];

  constructor(world: World, random: Random, gauss: () => number) {
    this.#world = world;
    this.#random = random;
    this.#normal = gauss;
    this.#trials = world.logSpeeds.map(() => []);
  }

  /** @returns the comparisons of the rivals with the baseline */
  run(): ForkComparison[] {
    let comparisons: ForkComparison[] = [];
    for (let forksDone = 0; ; forksDone++) {
      const reason = reasonToStop({
        measurement,
        forksDone,
        halfWidthsLog: comparisons.map(({ halfWidthLog }) => halfWidthLog),
        elapsedMs: forksDone * FORK_MS,
        forkDurationsMs: new Array<number>(forksDone).fill(FORK_MS),
      });
      if (reason !== null) return comparisons;
      this.#runFork();
      comparisons = this.#trials.slice(1).map((_, rival) => this.compare(rival + 1, 0));
    }
  }

  compare(executor: number, other: number): ForkComparison {
    const logRatios = this.#trials[executor]!.map((fork, f) =>
      fork.map((value, round) => value - this.#trials[other]![f]![round]!),
    );
    return compareForks(logRatios, 'stopping');
  }

  #runFork(): void {
    const { logSpeeds, forkSd, roundSd } = this.#world;
    logSpeeds.forEach((logSpeed, executor) => {
      const ofFork = logSpeed + (forkSd / Math.SQRT2) * this.#normal();
      const trial = () => ofFork + (roundSd / Math.SQRT2) * this.#normal() - this.#outlier();
      this.#trials[executor]!.push(Array.from({ length: ROUNDS }, trial));
    });
  }

  #outlier(): number {
    if (this.#world.outliers !== true || this.#random.next() >= OUTLIER_SHARE) return 0;
    return OUTLIER_LOG.min + (OUTLIER_LOG.max - OUTLIER_LOG.min) * this.#random.next();
  }
}

/** Share of experiments in which something holds. */
function rateOf(
  world: World,
  holds: (comparisons: ForkComparison[], experiment: Experiment) => boolean,
): number {
  const random = createRandom(20_240_601);
  const gauss = normal(random);
  let count = 0;
  for (let i = 0; i < EXPERIMENTS; i++) {
    const experiment = new Experiment(world, random, gauss);
    if (holds(experiment.run(), experiment)) count++;
  }
  return count / EXPERIMENTS;
}

const equal = (executors: number) => new Array<number>(executors).fill(0);

function verdictsOf(comparisons: readonly ForkComparison[]) {
  const significant = significantAmong(comparisons, alphaFor('stopping'));
  return comparisons.map((comparison, i) => verdictOf(comparison, significant[i]!, null));
}

function winnerOf(executors: number, experiment: Experiment): string | null {
  const ids = equal(executors).map((_, i) => String(i));
  const compare = (a: string, b: string) => experiment.compare(Number(a), Number(b));
  return findWinner(ids, '0', compare, alphaFor('stopping'));
}

const FORK_SDS = [0, 0.01, 0.03];
const ROUND_SDS = [0.01, 0.03, 0.08];
const CELLS = FORK_SDS.flatMap(forkSd =>
  ROUND_SDS.flatMap(roundSd => [false, true].map(outliers => ({ forkSd, roundSd, outliers }))),
);

describe('the stopping loop', () => {
  it.each(CELLS)('covers the true ratio in ≥ 93 %: %o', cell => {
    const truth = Math.log(0.9);
    const coverage = rateOf({ logSpeeds: [0, truth], ...cell }, ([rival]) => {
      const ratio = Math.exp(truth);
      return rival!.low! <= ratio && ratio <= rival!.high!;
    });
    expect(coverage).toBeGreaterThanOrEqual(0.93);
  });

  it.each(CELLS)('claims no more than 5 % differences of an executor with itself: %o', cell => {
    const claims = rateOf({ logSpeeds: equal(2), ...cell }, comparisons =>
      verdictsOf(comparisons).some(verdict => verdict !== 'no difference shown'),
    );
    expect(claims).toBeLessThanOrEqual(0.05);
  });

  it.each([
    { forkSd: 0.003, roundSd: 0.01, executors: 2 },
    { forkSd: 0.003, roundSd: 0.01, executors: 6 },
    { forkSd: 0.01, roundSd: 0.03, executors: 2 },
    { forkSd: 0.01, roundSd: 0.03, executors: 6 },
    { forkSd: 0.01, roundSd: 0.03, executors: 2, outliers: true },
  ])('finds 5 % slower in ≥ 80 %, with Holm: %o', ({ executors, ...cell }) => {
    const logSpeeds = [...equal(executors - 1), Math.log(0.95)];
    const found = rateOf({ logSpeeds, ...cell }, comparisons => verdictsOf(comparisons).at(-1) === 'slower');
    expect(found).toBeGreaterThanOrEqual(0.8);
  });

  it.each([3, 6])('makes any claim of %d equal executors, or a winner, in ≤ 5 %', executors => {
    for (const cell of [
      { forkSd: 0.003, roundSd: 0.01 },
      { forkSd: 0.01, roundSd: 0.03 },
      { forkSd: 0.03, roundSd: 0.08, outliers: true },
    ]) {
      let winners = 0;
      const claims = rateOf({ logSpeeds: equal(executors), ...cell }, (comparisons, experiment) => {
        if (winnerOf(executors, experiment) !== null) winners++;
        return verdictsOf(comparisons).some(verdict => verdict !== 'no difference shown');
      });
      expect(claims).toBeLessThanOrEqual(0.05);
      expect(winners / EXPERIMENTS).toBeLessThanOrEqual(0.05);
    }
  });
});
