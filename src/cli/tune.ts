import { freemem } from 'node:os';
import { basename, relative, resolve } from 'node:path';
import { UsageError } from '../errors.js';
import { readEnvironment } from '../hosts/environment.js';
import { SystemLauncher } from '../hosts/system-launcher.js';
import { findConfig } from '../plan/config-file.js';
import { commandHint } from '../report/hints/command-hint.js';
import { harmless } from '../report/text.js';
import { faultText } from '../report/words/losses.js';
import type { Plan, Report } from '../schema/index.js';
import { USUAL_RULES } from '../tune/decide.js';
import { type TuneEvent, tune as tuneEvents } from '../tune/tune.js';
import { askToSend } from './consent.js';
import type { CliDeps } from './deps.js';
import { exitCodeOf } from './exit-code.js';
import { TUNE_DEFAULTS } from './flags.js';
import { tellOfIndex } from './index-hint.js';
import { INTERRUPTED, listenForInterrupt } from './interrupt.js';
import { commandLineOf } from './invocation.js';
import { mapFor, savedMap } from './map-file.js';
import { type OutputFolder, openOutputFolder } from './output-folder.js';
import { savePage } from './page.js';
import { printTunePlan } from './print-tune-plan.js';
import { besidesPage, keep, namedReporters, printMeasured } from './reporters.js';
import { budgetOf, limitsOf, rangesOf, type TuneFlags, withinOf } from './tune-flags.js';
import { isLeftOut, mostInFlight, rangesIn, tunePlan, usualTarget, WRITTEN } from './tune-plan.js';
import { tuneProgress } from './tune-progress.js';
import { resumedTune, savedTune } from './tune-resume.js';
import { moduleOf } from './tuned-module.js';
import { requireWritable, writePool } from './write-pool.js';

/** At equal size: what is nearest to code without a pool, then the better known library. */
const ORDER = [
  'sequential',
  'limited',
  'batched',
  'promise-all',
  'piscina',
  'tinypool',
  'poolifier',
  'workerpool',
  'queue',
  'processes',
];

/** @throws UsageError without any other that has workers: the answer would be a loop, whatever threads do */
function leaveOut(plan: Plan, stderr: CliDeps['stderr']): void {
  const remedy = '--write pool.mjs searches it, and writes a module for it.';
  if (!plan.scenarios[0]!.executors.some(({ capabilities }) => capabilities.workers))
    throw new UsageError('--executors', 'a pool of a library', `${WRITTEN}, which is none`, remedy);
  stderr.write(`${WRITTEN} is left out: it is no library. ${remedy}\n`);
}

