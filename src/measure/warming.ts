import { type ExecutorVariant, LONGER_FORK, type Measurement } from '../schema/index.js';
import { median } from '../stats/quantile.js';
import type { WarmUpAim } from '../trial/warm-up.js';
import type { Fork } from './fork.js';
import type { ById } from './rounds.js';
import { hasLongerFork } from './warm-costs.js';
import type { Warming } from './warm-plan.js';

/**
 * Brings all executors of a fork to their speed, after its cold round.
 *
 * @returns the least tasks that any worker of the fork was given; null where nobody counted, or CPU time was enough
 */
export async function warmFork(
  fork: Fork,
  warming: Exclude<Warming, { kind: 'none' }>,
  executors: readonly ExecutorVariant[],
  measurement: Measurement,
): Promise<number | null> {
  if (warming.kind === 'time') {
    const ms = timeOf(warming, fork.number, measurement);
    for (const { id } of executors) {
      const leftMs = ms - (fork.coldWallMs(id) ?? ms);
      if (leftMs > 0) await fork.warmUp(id, forSoLong(leftMs));
    }
    return null;
  }
  // No clock is read meanwhile: side by side it takes half the time on two cores.
  const warmed = await Promise.all(
    executors.map(variant => fork.warmUp(variant.id, aimOf(variant, warming, fork.number, measurement))),
  );
  const leastTasks = warmed.flatMap(one => (one === null || one.byCpu ? [] : [one.leastTasks]));
  return leastTasks.length === 0 ? null : Math.min(...leastTasks);
}

/** For trials that are in no figure, in a fork without a cold round. */
export async function warmUncounted(
  fork: Fork,
  warming: Warming,
  executors: readonly ExecutorVariant[],
  measurement: Measurement,
): Promise<void> {
  if (warming.kind === 'none') return;
  for (const variant of executors) {
    const aim =
      warming.kind === 'time' ? forSoLong(warming.ms) : aimOf(variant, warming, fork.number, measurement);
    await fork.warmUp(variant.id, aim);
  }
}

/** Of one executor in a fork, its cold trial included. */
export function timeOf(
  { ms, isDoubled }: Extract<Warming, { kind: 'time' }>,
  fork: number,
  measurement: Measurement,
): number {
  return isDoubled === true ? ms * timesOf(fork, measurement) : ms;
}

/** As long as the others, or twice as long. */
function timesOf(fork: number, measurement: Measurement): number {
  return fork === LONGER_FORK && hasLongerFork(measurement) ? 2 : 1;
}

const LEAST_LIMIT_MS = 20_000;
const LIMIT_FACTOR = 10;
/**
 * Of the CPU time that its isolates need. The number of tasks is that of a loop: where handing out a task costs 20 times what
 * is in it, a pool would compute for minutes until each of its workers has had as many, and is warm long before.
 */
const ENOUGH_FACTOR = 1.5;

/** What one host runs in a fork. */
export function aimOf(
  { threads }: Pick<ExecutorVariant, 'threads'>,
  { need, byCpu }: Extract<Warming, { kind: 'need' }>,
  fork: number,
  measurement: Measurement,
): WarmUpAim {
  const times = timesOf(fork, measurement);
  const cpuMs = times * need.cpuMs * threads;
  return {
    tasksPerWorker: byCpu ? 0 : times * need.tasks,
    cpuMs: byCpu ? cpuMs : 0,
    wallMs: 0,
    ...(cpuMs > 0 && !byCpu && { enoughCpuMs: ENOUGH_FACTOR * cpuMs }),
    // A pool that leaves one of its workers without tasks would go on for ever.
    mostMs: LEAST_LIMIT_MS + LIMIT_FACTOR * cpuMs,
  };
}

/** A batch that takes longer is a sample by itself. */
const SAMPLE_MS = 150;

/** Typical walls of a warm batch, ms: several of short ones, one after the other with nothing else running. */
export async function sampleWalls(
  fork: Fork,
  executors: readonly ExecutorVariant[],
  warming: Warming,
): Promise<ById> {
  const walls: Record<string, number> = {};
  for (const { id } of executors) {
    const coldMs = fork.coldWallMs(id);
    const isWarm = warming.kind === 'time' && coldMs !== null && coldMs >= warming.ms;
    const sampled = isWarm ? [coldMs] : (await fork.warmUp(id, forSoLong(SAMPLE_MS)))?.passesMs;
    const typicalMs = sampled === undefined ? null : median(sampled);
    if (typicalMs !== null) walls[id] = typicalMs;
  }
  return walls;
}

function forSoLong(ms: number): WarmUpAim {
  return { tasksPerWorker: 0, cpuMs: 0, wallMs: ms, mostMs: ms };
}
