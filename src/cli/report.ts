import { resolve } from 'node:path';
import { requestedFiles, writeFiles } from './chart-files.js';
import type { CliDeps } from './deps.js';
import { judgeAll, readGates, requireAnswerable } from './gates.js';
import { advisedOf } from './judge.js';
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
 * Of one file what it says, of more, or of a folder, how ratios went from run to run.
 *
 * @returns the exit code
 * @throws UsageError when a file cannot be read or is no results file
 */
export async function report(paths: readonly string[], flags: ReportFlags, deps: CliDeps): Promise<number> {
  const { format, out } = flags;
  const files = requestedFiles(format, out);
  const [file = '', ...more] = paths;
  if (more.length > 0 || statsOf(resolve(deps.cwd, file))?.isDirectory()) {
    const { trendsReport } = await import('./trends.js');
    return trendsReport(paths, flags, deps);
  }
  const shown =
    files === null ? await shownReporter('--format', format, 'Write it to a file, with > FILE.', deps) : null;
  const gates = readGates({ assert: flags.assert });
  const saved = await readReport(file, deps.cwd);
  requireAnswerable(gates, saved.plan.scenarios);
  const judgement = { changes: null, gates: judgeAll(gates, saved, null), advised: advisedOf(saved) };
  if (files !== null) await writeFiles(files, saved, deps);
  if (shown !== null) print(shown, saved, deps, judgement);
  return tellJudgement(shown, judgement, deps);
}
