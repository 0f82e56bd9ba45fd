import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { UsageError } from '../errors.js';
import { parseReport } from '../report/json.js';
import type { CliDeps } from './deps.js';
import { print, shownReporter } from './reporters.js';

export interface ReportFlags {
  readonly format: string;
}

/** @throws UsageError when the file cannot be read or is no results file */
export async function report(file: string, { format }: ReportFlags, deps: CliDeps): Promise<void> {
  const shown = await shownReporter('--format', format, 'Write it to a file, with > FILE.', deps);
  const saved = parseReport(await readResults(resolve(deps.cwd, file), file), file);
  print(shown, saved, deps);
}

async function readResults(path: string, file: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    const got = code === 'ENOENT' ? 'no such file' : (code ?? message);
    const remedy = 'Runs are saved in ./results, the last one as results/latest.json.';
    throw new UsageError(file, 'a results file', got, remedy);
  }
}
