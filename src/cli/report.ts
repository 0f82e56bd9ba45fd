import { resolve } from 'node:path';
import { requestedFiles, writeFiles } from './chart-files.js';
import type { CliDeps } from './deps.js';
import { judgeAll, readGates, requireAnswerable } from './gates.js';
import { tellJudgement } from './judgement.js';
import { readReport } from './read-report.js';
import { print, shownReporter } from './reporters.js';
import { statsOf } from './write-whole.js';

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
  if (statsOf(resolve(deps.cwd, file))?.isDirectory()) {
    const { folderReport } = await import('./trends.js');
    return folderReport(file, flags, deps);
  }
  const shown =
    files === null ? await shownReporter('--format', format, 'Write it to a file, with > FILE.', deps) : null;
  const gates = readGates({ assert: flags.assert });
  const saved = await readReport(file, deps.cwd);
  requireAnswerable(gates, saved.plan.scenarios);
  const judgement = { changes: null, gates: judgeAll(gates, saved, null) };
  if (files !== null) await writeFiles(files, saved, deps);
  if (shown !== null) print(shown, saved, deps, judgement);
  return tellJudgement(shown, judgement, deps);
}
