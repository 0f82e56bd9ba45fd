import { resolve } from 'node:path';
import type { CliDeps } from './deps.js';
import { judgeAll, readGates, requireAnswerable } from './gates.js';
import { tellJudgement } from './judgement.js';
import { readReport } from './read-report.js';
import { print, shownReporter } from './reporters.js';
import { statsOf } from './write-whole.js';

export interface ReportFlags {
  readonly format: string;
  readonly assert?: readonly string[] | undefined;
}

/**
 * @returns the exit code
 * @throws UsageError when the file cannot be read or is no results file
 */
export async function report(file: string, flags: ReportFlags, deps: CliDeps): Promise<number> {
  if (statsOf(resolve(deps.cwd, file))?.isDirectory()) {
    const { folderReport } = await import('./trends.js');
    return folderReport(file, flags, deps);
  }
  const shown = await shownReporter('--format', flags.format, 'Write it to a file, with > FILE.', deps);
  const gates = readGates({ assert: flags.assert });
  const saved = await readReport(file, deps.cwd);
  requireAnswerable(gates, saved.plan.scenarios);
  const judgement = { changes: null, gates: judgeAll(gates, saved, null) };
  print(shown, saved, deps, judgement);
  return tellJudgement(shown, judgement, deps);
}
