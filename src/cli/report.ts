import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { UsageError } from '../errors.js';
import { parseReport } from '../report/json.js';
import type { Report } from '../schema/index.js';
import { requestedFiles, writeFiles } from './chart-files.js';
import type { CliDeps } from './deps.js';
import { judgeAll, readGates, requireAnswerable } from './gates.js';
import { tellJudgement } from './judgement.js';
import { print, shownReporter } from './reporters.js';

export interface ReportFlags {
  readonly format: string;
  /** Of a format that is several files. */
  readonly out?: string | undefined;
  readonly assert?: readonly string[] | undefined;
}

/**
 * @returns the exit code
 * @throws UsageError when the file cannot be read or is no results file
 */
export async function report(file: string, flags: ReportFlags, deps: CliDeps): Promise<number> {
  const { format, out } = flags;
  const files = requestedFiles(format, out);
  const shown =
    files === null ? await shownReporter('--format', format, 'Write it to a file, with > FILE.', deps) : null;
  const gates = readGates({ assert: flags.assert });
  const saved = await readReport(file, deps.cwd);
  requireAnswerable(gates, saved.plan.scenarios);
  if (files !== null) await writeFiles(files, saved, deps);
  if (shown !== null) print(shown, saved, deps);
  return tellJudgement(shown, { changes: null, gates: judgeAll(gates, saved, null) }, deps);
}

/** @throws UsageError as above */
export async function readReport(file: string, cwd: string): Promise<Report> {
  return parseReport(await readResults(resolve(cwd, file), file), file);
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
