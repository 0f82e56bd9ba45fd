import { TRIAL_OVERHEAD_MS } from '../analysis/expected.js';
import { loadRulesOf } from '../analysis/load-rules.js';
import type { OriginSettings, Scenario } from '../schema/index.js';
import { allocateRounds, type ById } from './rounds.js';

/** What the rounds of each fork are made of. */
export interface RoundPlan {
  /** Warm ones a fork. */
  readonly rounds: ById;
  /** How many times each runs its batch in a trial; once where it is not named. */
  readonly repeats: ById;
}

/**
 * Decided by the first fork, from time alone.
 *
 * @param walls typical wall times of a warm batch, ms
 */
export function planRounds(
  scenario: Scenario,
  walls: ById,
  { forkBudgetMs, spentMs }: { readonly forkBudgetMs: number; readonly spentMs: number },
): RoundPlan {
  const { plannedTrialMs } = loadRulesOf(scenario);
  const repeats = repeatsOf(walls, scenario, forkBudgetMs - spentMs, TRIAL_OVERHEAD_MS);
  const trialMs = Object.entries(walls).map(
    ([id, wallMs]) => [id, plannedTrialMs ?? wallMs * (repeats[id] ?? 1)] as const,
  );
  const rounds = allocateRounds({
    wallMs: Object.fromEntries(trialMs),
    spentMs,
    overheadMs: TRIAL_OVERHEAD_MS,
    rounds: scenario.measurement.rounds,
    forkBudgetMs,
  });
  return { rounds, repeats };
}

function drawsAtRandom({ latency, errorRate, resetRate, stallRate, brokenRate }: OriginSettings): boolean {
  return latency.kind !== 'fixed' || errorRate + resetRate + stallRate + brokenRate > 0;
}

/** Long enough that a wake-up or a collection of garbage is not half of it. */
const WANTED_TRIAL_MS = 150;
const SHORTEST_TRIAL_MS = 40;
/** What lies between batches takes time too. */
const MOST_REPEATS = 500;

/**
 * How many times each executor runs its batch in a trial: so that a trial is long enough to be precise, if the fork's
 * budget has room for that. Long batches are run once.
 */
export function repeatsOf(walls: ById, scenario: Scenario, roomMs: number, overheadMs: number): ById {
  const { origin, measurement } = scenario;
  // A batch run again in the same trial would meet the same delays and faults: samples that are none.
  if (loadRulesOf(scenario).plannedTrialMs !== null || (origin !== null && drawsAtRandom(origin))) return {};
  const entries = Object.entries(walls);
  // Long batches take part in one round at least; the others share what is left.
  const long = entries.map(([, wallMs]) => wallMs).filter(wallMs => wallMs > WANTED_TRIAL_MS);
  const shared = roomMs - long.reduce((sum, wallMs) => sum + wallMs + overheadMs, 0);
  const eachMs = shared / Math.max(1, (entries.length - long.length) * measurement.rounds) - overheadMs;
  const wantedMs = Math.min(WANTED_TRIAL_MS, Math.max(SHORTEST_TRIAL_MS, eachMs));
  return Object.fromEntries(
    entries.map(([id, wallMs]) => [id, Math.max(1, Math.min(MOST_REPEATS, Math.round(wantedMs / wallMs)))]),
  );
}
