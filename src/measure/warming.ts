import { loadRulesOf } from '../analysis/load-rules.js';
import type { OriginSettings, Scenario, WarmedUp } from '../schema/index.js';
import { median } from '../stats/quantile.js';
import type { Fork } from './fork.js';
import { aimOf, type Warming } from './warm-plan.js';

/** What the rounds of a fork are shared out by: typical wall times of a warm batch by executor, ms. */
export type WarmWalls = Readonly<Record<string, number>>;

/** The least tasks that any worker of the fork was given; null where nobody counted. */
export interface Warmed {
  readonly leastTasks: number | null;
}

/** Brings all executors of a fork to their speed, after its cold round. */
export async function warmFork(
  fork: Fork,
  warming: Warming,
  { executors, measurement }: Pick<Scenario, 'executors' | 'measurement'>,
  number: number,
  signal: AbortSignal,
): Promise<Warmed> {
  switch (warming.kind) {
    case 'none':
      return { leastTasks: null };
    case 'time':
      for (const { id } of executors) {
        signal.throwIfAborted();
        const leftMs = warming.ms - (fork.coldWallMs(id) ?? warming.ms);
        if (leftMs > 0) await fork.warmUp(id, forSoLong(leftMs));
      }
      return { leastTasks: null };
    case 'need': {
      // No clock is read meanwhile: side by side it takes half the time on two cores.
      const warmed = await Promise.all(
        executors.map(variant => fork.warmUp(variant.id, aimOf(variant, warming, number, measurement))),
      );
      signal.throwIfAborted();
      const known = warmed.filter((one): one is WarmedUp => one !== null);
      return { leastTasks: known.length === 0 ? null : Math.min(...known.map(one => one.leastTasks)) };
    }
  }
}

/** A batch that takes longer is a sample by itself. */
const SAMPLE_MS = 150;

/** Typical walls of a warm batch: several of short ones, one after the other with nothing else running. */
export async function sampleWalls(
  fork: Fork,
  ids: readonly string[],
  warming: Warming,
  signal: AbortSignal,
): Promise<WarmWalls> {
  const walls: Record<string, number> = {};
  for (const id of ids) {
    signal.throwIfAborted();
    const coldMs = fork.coldWallMs(id);
    const isWarm = warming.kind === 'time' && coldMs !== null && coldMs >= warming.ms;
    const sampled = isWarm ? [coldMs] : (await fork.warmUp(id, forSoLong(SAMPLE_MS)))?.passesMs;
    const typicalMs = sampled === undefined ? null : median(sampled);
    if (typicalMs !== null) walls[id] = typicalMs;
  }
  return walls;
}

function forSoLong(ms: number) {
  return { tasksPerWorker: 0, cpuMs: 0, wallMs: ms, mostMs: ms };
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
export function repeatsOf(
  walls: WarmWalls,
  scenario: Scenario,
  roomMs: number,
  overheadMs: number,
): Readonly<Record<string, number>> {
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
