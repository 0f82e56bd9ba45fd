import type { WarmUpBlock } from '../schema/index.js';
import { median } from '../stats/quantile.js';

/** What code needs until V8 has brought it to its speed, in one isolate. */
export interface WarmUpNeed {
  /** Tasks after which it no longer changes; null where nobody looked. */
  readonly settledTasks: number | null;
  /** What each isolate is given: with half as many again, since no isolate is like the other. */
  readonly tasks: number;
  /** CPU time of these, ms. */
  readonly cpuMs: number;
}

export interface Settling {
  readonly settled: boolean;
  /** Where it still changes: the least that it can be. */
  readonly need: WarmUpNeed & { readonly settledTasks: number };
  /**
   * CPU time of the most that a pilot of this length finds when it settles, ms. What one pilot finds and the next differs by
   * several times, as a block more or less was disturbed: a budget that is to hold has room for any of them.
   */
  readonly mostCpuMs: number;
}

/** What a pilot computes at least: code that was flat for a second makes jumps after three. A tenth is left to clocks. */
export const LEAST_PILOT_CPU_MS = 4_000;
const ENOUGH = 0.9;

/** A block that is farther off is of code that still changes. */
const TOLERANCE = 0.05;
/** Of the spread of the blocks that are steady: a block that is not farther off than they are from each other tells nothing. */
const SPREADS = 3;
/** Median absolute deviation × this = standard deviation, of a normal distribution. */
const MAD_TO_SD = 1.4826;
const WIDEST_TOLERANCE = 0.15;
const MARGIN = 1.5;
/** Blocks in a row, at the final speed, from which on that speed was reached. */
const FEWEST_IN_STRETCH = 3;
const STRETCH_SHARE = 0.1;
/** Fewer cannot be divided into thirds and halves. */
const FEWEST_BLOCKS = 6;

/**
 * How many tasks an isolate needs to be warm, from the CPU time of a task in consecutive blocks of a pilot.
 *
 * The level is the median of the final third. The change ends with the last block before a stretch within 5 % of that level;
 * it has ended only if that block lies in the first half of the tasks. Flat is not steady: V8 compiles
 * in jumps, so a rule that stops at the first flat stretch stops too early (Georges et al. 2007; Barrett et al., Virtual
 * machine warmup blows hot and cold, 2017). Blocks that something else disturbed are smoothed away by medians of three,
 * and where they come later in a burst, they are told from a change by what had been reached before.
 *
 * Pure. Blocks need not be of equal size.
 */
export function settle(given: readonly WarmUpBlock[]): Settling {
  const blocks = withoutScraps(given);
  const total = sumOf(blocks, 'tasks');
  const costs = smoothed(blocks.map(({ cpuMs, tasks }) => cpuMs / Math.max(1, tasks)));
  const last = lastChange(costs);
  const through = blocks.slice(0, last + 1);
  const settled =
    blocks.length >= FEWEST_BLOCKS &&
    sumOf(blocks, 'cpuMs') >= ENOUGH * LEAST_PILOT_CPU_MS &&
    sumOf(through, 'tasks') <= total / 2;
  const changed = settled ? through : blocks;
  const firstHalf = blocks.filter((_, at) => sumOf(blocks.slice(0, at + 1), 'tasks') <= total / 2);
  const settledTasks = sumOf(changed, 'tasks');
  const cpuMs = sumOf(changed, 'cpuMs');
  return {
    settled,
    need: {
      settledTasks,
      tasks: Math.ceil(MARGIN * Math.max(settledTasks, blocks[0]?.tasks ?? 0)),
      cpuMs: MARGIN * Math.max(cpuMs, blocks[0]?.cpuMs ?? 0),
    },
    mostCpuMs: MARGIN * Math.max(cpuMs, sumOf(firstHalf, 'cpuMs')),
  };
}

/** The last pass of each part of a pilot is a block by itself, often too short to say anything: it joins the one before. */
function withoutScraps(blocks: readonly WarmUpBlock[]): readonly WarmUpBlock[] {
  const usualMs = median(blocks.map(({ cpuMs }) => cpuMs)) ?? 0;
  const joined: WarmUpBlock[] = [];
  for (const block of blocks) {
    const before = joined.at(-1);
    if (before === undefined || block.cpuMs >= usualMs / 2) joined.push(block);
    else
      joined[joined.length - 1] = {
        tasks: before.tasks + block.tasks,
        cpuMs: before.cpuMs + block.cpuMs,
        wallMs: before.wallMs + block.wallMs,
        loopBusyMs: before.loopBusyMs + block.loopBusyMs,
      };
  }
  return joined;
}

/** CPU time of a task once settled, ms: the median of the final third. */
export function warmCpuMsPerTask(blocks: readonly WarmUpBlock[]): number {
  return median(finalThird(blocks.map(({ cpuMs, tasks }) => cpuMs / Math.max(1, tasks)))) ?? 0;
}

/**
 * Index of the last block before a stretch is run at the speed of the end; −1: it was there from the start.
 *
 * What leaves that speed later and comes back to it is somebody else's doing, slower or (where a neighbour of the same core
 * falls asleep) faster: code that V8 has compiled anew does not come back.
 */
function lastChange(costs: readonly number[]): number {
  const final = finalThird(costs);
  const level = median(final) ?? 0;
  const spread = MAD_TO_SD * (median(final.map(cost => Math.abs(cost - level))) ?? 0);
  const tolerance = Math.min(WIDEST_TOLERANCE * level, Math.max(TOLERANCE * level, SPREADS * spread));
  const isThere = costs.map(cost => Math.abs(cost - level) <= tolerance);
  const stretch = Math.max(FEWEST_IN_STRETCH, Math.ceil(STRETCH_SHARE * costs.length));
  const reached = isThere.findIndex((_, at) => isWhole(isThere.slice(at, at + stretch), stretch));
  return reached < 0 ? costs.length - 1 : reached - 1;
}

function isWhole(part: readonly boolean[], length: number): boolean {
  return part.length === length && part.every(one => one);
}

function finalThird<T>(values: readonly T[]): readonly T[] {
  return values.slice(-Math.max(1, Math.ceil(values.length / 3)));
}

/** Medians of three neighbours; the first, which is of code that has never run, stays. */
function smoothed(values: readonly number[]): number[] {
  return values.map((value, at) => {
    if (at === 0 || values.length < 3) return value;
    const from = Math.min(at - 1, values.length - 3);
    return median(values.slice(from, from + 3))!;
  });
}

export function sumOf(blocks: readonly WarmUpBlock[], figure: keyof WarmUpBlock): number {
  return blocks.reduce((sum, block) => sum + block[figure], 0);
}
