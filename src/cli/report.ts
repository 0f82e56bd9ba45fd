import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { UsageError } from '../errors.js';
import { parseReport } from '../report/json.js';
import { findReporter, reporterNames } from '../report/registry.js';
import { unknownName } from '../suggest.js';
import type { CliDeps } from './deps.js';
import { hasColour, widthOf } from './terminal.js';

export interface ReportFlags {
  readonly format: string;
}

/** @throws UsageError when the file cannot be read or is no results file */
export async function report(file: string, { format }: ReportFlags, deps: CliDeps): Promise<void> {
  const { cwd, stdout, env } = deps;
  const entry = findReporter(format);
  if (entry === undefined)
    throw unknownName('--format', format, reporterNames, 'Leave it out for the terminal.');
  const saved = parseReport(await readResults(resolve(cwd, file), file), file);
  const reporter = await entry.load();
  const text = reporter.render(saved, { width: widthOf(stdout, env), colour: hasColour(stdout, env) });
  stdout.write(text.endsWith('\n') ? text : `${text}\n`);
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
