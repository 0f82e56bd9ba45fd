import { freemem } from 'node:os';
import { basename, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { sourceFileOf } from '../compiled-source.js';
import { UsageError } from '../errors.js';
import { SystemLauncher } from '../hosts/system-launcher.js';
import { findConfig, type LoadedConfig } from '../plan/config-file.js';
import { makePlan } from '../plan/plan.js';
import { harmless } from '../report/text.js';
import type { Plan, Report, Tune } from '../schema/index.js';
import { splitList } from '../settings/text.js';
import { flagWording } from '../settings/wording.js';
import { USUAL_RULES } from '../tune/decide.js';
import { type TuneEvent, tune as tuneEvents } from '../tune/tune.js';
import { readTaskFunctionUrl } from '../workloads/task-function.js';
import type { CliDeps } from './deps.js';
import { exitCodeOf } from './exit-code.js';
import { readRunFlags } from './flags.js';
import { INTERRUPTED, listenForInterrupt } from './interrupt.js';
import { commandLineOf } from './invocation.js';
import { type OutputFolder, openOutputFolder } from './output-folder.js';
import { savePage } from './page.js';
import { besidesPage, namedReporters, print, textOf } from './reporters.js';
import { budgetOf, limitsOf, rangesOf, type TuneFlags, withinOf } from './tune-flags.js';
import { tuneProgress } from './tune-progress.js';
import { resumedTune, savedTune } from './tune-resume.js';
import { requireWritable, writePool } from './write-pool.js';

const DEFAULT_TARGET = 'cpu';
const DEFAULT_EXECUTORS = ['limited', 'piscina'];
/** It is no library: a module has to be written for it. */
const WRITTEN = 'queue';
/** Replaced by what the task takes, once that is known. */
const PLACEHOLDER_TRIAL_MS = 300;
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

/** @returns the exit code */
export async function tune(target: string | undefined, flags: TuneFlags, deps: CliDeps): Promise<number> {
  const { cwd, env, script = '', argv = ['tune', target ?? ''], stderr } = deps;
  const [first, ...others] = namedReporters('--reporter', flags.reporter);
  const shown = await first.load();
  const command = commandLineOf(argv, { env, script, cwd });
  const config = await findConfig(cwd, flags.config);
  const saved = flags.resume === undefined ? null : await savedTune(flags, deps);
  const asked = target ?? saved?.target ?? onlyScenario(config) ?? DEFAULT_TARGET;
  const plan = await planOf(asked, flags, { ...deps, config });
  const limits = limitsOf(flags);
  const ranges = rangesOf(flags);
  const rules = { ...USUAL_RULES, within: withinOf(flags.within), order: [...ORDER, ...namesOf(plan)] };
  const budgetMs = budgetOf(flags.budget);
  const module = await moduleOf(plan);
  const written = flags.write === undefined ? null : requireWritable(flags.write, cwd);
  if (written === null && leftOut(flags))
    stderr.write(
      `${WRITTEN} is left out: it is no library. --write pool.mjs searches it, and writes a module for it.\n`,
    );
  const resumed = saved === null ? null : resumedTune(saved, plan);
  const jsonFile = flags.json === undefined ? undefined : resolve(cwd, flags.json);
  const folder = openOutputFolder(resolve(cwd, flags.out), jsonFile);
  const quiet = flags.quiet === true;
  using interrupt = listenForInterrupt(deps, () => stderr.write(INTERRUPTED));
  const { signal } = interrupt;
  await using launcher = deps.launcher ?? new SystemLauncher();
  const stop = () => void launcher[Symbol.asyncDispose]();
  signal.addEventListener('abort', stop);
  const poolFile = written === null ? null : `./${basename(written)}`;
  const request = { plan, asked, module, poolFile, ranges, rules, limits, budgetMs, resumed };
  if (config !== null && !quiet) stderr.write(`Config: ${harmless(config.shown)}\n`);
  if (resumed !== null && !quiet)
    stderr.write(
      `Going on from ${saved!.file}: ${resumed.forks.length} forks are kept, with a budget of their own.\n`,
    );
  const events = tuneEvents(request, {
    signal,
    clock: deps.clock,
    launcher,
    command,
    freeMemoryBytes: freemem(),
  });
  const { report, faults } = await follow(events, {
    folder,
    say: quiet ? () => {} : tuneProgress(deps, budgetMs),
    stderr,
  });
  signal.removeEventListener('abort', stop);
  const isWhole = (report.tune?.forks.length ?? 0) > 0;
  try {
    const dated = relative(cwd, folder.save(report, isWhole));
    if (!quiet) stderr.write(`Saved as ${dated}\n`);
    if (written !== null && report.tune?.answer != null) await writePool(written, { stderr, cwd });
    if (isWhole) await savePage(report, folder, flags, deps);
    for (const reporter of isWhole ? besidesPage(others, flags) : []) {
      folder.saveText(reporter.extension, await textOf(reporter, report, deps));
    }
  } finally {
    print(shown, report, deps);
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
    if (event.type === 'measured') folder.savePartial(event.report);
    if (event.type === 'fault') {
      faults++;
      stderr.write(`error: ${harmless(event.reason)}\n`);
    }
    if (event.type === 'done') return { report: event.report, faults };
  }
  throw new Error('a tune ended without its report');
}

/** Of a config that has but one. @throws UsageError for one that has several: which is asked for has to be said */
function onlyScenario(config: LoadedConfig | null): string | undefined {
  const names = config?.scenarios.map(({ spec }) => spec.name) ?? [];
  if (names.length < 2) return names[0];
  throw new UsageError('target', `one of the config's scenarios, ${names.join(', ')}`, 'none', 'Name one.');
}

async function planOf(
  target: string,
  flags: TuneFlags,
  { cwd, catalogue, config }: CliDeps & { readonly config: LoadedConfig | null },
): Promise<Plan> {
  const { threads: _threads, inFlight: _inFlight, budget: _budget, ...settings } = flags;
  const given = readRunFlags(settings);
  const asked =
    given.executors ?? (flags.write === undefined ? DEFAULT_EXECUTORS : [...DEFAULT_EXECUTORS, WRITTEN]);
  const names = flags.write === undefined ? asked.filter(name => name !== WRITTEN) : asked;
  // Whatever is recommended is compared with a loop.
  const executors = names.some(name => typeof name === 'string' && ['limited', 'sequential'].includes(name))
    ? names
    : ['limited', ...names];
  const isTimed = given.tasks === undefined && given.load === undefined;
  const plan = await makePlan(
    {
      ...given,
      targets: [target],
      executors,
      threads: 1,
      inFlight: 2,
      ...(isTimed && { durationMs: PLACEHOLDER_TRIAL_MS }),
    },
    { wording: flagWording, baseDir: cwd, config, ...(catalogue === undefined ? {} : { catalogue }) },
  );
  requireOne(target, plan);
  if (given.slo !== undefined && plan.scenarios[0]!.load.kind !== 'rate')
    throw new UsageError('--slo', 'an objective at a rate', 'one without', 'Add --load rate=N/s.');
  return plan;
}

function leftOut({ executors }: TuneFlags): boolean {
  return typeof executors === 'string' && splitList(executors).includes(WRITTEN);
}

function requireOne(target: string, { scenarios }: Plan): void {
  if (scenarios.length === 1) return;
  const ids = scenarios.slice(0, 3).map(({ id }) => id);
  const remedy = `Name one of them, such as ${ids.join(', ')}, and one value of each parameter.`;
  throw new UsageError(target, 'one scenario, workload or function', `${scenarios.length} scenarios`, remedy);
}

function namesOf({ scenarios }: Plan): string[] {
  return scenarios[0]!.executors.map(({ name }) => name);
}

/** The function that is the task, for code that is pasted beside its module; null: a workload that is no plain function. */
async function moduleOf({ scenarios }: Plan): Promise<Tune['module']> {
  const { fileUrl, exportName } = readTaskFunctionUrl(scenarios[0]!.workload.moduleUrl);
  if (!fileUrl.startsWith('file:')) return null;
  const exports = (await import(fileUrl)) as Readonly<Record<string, unknown>>;
  const name = exportName ?? 'task';
  const hasContext =
    exportName === null && (typeof exports.open === 'function' || exports.default !== undefined);
  if (typeof exports[name] !== 'function' || hasContext) return null;
  const source = basename(sourceFileOf(fileURLToPath(fileUrl)));
  return {
    file: `./${source.replace(/\.([cm]?)tsx?$/, '.$1js')}`,
    exportName: name,
    isCompiled: /\.[cm]?tsx?$/.test(source),
  };
}
