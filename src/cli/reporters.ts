import { relative } from 'node:path';
import { articleSections as sections } from '../articles/section.js';
import { UsageError } from '../errors.js';
import { folderForms, reporters } from '../report/registry.js';
import type { Judgement, Render, Rendered, RenderOptions, Reporter } from '../report/reporter.js';
import type { Report } from '../schema/index.js';
import { unknownName } from '../suggest.js';
import type { CliDeps } from './deps.js';
import type { OutputFolder } from './output-folder.js';
import { appendTo } from './step-summary.js';
import { hasColour, widthOf } from './terminal.js';

/** A reporter whose module is there: what cannot be loaded is known before anything is measured. */
export interface ShownReporter extends Reporter {
  readonly render: Render;
}

/** What stands beside the results unless it is not wanted. */
export const PAGE_FORMAT = 'html';

/**
 * @param flag where it was named
 * @throws UsageError for a name there is not
 */
export function findReporter(flag: string, name: string): Reporter {
  const found = reporters.find(one => one.name === name);
  if (folderForms.some(form => form.name === name))
    throw new UsageError(
      flag,
      'a form that is one file',
      `${name}, which is several`,
      `Write them of saved results: report results/latest.json --format ${name} --out charts`,
    );
  const names = reporters.map(one => one.name);
  if (found === undefined) throw unknownName(flag, name, names, 'Leave it out for the terminal.');
  return found;
}

/**
 * `terminal,markdown`: each once; the first is to be shown.
 *
 * @throws UsageError for a name there is not, or bytes that a terminal would be given
 */
export async function namedReporters(
  flag: string,
  names: string,
  deps: CliDeps,
): Promise<[ShownReporter, ...Reporter[]]> {
  const [first = '', ...others] = new Set(names.split(',').map(name => name.trim()));
  const remedy = `Name another before it, ${flag} terminal,${first}: it is kept beside the results.`;
  return [await shownReporter(flag, first, remedy, deps), ...others.map(name => findReporter(flag, name))];
}

/**
 * @param remedy of bytes that a terminal would be given
 * @throws UsageError for a name there is not, or such bytes
 */
export async function shownReporter(
  flag: string,
  name: string,
  remedy: string,
  { stdout }: CliDeps,
): Promise<ShownReporter> {
  const reporter = findReporter(flag, name);
  if (reporter.isBinary && stdout.isTTY === true)
    throw new UsageError(`${flag} ${name}`, 'a file or a pipe for its bytes', 'a terminal', remedy);
  return { ...reporter, render: await reporter.load() };
}

/** Those that are kept beside the results, without the page: that is written anyway, unless it is not wanted. */
export function besidesPage(others: readonly Reporter[], { html }: { readonly html?: boolean | undefined }) {
  return html === false ? others : others.filter(({ name }) => name !== PAGE_FORMAT);
}

/**
 * On standard output.
 *
 * @param judgement what a form with a place for it within says too
 * @throws UsageError for a report that has nothing of what is to be shown
 */
export function print(shown: ShownReporter, report: Report, deps: CliDeps, judgement?: Judgement): void {
  const { stdout, env } = deps;
  const rendered = shown.render(report, { ...fileOptions(deps, judgement), colour: hasColour(stdout, env) });
  stdout.write(rendered);
  appendTo(shown, rendered, deps);
}

/** The same of what has just been measured: that it has nothing to show is said, and no fault of the run. */
export function printMeasured(
  shown: ShownReporter,
  report: Report,
  deps: CliDeps,
  judgement?: Judgement,
): void {
  orTold('shown', deps, () => print(shown, report, deps, judgement));
}

/** Of what goes to a file. */
export function fileOptions({ stdout, env }: CliDeps, judgement?: Judgement): RenderOptions {
  return { width: widthOf(stdout, env), colour: false, sections, judgement, gates: judgement?.gates };
}

/** As a file has it. */
export async function rendered(
  { load }: Reporter,
  report: Report,
  deps: CliDeps,
  judgement?: Judgement,
): Promise<Rendered> {
  const render = await load();
  return render(report, fileOptions(deps, judgement));
}

interface KeepOptions {
  readonly folder: OutputFolder;
  readonly quiet: boolean;
  /** What stands below a report in this form, if anything does. */
  below?(reporter: Reporter): Promise<string>;
  /** What a form with a place for it within says too. */
  readonly judgement?: Judgement;
}

/** As files beside the results. One that has nothing to show takes nothing from the others. */
export async function keep(
  others: readonly Reporter[],
  report: Report,
  { folder, quiet, below, judgement }: KeepOptions,
  deps: CliDeps,
): Promise<void> {
  const { stderr, cwd } = deps;
  for (const reporter of others) {
    const render = await reporter.load();
    const more = (await below?.(reporter)) ?? '';
    orTold('kept', deps, () => {
      const found = render(report, fileOptions(deps, judgement));
      const rendered = typeof found === 'string' ? found + more : found;
      const file = relative(cwd, folder.saveAs(reporter.extension, rendered));
      if (!quiet) stderr.write(`Saved as ${file}\n`);
      appendTo(reporter, rendered, deps);
    });
  }
}

/** `Not kept: ndjson: expected …`. */
function orTold(done: string, { stderr }: CliDeps, act: () => void): void {
  try {
    act();
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    stderr.write(`Not ${done}: ${error.message}\n`);
  }
}
