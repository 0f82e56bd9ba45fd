import { z } from 'zod';
import { UsageError } from '../../../src/errors.js';
import type { RatioInterval } from './interval.js';
import { agrees, isWrong, type Said } from './said.js';

/** One program: what is true of it, and what was said. */
export interface ProgramRecord {
  readonly name: string;
  /** Median over processes of a task on the warm loop. */
  readonly taskMs: number;
  /** Threads ÷ loop. */
  readonly steady: RatioInterval;
  readonly cold: RatioInterval;
  readonly pairs: number;
  /** The first of `runs` too, where it names no budget. */
  readonly atDefault: Said;
  /** What `runs` had: what `atDefault` names, at most 120 s; null: it names none. */
  readonly budgetMs: number | null;
  /** At that budget. */
  readonly runs: readonly Said[];
}

/** What the check `truth` measured, in a file: its table can be written anew. */
export interface TruthRecord {
  readonly startedAt: string;
  readonly node: string;
  readonly machine: string;
  readonly threads: number;
  readonly seed: number;
  /** All programs, with as many processes and runs as a judgement needs. */
  readonly complete: boolean;
  readonly programs: readonly ProgramRecord[];
}

export interface Tally {
  readonly runs: number;
  readonly agreeing: number;
  readonly notWarm: number;
  /** Headlines that name the wrong winner; those of the default count as well. */
  readonly wrong: number;
}

export function tally(programs: readonly ProgramRecord[]): Tally {
  const runs = programs.flatMap(program => program.runs.map(said => ({ program, said })));
  return {
    runs: runs.length,
    agreeing: runs.filter(({ program, said }) => agrees(program.steady, said)).length,
    notWarm: runs.filter(({ said }) => said.state !== 'steady').length,
    wrong: programs.flatMap(wrongOf).length,
  };
}

/** Each run once: without a budget that it names, the one at the default is among them. */
function wrongOf({ steady, atDefault, budgetMs, runs }: ProgramRecord): Said[] {
  const all = budgetMs === null ? runs : [atDefault, ...runs];
  return all.filter(({ winner }) => isWrong(winner, steady.ratio));
}

const interval = z.object({ ratio: z.number(), low: z.number(), high: z.number() });

const said: z.ZodType<Said> = z.object({
  seed: z.number(),
  ratio: z.number().nullable(),
  low: z.number().nullable(),
  high: z.number().nullable(),
  cold: z.number().nullable(),
  state: z.enum(['steady', 'as asked', 'cold', 'not warm', 'no steady state']),
  budgetMs: z.number().nullable(),
  validity: z.enum(['VALID', 'WEAK', 'INVALID']),
  headline: z.string(),
  winner: z.enum(['loop', 'threads']).nullable(),
});

const recordSchema: z.ZodType<TruthRecord> = z.object({
  startedAt: z.string(),
  node: z.string(),
  machine: z.string(),
  threads: z.number(),
  seed: z.number(),
  complete: z.boolean(),
  programs: z.array(
    z.object({
      name: z.string(),
      taskMs: z.number(),
      steady: interval,
      cold: interval,
      pairs: z.number(),
      atDefault: said,
      budgetMs: z.number().nullable(),
      runs: z.array(said),
    }),
  ),
});

/** @throws UsageError for a file that the check did not write, or not to its end */
export function parseRecord(text: string, file: string): TruthRecord {
  const remedy = 'Measure: npm run bench:self -- truth';
  const parsed = recordSchema.safeParse(jsonOrNull(text));
  if (!parsed.success) throw new UsageError(file, 'a file of the check truth', 'another', remedy);
  if (!parsed.data.complete)
    throw new UsageError(
      file,
      'the runs of all programs, without --quick and --only',
      'some of them',
      remedy,
    );
  return parsed.data;
}

function jsonOrNull(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
