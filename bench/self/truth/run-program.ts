import { reportOfCli } from '../support/run-cli.js';
import { BATCH } from './bare-side.js';
import { modulePath } from './paths.js';
import { type Said, saidBy } from './said.js';
import { budgetText } from './table.js';

/** The arguments of a user who brings this workload and asks: threads or the loop? */
export function commandOf(program: string, seed: number, budgetMs: number | null): string[] {
  const budget = budgetMs === null ? [] : ['--budget', budgetText(budgetMs)];
  const asked = ['run', modulePath(program), '--tasks', `${BATCH}`, '--executors', 'limited,queue'];
  return [...asked, '--seed', `${seed}`, ...budget];
}

/** One run of the program, in a process of its own. */
export async function askProgram(program: string, seed: number, budgetMs: number | null): Promise<Said> {
  return saidBy(await reportOfCli(commandOf(program, seed, budgetMs)));
}
