import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseReport } from '../../../src/report/json.js';
import { BATCH } from './bare-side.js';
import { CLI, modulePath } from './paths.js';
import { type Said, saidBy } from './said.js';
import { budgetText } from './table.js';

/** Of a run that measured: no fault, a trial lost, a scenario that must not be believed. */
const MEASURED = [0, 1, 3];

/** The arguments of a user who brings this workload and asks: threads or the loop? */
export function commandOf(program: string, seed: number, budgetMs: number | null): string[] {
  const budget = budgetMs === null ? [] : ['--budget', budgetText(budgetMs)];
  const asked = ['run', modulePath(program), '--tasks', `${BATCH}`, '--executors', 'limited,queue'];
  return [...asked, '--seed', `${seed}`, ...budget];
}

/** One run of the program, in a process of its own. */
export async function askProgram(program: string, seed: number, budgetMs: number | null): Promise<Said> {
  const folder = mkdtempSync(join(tmpdir(), 'threads-vs-loop-truth-'));
  try {
    const file = join(folder, 'run.json');
    const { code, errors } = await runCli([
      ...commandOf(program, seed, budgetMs),
      ...['--quiet', '--json', file, '--out', join(folder, 'results')],
    ]);
    if (code === null || !MEASURED.includes(code))
      throw new Error(`the program ended with exit code ${code}: ${errors.trim()}`);
    return saidBy(parseReport(readFileSync(file, 'utf8'), file));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function runCli(args: readonly string[]): Promise<{ code: number | null; errors: string }> {
  const child = spawn(process.execPath, [CLI, ...args], { stdio: ['ignore', 'ignore', 'pipe'] });
  let errors = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    errors += text;
  });
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', code => resolve({ code, errors }));
  });
}
