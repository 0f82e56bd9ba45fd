import { relative, resolve } from 'node:path';
import { CheckoutFolders } from '../hosts/checkout-folders.js';
import { findConfig } from '../plan/config-file.js';
import { planAndDrafts } from '../plan/plan.js';
import type { Judgement, Reporter } from '../report/reporter.js';
import { harmless } from '../report/text.js';
import type { CommandLine, Plan } from '../schema/index.js';
import { hiderOf } from '../secrets.js';
import { flagWording } from '../settings/wording.js';
import { askToSend } from './consent.js';
import type { CliDeps } from './deps.js';
import { exitCodeOf, gravest } from './exit-code.js';
import type { RunFlags } from './flags.js';
import { readGates } from './gates.js';
import { tellOfIndex } from './index-hint.js';
import { endingAtOnce, INTERRUPTED, listenForInterrupt } from './interrupt.js';
import { commandLineOf } from './invocation.js';
import { type JudgeFlags, judgeOf } from './judge.js';
import { judgementFileText, tellJudgement } from './judgement.js';
import { keeperOf } from './kept-runs.js';
import { hasNothing, hasWholeFork, type Measured, measureInto } from './measured-run.js';
import { type OutputFolder, openOutputFolder } from './output-folder.js';
import { type PageFlags, savePage } from './page.js';
import { planInputOf } from './plan-input.js';
import { printPlan } from './print-plan.js';
import { createProgress, silentProgress } from './progress.js';
import {
  besidesPage,
  keep as keepOthers,
  namedReporters,
  printMeasured,
  type ShownReporter,
} from './reporters.js';
import { requireUrlTaken } from './url-flags.js';

export type RunCommandFlags = RunFlags & {
  readonly out: string;
  readonly json?: string | undefined;
  /** Names, with commas between them. */
  readonly reporter: string;
  readonly quiet?: boolean | undefined;
  /** A path, or false: none. */
  readonly config?: string | boolean | undefined;
  /** False: no page beside the results. */
  readonly html?: boolean | undefined;
  readonly printPlan?: boolean | undefined;
  /** As what to keep these results. */
  readonly saveBaseline?: string | undefined;
} & JudgeFlags;

/** @returns the exit code */
export async function run(
  targets: readonly string[],
  flags: RunCommandFlags,
  deps: CliDeps,
): Promise<number> {
  const { cwd, catalogue, env, script = '', argv = ['run', ...targets] } = deps;
  const [shown, ...others] = await namedReporters('--reporter', flags.reporter, deps);
  const gates = readGates(flags);
  const command = commandLineOf(argv, { env, script, cwd });
  const config = await findConfig(cwd, flags.config);
  await using checkouts = new CheckoutFolders();
  const options = {
    checkouts,
    wording: flagWording,
    baseDir: cwd,
    config,
    records: true,
    ...(catalogue === undefined ? {} : { catalogue }),
  };
  const made = await endingAtOnce(deps, () => planAndDrafts(planInputOf(flags, targets, deps), options));
  requireUrlTaken(flags, made.planned);
  if (flags.printPlan === true) {
    printPlan(made, config, deps);
    return 0;
  }
  const { plan } = made;
  const jsonFile = flags.json === undefined ? undefined : resolve(cwd, flags.json);
  const places = { cwd, out: resolve(cwd, flags.out) };
  // Before the folder's latest results are those of this run.
  const judge = await judgeOf(gates, flags, plan, places);
  const folder = openOutputFolder(places.out, jsonFile);
  const keep = flags.saveBaseline === undefined ? null : keeperOf(flags.saveBaseline, places);
  const quiet = flags.quiet === true;
  const inFlight = Math.max(...plan.scenarios.flatMap(one => one.executors.map(each => each.inFlight)));
  const refused = await askToSend({ plan, yes: flags.yes === true, inFlight }, deps);
  if (refused !== null) return refused;
  if (!quiet) await tellOfIndex(plan, deps.stderr);
  if (config !== null && !quiet) deps.stderr.write(`Config: ${harmless(config.shown)}\n`);
  const measured = await measure(plan, { folder, command, quiet, shown, flags }, deps);
  const { report, exitCode } = measured;
  if (hasNothing(report)) {
    deps.stderr.write('Interrupted before anything was measured.\n');
    return exitCode;
  }
  const isWhole = hasWholeFork(measured);
  if (!isWhole)
    deps.stderr.write('Interrupted before the first fork was finished: latest.json is left as it was.\n');
  let judgement: Judgement = { changes: null, gates: [] };
  const tell = (file: string) => {
    if (!quiet) deps.stderr.write(`Saved as ${file}\n`);
  };
  try {
    tell(relative(cwd, folder.save(report, isWhole)));
    if (keep !== null && report.interrupted) deps.stderr.write('Interrupted: not kept as a baseline.\n');
    else if (keep !== null) tell(keep(report));
    judgement = judge(report);
    // Never beside a latest.json of another run.
    const below = (reporter: Reporter) => judgementFileText(reporter, judgement, deps);
    if (isWhole) {
      await savePage(report, folder, flags, deps, judgement);
      await keepOthers(besidesPage(others, flags), report, { folder, quiet, below, judgement }, deps);
    }
  } finally {
    // Shown even if it could not be saved: it has been measured.
    printMeasured(shown, report, deps, judgement);
  }
  return gravest(exitCode, await tellJudgement(shown, judgement, deps));
}

interface MeasureOptions {
  readonly folder: OutputFolder;
  readonly command: CommandLine;
  readonly quiet: boolean;
  /** What standard output has of it. */
  readonly shown: ShownReporter;
  readonly flags: PageFlags;
}

async function measure(
  plan: Plan,
  { folder, command, quiet, shown, flags }: MeasureOptions,
  deps: CliDeps,
): Promise<Measured & { readonly exitCode: number }> {
  const { stderr, env, clock } = deps;
  const progress = quiet ? silentProgress : createProgress(hiderOf(plan)(plan), stderr, env, clock);
  using interrupt = listenForInterrupt(deps, () => {
    // It would erase what is written below it.
    progress.end();
    stderr.write(INTERRUPTED);
  });
  const { signal } = interrupt;
  const measured = await measureInto(
    folder,
    {
      plan,
      signal,
      command,
      follow: event => progress.show(event),
      rescue: async latest => {
        progress.end();
        if (latest === null) return;
        await savePage(latest, folder, flags, deps);
        printMeasured(shown, latest, deps);
      },
    },
    deps,
  );
  progress.end();
  for (const fault of measured.faults) stderr.write(`error: ${fault}\n`);
  const exitCode = exitCodeOf(measured.report, interrupt.exitCode);
  return { ...measured, exitCode: exitCode === 0 && measured.faults.length > 0 ? 1 : exitCode };
}
