import { relative, resolve } from 'node:path';
import type { CommandLine, Plan, Report } from '../model.js';
import { makePlan } from '../plan/plan.js';
import { renderTerminal } from '../report/terminal.js';
import { silentProgress } from '../run/progress.js';
import { runSuite } from '../run/suite.js';
import type { CliDeps } from './deps.js';
import { exitCodeOf } from './exit-code.js';
import { flagWording, type RunFlags, readRunFlags } from './flags.js';
import { listenForInterrupt } from './interrupt.js';
import { commandLineOf } from './invocation.js';
import { type OutputFolder, openOutputFolder } from './output-folder.js';
import { createProgress } from './progress.js';
import { hasColour, widthOf } from './terminal.js';

export interface RunCommandFlags extends RunFlags {
  readonly out: string;
  readonly json?: string | undefined;
  readonly quiet?: boolean | undefined;
}

/** @returns the exit code */
export async function run(
  targets: readonly string[],
  flags: RunCommandFlags,
  deps: CliDeps,
): Promise<number> {
  const { cwd, catalogue, env, script = '', argv = ['run', ...targets] } = deps;
  const command = commandLineOf(argv, { env, script, cwd });
  const options = { wording: flagWording, baseDir: cwd, ...(catalogue === undefined ? {} : { catalogue }) };
  const plan = await makePlan({ ...readRunFlags(flags), targets }, options);
  const jsonFile = flags.json === undefined ? undefined : resolve(cwd, flags.json);
  const folder = openOutputFolder(resolve(cwd, flags.out), jsonFile);
  const report = await measure(plan, { folder, command, quiet: flags.quiet === true }, deps);
  if (report.interrupted && report.scenarios.length === 0) {
    deps.stderr.write('Interrupted before anything was measured.\n');
    return exitCodeOf(report);
  }
  try {
    const dated = relative(cwd, folder.save(report));
    if (flags.quiet !== true) deps.stderr.write(`Saved as ${dated}\n`);
  } finally {
    // Shown even if it could not be saved: it has been measured.
    show(report, deps);
  }
  return exitCodeOf(report);
}

interface MeasureOptions {
  readonly folder: OutputFolder;
  readonly command: CommandLine;
  readonly quiet: boolean;
}

async function measure(
  plan: Plan,
  { folder, command, quiet }: MeasureOptions,
  deps: CliDeps,
): Promise<Report> {
  const { stderr, env, clock, launcher, signals, exit } = deps;
  using interrupt = listenForInterrupt(
    signals,
    () => stderr.write('Interrupted: what is measured is kept. Again to quit at once.\n'),
    () => exit(130),
  );
  return await runSuite(plan, {
    signal: interrupt.signal,
    progress: quiet ? silentProgress : createProgress(plan, stderr, env, clock),
    clock,
    command,
    onPartial: partial => savePartial(folder, partial),
    ...(launcher === undefined ? {} : { launcher }),
  });
}

function savePartial(folder: OutputFolder, partial: Report): void {
  try {
    folder.savePartial(partial);
  } catch {
    // A full disk may be free again at the end; then it is an error, and the report is shown all the same.
  }
}

function show(report: Report, { stdout, env }: CliDeps): void {
  const text = renderTerminal(report, { width: widthOf(stdout, env), colour: hasColour(stdout, env) });
  stdout.write(text.endsWith('\n') ? text : `${text}\n`);
}
