import { createRandom, hash32, shuffle } from '../../../src/random.js';
import { median } from '../../../src/stats/quantile.js';
import { BATCH, type Side } from './bare-side.js';
import { intervalOf, type RatioInterval } from './interval.js';
import type { ProgramRecord } from './record.js';
import type { BareOptions, BarePair } from './run-bare.js';
import { agrees, type Said } from './said.js';
import { budgetText, ratioText, saidText } from './table.js';

/** A longer budget is not waited for. */
const LONGEST_BUDGET_MS = 120_000;

export interface Examination {
  readonly threads: number;
  readonly pairs: number;
  /** Of the program at the budget that it names. */
  readonly runs: number;
  readonly seed: number;
}

/** How the figures are had: processes, or a script of them in a test. */
export interface Instruments {
  runPair(program: string, options: BareOptions): Promise<BarePair>;
  askProgram(program: string, seed: number, budgetMs: number | null): Promise<Said>;
  log(line: string): void;
}

/**
 * What is true of a program and what is said of it. Pairs of bare processes and runs of ours take turns, so that a
 * machine that changes meanwhile changes under both.
 */
export async function examine(
  name: string,
  { threads, pairs, runs, seed }: Examination,
  { runPair, askProgram, log }: Instruments,
): Promise<ProgramRecord> {
  const order = firstSides(pairs, hash32(seed, name));
  const measured: BarePair[] = [];
  const measurePair = async () => {
    const first = order[measured.length];
    if (first === undefined) return;
    const pair = await runPair(name, { threads, first });
    measured.push(pair);
    log(
      `${name}: pair ${measured.length} of ${pairs}: steady ${ratioText(pair.steadyRatio)}, cold ${ratioText(coldSlowdown(pair))}`,
    );
  };
  let nextSeed = seed;
  const ask = async (budgetMs: number | null) => {
    const runSeed = nextSeed++;
    const said = await askProgram(name, runSeed, budgetMs);
    const budget = budgetMs === null ? 'at the default' : `--budget ${budgetText(budgetMs)}`;
    log(`${name}: seed ${runSeed}, ${budget}: ${saidText(said)} · ${said.headline}`);
    return said;
  };

  await measurePair();
  const atDefault = await ask(null);
  const budgetMs = nextBudget(atDefault);
  const said = budgetMs === null ? [atDefault] : [];
  while (said.length < runs) {
    await measurePair();
    said.push(await ask(budgetMs));
  }
  while (measured.length < pairs) await measurePair();

  const steady = ratioOver(measured, pair => pair.steadyRatio);
  log(`${name}: ${said.filter(one => agrees(steady, one)).length} of ${said.length} runs agree`);
  const taskMs = median(measured.map(({ loop }) => loop.steadyMs))! / BATCH;
  return {
    name,
    taskMs,
    steady,
    cold: ratioOver(measured, coldSlowdown),
    pairs,
    atDefault,
    budgetMs,
    runs: said,
  };
}

/** Each side begins in half of the pairs, in random order. */
export function firstSides(pairs: number, seed: number): Side[] {
  const sides = Array.from({ length: pairs }, (_, n): Side => (n % 2 === 0 ? 'loop' : 'threads'));
  return shuffle(sides, createRandom(seed));
}

/** Null: the default names none, for a steady answer or for a precise one, so its run counts. */
export function nextBudget({ budgetMs }: Said): number | null {
  return budgetMs === null ? null : Math.min(budgetMs, LONGEST_BUDGET_MS);
}

// Equal tasks: the ratio of throughputs is the inverse one of times.
const coldSlowdown = ({ loop, threads }: BarePair) => loop.coldMs / threads.coldMs;

function ratioOver(pairs: readonly BarePair[], ratio: (pair: BarePair) => number): RatioInterval {
  return intervalOf(pairs.map(pair => Math.log(ratio(pair))));
}
