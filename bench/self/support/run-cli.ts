import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseReport } from '../../../src/report/json.js';
import type { Report } from '../../../src/schema/index.js';

const CLI = fileURLToPath(new URL('../../../src/cli/main.js', import.meta.url));

/** Of a run that measured: no fault, a trial lost, a scenario that must not be believed. */
const MEASURED = [0, 1, 3];

/**
 * One run of the program, in a process of its own.
 *
 * @param args a command that has `--out` and `--json`, such as `run cpu --budget 5s`
 */
export async function reportOfCli(args: readonly string[]): Promise<Report> {
  const folder = mkdtempSync(join(tmpdir(), 'threads-vs-loop-self-'));
  try {
    const file = join(folder, 'run.json');
    const files = ['--quiet', '--json', file, '--out', join(folder, 'results')];
    const { code, errors } = await runCli([...args, ...files]);
    if (code === null || !MEASURED.includes(code))
      throw new Error(`the program ended with exit code ${code}: ${errors.trim()}`);
    return parseReport(readFileSync(file, 'utf8'), file);
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
