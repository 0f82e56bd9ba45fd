import { existsSync, mkdirSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import type { NamedRun } from '../analysis/run-changes.js';
import { UsageError } from '../errors.js';
import { renderJson } from '../report/json.js';
import type { Report } from '../schema/index.js';
import { requireWritable } from './output-folder.js';
import { readReport } from './read-report.js';
import { writeWhole } from './write-whole.js';

/** Of runs that are kept by a name, in that of results. */
export const KEPT_FOLDER = 'baselines';
/** Of every file system. */
const LONGEST_NAME = 100;
const LAST = 'last';

export interface KeptPlaces {
  readonly cwd: string;
  /** Of results, absolute. */
  readonly out: string;
}

/**
 * Makes room for a run that is to be kept by a name, before it is measured.
 *
 * @returns keeps it; an earlier one of the name is replaced
 * @throws UsageError for what is no plain file name
 */
export function keeperOf(name: string, { cwd, out }: KeptPlaces): (report: Report) => string {
  requirePlainName(name);
  const folder = join(out, KEPT_FOLDER);
  requireWritable('--save-baseline', folder, () => mkdirSync(folder, { recursive: true }));
  return report => {
    const file = join(folder, `${name}.json`);
    writeWhole(file, renderJson(report));
    return relative(cwd, file);
  };
}

function requirePlainName(name: string): void {
  const isPlain = /^\w[\w.-]*$/.test(name) && name.length <= LONGEST_NAME;
  if (isPlain && name !== LAST && !name.endsWith('.json')) return;
  throw new UsageError(
    '--save-baseline',
    `a plain file name of letters, digits, - _ and . (not ${LAST}, and without .json)`,
    JSON.stringify(name),
    'Name it for example main: results/baselines/main.json is written.',
  );
}

/**
 * The run that another is set against: `last` is the latest of the folder, a plain name one that was kept, all else a file.
 *
 * @throws UsageError where there is none, or it is no results file
 */
export async function findKeptRun(
  named: string,
  { cwd, out }: KeptPlaces,
  flag = '--baseline-run',
): Promise<NamedRun> {
  if (named === LAST)
    return readKept(join(out, 'latest.json'), 'the last run', { flag, remedy: 'Run once without it.', cwd });
  if (/[/\\]|\.json$/.test(named)) return { name: named, report: await readReport(named, cwd) };
  const remedy = `Keep a run by --save-baseline ${/^[\w.-]+$/.test(named) ? named : 'NAME'}, or name a file such as ./base.json.`;
  return readKept(join(out, KEPT_FOLDER, `${named}.json`), named, { flag, remedy, cwd });
}

async function readKept(
  path: string,
  name: string,
  { flag, remedy, cwd }: { readonly flag: string; readonly remedy: string; readonly cwd: string },
): Promise<NamedRun> {
  const file = relative(cwd, resolve(path));
  if (!existsSync(path)) throw new UsageError(flag, `a run in ${file}`, 'no such file', remedy);
  return { name, report: await readReport(file, cwd) };
}
