import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { UsageError } from '../errors.js';
import { parseReport } from '../report/json.js';
import type { Report } from '../schema/index.js';

/** @throws UsageError when the file cannot be read or is no results file */
export async function readReport(file: string, cwd: string): Promise<Report> {
  return parseReport(await readResults(resolve(cwd, file), file), file);
}

/** @throws UsageError for what cannot be read */
export async function readResults(path: string, file: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    const got = code === 'ENOENT' ? 'no such file' : (code ?? message);
    const remedy = 'Runs are saved in ./results, the last one as results/latest.json.';
    throw new UsageError(file, 'a results file', got, remedy);
  }
}
