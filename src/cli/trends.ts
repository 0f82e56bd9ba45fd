import { readdirSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { type TrendRun, trendRunOf, trendsOf } from '../analysis/trends.js';
import { messageOf, UsageError } from '../errors.js';
import { parseReport } from '../report/json.js';
import { reporters } from '../report/registry.js';
import type { RenderTrends, Reporter } from '../report/reporter.js';
import { harmless } from '../report/text.js';
import { type IgnoredFile, ignoredText } from '../report/words/trends.js';
import type { CliDeps } from './deps.js';
import { KEPT_FOLDER } from './kept-runs.js';
import { readResults } from './read-report.js';
import { appendTo } from './step-summary.js';
import { hasColour, widthOf } from './terminal.js';
import { statsOf } from './write-whole.js';

export interface TrendsFlags {
  readonly format: string;
  readonly assert?: readonly string[] | undefined;
}

/**
 * How ratios went from run to run, over all results files of folders, those of their `baselines` among them, and over
 * files that are named.
 *
 * @returns the exit code
 * @throws UsageError for places without any, or a form that has none of it
 */
export async function trendsReport(
  paths: readonly string[],
  flags: TrendsFlags,
  deps: CliDeps,
): Promise<number> {
  const reporter = trendReporter(flags.format);
  const folder = paths.join(', ');
  if (flags.assert !== undefined)
    throw new UsageError('--assert', 'one results file', folder, 'Name one of its files.');
  const { runs, ignored } = await readRuns(paths, deps.cwd);
  if (runs.length === 0) throw nothingIn(folder, ignored);
  const render = await reporter.loadTrends();
  const { stdout, stderr, env } = deps;
  const text = render(
    { folder, trends: trendsOf(runs), ignored },
    { width: widthOf(stdout, env), colour: hasColour(stdout, env) },
  );
  if (ignored.length > 0) stderr.write(`Ignored: ${harmless(ignoredText(ignored))}\n`);
  stdout.write(text);
  appendTo(reporter, text, deps);
  return 0;
}

type TrendReporter = Reporter & { loadTrends(): Promise<RenderTrends> };

function trendReporter(format: string): TrendReporter {
  const able = reporters.filter((one): one is TrendReporter => one.loadTrends !== undefined);
  const found = able.find(({ name }) => name === format);
  if (found !== undefined) return found;
  const names = able.map(({ name }) => name).join(', ');
  const expected = `one of ${names} for a folder or several files`;
  const remedy = 'For another format name one results file, such as results/latest.json.';
  throw new UsageError('--format', expected, JSON.stringify(format), remedy);
}

interface ReadRuns {
  readonly runs: readonly TrendRun[];
  readonly ignored: readonly IgnoredFile[];
}

/** One file after the other, of which no more is kept than trends need: a hundred of them are larger than most heaps. */
async function readRuns(paths: readonly string[], cwd: string): Promise<ReadRuns> {
  const runs: TrendRun[] = [];
  const ignored: IgnoredFile[] = [];
  for (const { name, path, isNamed } of paths.flatMap(place => resultsAt(place, cwd, paths.length > 1))) {
    try {
      const report = parseReport(await readResults(path, name), name);
      if (Number.isNaN(Date.parse(report.startedAt)))
        throw new UsageError(name, 'a time of start', JSON.stringify(report.startedAt), '');
      runs.push(trendRunOf(name, report));
    } catch (error) {
      // Of a folder it is one of many things that lie there; one that was named was meant.
      if (isNamed || !(error instanceof UsageError)) throw error;
      ignored.push({ name, reason: reasonOf(error, name) });
    }
  }
  return { runs, ignored };
}

interface NamedFile {
  readonly name: string;
  readonly path: string;
  readonly isNamed: boolean;
}

/** A file, or those of a folder: by their place in it, where it is the only one. */
function resultsAt(place: string, cwd: string, isOneOfMany: boolean): NamedFile[] {
  const root = resolve(cwd, place);
  if (!statsOf(root)?.isDirectory()) return [{ name: place, path: root, isNamed: true }];
  const from = isOneOfMany ? cwd : root;
  return resultsIn(root).map(path => ({ name: relative(from, path), path, isNamed: false }));
}

/** Dated files before `latest.json` and kept ones, which are copies of theirs. */
function resultsIn(root: string): string[] {
  const own = jsonFilesOf(root);
  const isLatest = (path: string) => path.startsWith(join(root, 'latest'));
  return [
    ...own.filter(path => !isLatest(path)),
    ...own.filter(isLatest),
    ...jsonFilesOf(join(root, KEPT_FOLDER)),
  ];
}

function jsonFilesOf(folder: string): string[] {
  try {
    return readdirSync(folder, { withFileTypes: true })
      .filter(entry => entry.name.endsWith('.json') && !entry.isDirectory() && !entry.name.startsWith('.'))
      .map(entry => join(folder, entry.name))
      .sort();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw new UsageError(folder, 'a folder that can be read', messageOf(error), 'Make it readable.');
  }
}

/** `JSON without a schemaVersion`: what came, of `a.json: expected …, got …. What to do.` */
function reasonOf({ message }: UsageError, name: string): string {
  const got = /, got (.*?)\.(?: |$)/s.exec(message)?.[1];
  return got ?? message.replace(`${name}: `, '');
}

function nothingIn(folder: string, ignored: readonly IgnoredFile[]): UsageError {
  const got = ignored.length === 0 ? 'a folder without any .json' : ignoredText(ignored);
  const remedy = 'Runs are saved in ./results; keep one by a name with --save-baseline.';
  return new UsageError(folder, 'a folder with results files', harmless(got), remedy);
}