/** @returns the exit code */
export async function tune(target: string | undefined, flags: TuneFlags, deps: CliDeps): Promise<number> {
  const { cwd, env, script = '', argv = ['tune', target ?? ''], stderr } = deps;
  const [shown, ...others] = await namedReporters('--reporter', flags.reporter, deps);
  const command = commandLineOf(argv, { env, script, cwd });
  const config = await findConfig(cwd, flags.config);
  const saved = flags.resume === undefined ? null : await savedTune(flags, deps);
  const isNamed = target !== undefined || flags.mix !== undefined || flags.url !== undefined;
  const named = target ?? (isNamed ? null : (saved?.target ?? usualTarget(config)));
  const made = await tunePlan(named, flags, { ...deps, config });
  const { plan } = made;
  const limits = limitsOf(flags);
  const ranges = rangesIn(plan, rangesOf(flags));
  const searched = plan.scenarios[0]!.executors.map(({ name }) => name);
  const rules = { ...USUAL_RULES, within: withinOf(flags.within), order: [...ORDER, ...searched] };
  const budgetMs = budgetOf(flags.budget, TUNE_DEFAULTS.budget);
  if (flags.map !== undefined) await savedMap(flags.map, cwd, true);
  if (flags.printPlan === true) {
    printTunePlan(made, { config, flags, ranges }, deps);
    return 0;
  }
  const module = await moduleOf(plan);
  const written = flags.write === undefined ? null : requireWritable(flags.write, cwd);
  if (written === null && isLeftOut(flags)) leaveOut(plan, stderr);
  const environment = deps.launcher?.machine.environment() ?? readEnvironment();
  const resumed = saved === null ? null : resumedTune(saved, { plan, limits, environment });
  const jsonFile = flags.json === undefined ? undefined : resolve(cwd, flags.json);
  const folder = openOutputFolder(resolve(cwd, flags.out), jsonFile);
  const quiet = flags.quiet === true;
  const refused = await askToSend({ plan, yes: flags.yes === true, inFlight: mostInFlight(ranges) }, deps);
  if (refused !== null) return refused;
  using interrupt = listenForInterrupt(deps, () => stderr.write(INTERRUPTED));
  const { signal } = interrupt;
  await using launcher = deps.launcher ?? new SystemLauncher();
  const stop = () => void launcher[Symbol.asyncDispose]();
  signal.addEventListener('abort', stop);
  const poolFile = written === null ? null : `./${basename(written)}`;
  const asked = named ?? plan.scenarios[0]!.name;
  const request = { plan, asked, module, poolFile, ranges, rules, limits, budgetMs, resumed };
  if (!quiet) await tellOfIndex(plan, stderr);
  if (config !== null && !quiet) stderr.write(`Config: ${harmless(config.shown)}\n`);
  if (target === undefined && !quiet) stderr.write(`What is tuned: ${harmless(asked)}\n`);
  if (resumed !== null && !quiet)
    stderr.write(
      `Going on from ${saved!.file}: ${resumed.forks.length} ${resumed.forks.length === 1 ? 'fork is' : 'forks are'} kept, with a budget of ${resumed.forks.length === 1 ? 'its' : 'their'} own.\n`,
    );
  const events = tuneEvents(request, {
    signal,
    clock: deps.clock,
    launcher,
    command,
    freeMemoryBytes: freemem(),
    resolveHost: deps.resolveHost,
  });
  const { report: tuned, faults } = await follow(events, {
    folder,
    say: quiet ? () => {} : tuneProgress(deps, budgetMs),
    stderr,
  });
  signal.removeEventListener('abort', stop);
  const shownOn = await mapFor(tuned, flags.map, { out: flags.out, cwd, say: text => stderr.write(text) });
  const report = shownOn === null ? tuned : { ...tuned, map: shownOn };
  const isWhole = (report.tune?.forks.length ?? 0) > 0;
  try {
    const dated = relative(cwd, folder.save(report, isWhole));
    if (!quiet) stderr.write(`Saved as ${dated}\n`);
    if (report.interrupted && isWhole && report.tune?.answer == null)
      stderr.write(`Go on with it: ${harmless(commandHint(command, { resume: dated }, null).join(' '))}\n`);
    if (written !== null && report.tune?.answer != null) await writePool(written, { stderr, cwd });
    if (isWhole) {
      await savePage(report, folder, flags, deps);
      await keep(besidesPage(others, flags), report, { folder, quiet }, deps);
    }
  } finally {
    printMeasured(shown, report, deps);
  }
  if (faults > 0 && !report.interrupted) return 1;
  return report.tune?.answer == null && !report.interrupted ? 3 : exitCodeOf(report, interrupt.exitCode);
}

async function follow(
  events: AsyncIterable<TuneEvent>,
  {
    folder,
    say,
    stderr,
  }: {
    readonly folder: OutputFolder;
    readonly say: (event: TuneEvent) => void;
    readonly stderr: CliDeps['stderr'];
  },
): Promise<{ readonly report: Report; readonly faults: number }> {
  let faults = 0;
  for await (const event of events) {
    say(event);
    if (event.type === 'measured' || event.type === 'fork') folder.savePartial(event.report);
    if (event.type === 'ended') stderr.write(`${harmless(event.reason)} (--remote-total)\n`);
    if (event.type === 'fault') {
      faults++;
      stderr.write(`error: ${harmless(faultText(event.reason))}\n`);
    }
    if (event.type === 'done') return { report: event.report, faults };
  }
  throw new Error('a tune ended without its report');
}
