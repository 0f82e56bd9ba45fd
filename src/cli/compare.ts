import { resolve } from 'node:path';
import { changesBetween, type NamedRun } from '../analysis/run-changes.js';
import { UsageError } from '../errors.js';
import { isFile } from '../plan/user-module.js';
import { canCompare, reporters } from '../report/registry.js';
import type { ComparedRuns, RenderComparison, Reporter } from '../report/reporter.js';
import { harmless, truncate } from '../report/text.js';
import { listed } from '../report/words/labels.js';
import { differenceNotes } from '../report/words/run-differences.js';
import { COMPARISON_VERSION, type ComparisonFile, type Gate, type RunChanges } from '../schema/index.js';
import { unknownName } from '../suggest.js';
import { packageVersion } from '../version.js';
import type { CliDeps } from './deps.js';
import { gateCodeOf, gravest } from './exit-code.js';
import { judgeAll, readGates, requireAnswerable } from './gates.js';
import { judgementText } from './judgement.js';
import { findKeptRun } from './kept-runs.js';
import { requireFile } from './output-folder.js';
import { readReport } from './read-report.js';
import { fileOptions } from './reporters.js';
import { appendTo } from './step-summary.js';
import { writeWhole } from './write-whole.js';

/** Of results, where nobody says. */
const OUT = 'results';

export interface CompareFlags {
  readonly format: string;
  readonly json?: string | undefined;
  readonly force?: boolean | undefined;
  readonly failOn?: string | undefined;
}

/**
 * @returns the exit code
 * @throws UsageError for runs that cannot be compared, or only by force
 */
export async function compare(
  files: readonly [base: string, ...more: string[]],
  flags: CompareFlags,
  deps: CliDeps,
): Promise<number> {
  const reporter = comparer(flags.format);
  const gates = readGates(flags);
  const jsonFile = flags.json === undefined ? null : resolve(deps.cwd, flags.json);
  if (jsonFile !== null) requireFile(jsonFile);
  const [base, ...later] = await Promise.all(files.map(name => namedRun(name, deps)));
  for (const { report } of later) requireAnswerable(gates, report.plan.scenarios);
  const compared = later.map(next => judged(base!, next, gates, flags.force === true));
  if (jsonFile !== null) writeWhole(jsonFile, jsonOf(compared));
  const text = await textOf(reporter, compared, deps);
  deps.stdout.write(text);
  appendTo(reporter, text, deps);
  return gravest(...compared.map(one => gateCodeOf(one.gates)));
}

/** One whole of all, or one text after the other. */
async function textOf(reporter: Reporter, compared: readonly ComparedRuns[], deps: CliDeps): Promise<string> {
  const whole: RenderComparison | undefined = await reporter.loadComparison?.();
  if (whole !== undefined) return whole(compared, fileOptions(deps));
  const texts: string[] = [];
  for (const judgement of compared) texts.push(await judgementText(reporter, judgement, deps.stdout, deps));
  return texts.join('\n');
}

/** Those that have a form for it. */
function comparer(format: string): Reporter {
  const able = reporters.filter(canCompare);
  const found = able.find(({ name }) => name === format);
  if (found !== undefined) return found;
  const names = able.map(({ name }) => name);
  throw unknownName('--format', format, names, 'As JSON it is written by --json FILE.');
}

/** A file, or the name of a run that was kept in the usual folder. */
async function namedRun(name: string, { cwd }: CliDeps): Promise<NamedRun> {
  if (isFile(resolve(cwd, name))) return { name, report: await readReport(name, cwd) };
  return findKeptRun(name, { cwd, out: resolve(cwd, OUT) }, harmless(name));
}

function judged(base: NamedRun, next: NamedRun, gates: readonly Gate[], isForced: boolean): ComparedRuns {
  const changes = changesBetween(base, next, isForced);
  const subject = `${harmless(base.name)} and ${harmless(next.name)}`;
  if (changes.isRefused) throw refusal(subject, changes);
  if (changes.scenarios.length === 0) {
    const { base: before, next: after } = changes.scenariosOnlyIn;
    const got = `${listOf(before)} and ${listOf(after)}`;
    throw new UsageError(subject, 'runs with a scenario in common', got, 'Compare runs of the same command.');
  }
  return { changes, gates: judgeAll(gates, next.report, changes), base: base.report, next: next.report };
}

function listOf(ids: readonly string[]): string {
  return ids.length === 0 ? 'none' : truncate(harmless(ids.join(', ')), 60);
}

function refusal(subject: string, { differences }: RunChanges): UsageError {
  const grave = differenceNotes(differences.filter(({ isGrave }) => isGrave));
  return new UsageError(
    subject,
    'runs of the same machine, Node and tasks',
    harmless(listed(grave.map(({ text }) => text))),
    'Measure both again in the same place, or compare all the same with --force, which says what that costs.',
  );
}

function jsonOf(compared: readonly ComparedRuns[]): string {
  const file: ComparisonFile = {
    comparisonVersion: COMPARISON_VERSION,
    generator: `threads-vs-loop ${packageVersion()}`,
    runs: compared.map(({ changes, gates }) => ({ ...changes, gates })),
  };
  return `${JSON.stringify(file, null, 1)}\n`;
}
