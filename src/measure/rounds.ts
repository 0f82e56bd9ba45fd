import { createRandom, hash32, shuffle } from '../random.js';
import type { Measurement } from '../schema/index.js';

/** The order that the rounds of a fork are made from: another for each fork, the same for the same seed. */
export function baseOrder<Item>(items: readonly Item[], seed: number, fork: number): Item[] {
  return shuffle(items, createRandom(hash32(seed, 'order', fork)));
}

/**
 * Who runs when in a round: rounds come in pairs, the second reversed (so that nobody always follows the same one),
 * and each pair is rotated by one place. Over 2n rounds every one of n executors has been twice at each place.
 *
 * Rotating at *every* round would undo the reversal for two executors: the first would stay the first.
 *
 * @param base see `baseOrder`
 * @param round from 0, the cold one
 */
export function orderOfRound<Item>(base: readonly Item[], round: number): Item[] {
  const shift = Math.floor(round / 2) % Math.max(1, base.length);
  const rotated = [...base.slice(shift), ...base.slice(0, shift)];
  return round % 2 === 1 ? rotated.reverse() : rotated;
}

/**
 * Whether an executor with `rounds` of `ofRounds` warm rounds runs in this one, the same in each fork.
 *
 * Who has fewer rounds runs in rounds that all others run in too: ratios are taken within rounds, so two executors must
 * never miss each other.
 *
 * @param round 1 … ofRounds; 0, the cold one, is everybody's
 */
export function participates(round: number, rounds: number, ofRounds: number): boolean {
  return round === 0 || roundsByPreference(ofRounds).slice(0, rounds).includes(round);
}

/** The middle round, and then always the one that is farthest from those chosen: 3, 1, 5, 2, 4 of five. */
function roundsByPreference(ofRounds: number): number[] {
  const left = Array.from({ length: ofRounds }, (_, at) => at + 1);
  const chosen = left.splice(Math.floor((ofRounds - 1) / 2), 1);
  const distance = (round: number) => Math.min(...chosen.map(other => Math.abs(other - round)));
  while (left.length > 0) {
    const farthest = left.reduce((a, b) => (distance(b) > distance(a) ? b : a));
    chosen.push(...left.splice(left.indexOf(farthest), 1));
  }
  return chosen;
}

/**
 * A fork's share of the budget: room for the fixed number of forks, or for one more than the fewest that stopping
 * takes, since forks are not all as long as the first.
 */
export function forkBudgetOf({ forks, minForks, budgetMs }: Measurement): number {
  return budgetMs / (forks ?? minForks + 1);
}

/** A figure of each executor, by id. */
export type ById = Readonly<Record<string, number>>;

export interface RoundsRequest {
  /** Wall time of each executor's latest warm-up, by id: the prediction of its rounds. */
  readonly wallMs: ById;
  /** What the fork has taken so far: start-up, cold trials, warm-up. */
  readonly spentMs: number;
  /** What a trial takes beside its wall time. */
  readonly overheadMs: number;
  /** Warm rounds wanted. */
  readonly rounds: number;
  readonly forkBudgetMs: number;
}

/** A third round is what makes an outlier harmless: the trimmed mean of three is their median. */
const ROUNDS_FOR_ROBUSTNESS = 3;
/** An executor of which one warm round takes more than this share of the fork's budget runs once a fork. */
const ONCE_SHARE = 1 / 3;

/**
 * Warm rounds a fork, by id. Decided once, from the warm-up of the first fork, so never by a comparison.
 *
 * Everyone gets all rounds if that fits the fork's budget. Otherwise
 * 1. an executor of which one warm round exceeds `ONCE_SHARE` gets 0: its cold trials are its only ones;
 * 2. rounds are taken, one by one, from the executor whose remaining rounds cost most. A fast executor (one that
 *    would keep to its even share of the budget with all its rounds) keeps three, any other one;
 * 3. that stays so where it does not fit: then there are fewer forks, as giving up the fast rounds would save little.
 */
export function allocateRounds(asked: RoundsRequest): ById {
  const { rounds, forkBudgetMs, overheadMs } = asked;
  const costs = Object.entries(asked.wallMs).map(([id, wallMs]) => ({ id, ms: wallMs + overheadMs }));
  const evenRoundMs = forkBudgetMs / (costs.length * (rounds + 1));

  const allocated = new Map(costs.map(({ id }) => [id, rounds]));
  const left = (id: string) => allocated.get(id) ?? 0;
  const fits = () => costs.reduce((sum, { id, ms }) => sum + left(id) * ms, asked.spentMs) <= forkBudgetMs;
  if (!fits()) for (const { id, ms } of costs) if (ms > ONCE_SHARE * forkBudgetMs) allocated.set(id, 0);
  while (!fits()) {
    const giving = costs.filter(
      ({ id, ms }) => left(id) > (ms <= evenRoundMs ? Math.min(rounds, ROUNDS_FOR_ROBUSTNESS) : 1),
    );
    if (giving.length === 0) break;
    const dearest = giving.reduce((a, b) => (b.ms * left(b.id) > a.ms * left(a.id) ? b : a));
    allocated.set(dearest.id, left(dearest.id) - 1);
  }
  return Object.fromEntries(allocated);
}
