import { randomInt } from 'node:crypto';
import { defaultThreads } from '../cores.js';
import { UsageError } from '../errors.js';
import type { ParamSpecs, Plan, Scenario } from '../schema/index.js';
import {
  type CheckedSettings,
  checkSeed,
  checkSettings,
  EXECUTOR_FIELDS,
  type Settings,
  type UncheckedSettings,
} from '../settings/settings.js';
import { propertyWording, type Wording } from '../settings/wording.js';
import { describe, unknownName } from '../suggest.js';
import type { Workload } from '../workloads/workload.js';
import { builtIns, type Catalogue } from './catalogue.js';
import { requireSpecs } from './params.js';
import { type LoadedExecutor, loadExecutors, requireRunnable } from './requested-executors.js';
import { expandScenario, findVariant, missingBaseline, type ScenarioDraft } from './scenario.js';
import type { ScenarioSpec } from './suite.js';
import { type LocatedSpec, type ResolvedTargets, requireDistinctNames, resolveTargets } from './targets.js';
import { looksLikePath, moduleUrlOf } from './user-module.js';

/** What is asked for; all optional. Its settings override what the scenarios say. */
export interface PlanInput extends Settings {
  /**
   * Names of suites, of scenarios in them or of workloads, or paths of modules with a workload or a suite as
   * default export. The default suite if there are neither targets nor scenarios.
   */
  readonly targets?: readonly string[] | undefined;
  readonly scenarios?: readonly ScenarioSpec[] | undefined;
  /** 0 … 2³² − 1; random if left out, and recorded. */
  readonly seed?: number | undefined;
}

/** What is asked for, its settings as they came. */
export interface UncheckedInput extends UncheckedSettings {
  readonly targets?: readonly string[] | undefined;
  readonly scenarios?: readonly ScenarioSpec[] | undefined;
  readonly seed?: unknown;
}

export interface PlanOptions {
  readonly wording?: Wording;
  readonly catalogue?: Catalogue;
  /** What relative paths start from; the working directory if left out. */
  readonly baseDir?: string;
  readonly defaultThreads?: number;
  readonly randomSeed?: () => number;
}

const SPEC_FIELDS = ['name', 'title', 'summary', 'workload', 'attachment', 'scaled'];
const PROPERTIES = propertyWording('');

/**
 * The single place of validation and defaults: what comes out can be trusted.
 *
 * @param input typed, and checked all the same: flags and JavaScript may have put anything in it
 * @throws UsageError for everything that cannot be run
 */
export async function makePlan(input: PlanInput, options: PlanOptions = {}): Promise<Plan> {
  return planUnchecked(input, options);
}

/** The same of what nobody has given a type: flags. */
export async function planUnchecked(input: UncheckedInput, options: PlanOptions = {}): Promise<Plan> {
  const { wording = PROPERTIES, catalogue = builtIns, baseDir = process.cwd() } = options;
  const { targets, scenarios, seed, ...rest } = input;
  const overrides = checkSettings(rest, wording);
  const { suite, specs } = await resolveAll(targets, scenarios, catalogue, baseDir);
  const drafts: ScenarioDraft[] = [];
  const given: Overrides = { settings: overrides, wording, baseDir };
  for (const located of specs) drafts.push(await draftScenario(located, given, catalogue));

  requireScaled(specs, overrides, wording);
  requireTakers(drafts, overrides, wording);
  const threads = options.defaultThreads ?? defaultThreads();
  const planned = drafts.flatMap(draft => expandScenario(draft, threads));
  requireBaseline(planned, overrides, wording);
  requirePayload(planned, overrides, wording);
  return {
    suite,
    seed: seed === undefined ? (options.randomSeed ?? randomSeed)() : checkSeed(seed, wording),
    scenarios: planned,
  };
}

function randomSeed(): number {
  return randomInt(2 ** 32);
}

async function resolveAll(
  targets: readonly string[] | undefined,
  scenarios: readonly ScenarioSpec[] | undefined,
  catalogue: Catalogue,
  baseDir: string,
): Promise<ResolvedTargets> {
  if (scenarios === undefined) return resolveTargets(targets ?? [], catalogue, baseDir);
  const own = scenarios.map(spec => ({ spec, baseDir }));
  if (targets === undefined) return { suite: null, specs: requireDistinctNames(own) };
  const named = await resolveTargets(targets, catalogue, baseDir);
  return { suite: null, specs: requireDistinctNames([...named.specs, ...own]) };
}

/** What is said of all scenarios: by flags, or as properties of the whole plan. */
interface Overrides {
  readonly settings: CheckedSettings;
  readonly wording: Wording;
  readonly baseDir: string;
}

async function draftScenario(
  { spec: written, baseDir }: LocatedSpec,
  { settings: overrides, wording, baseDir: overridesDir }: Overrides,
  catalogue: Catalogue,
): Promise<ScenarioDraft> {
  const spec = atScale(written, overrides.timeScale);
  const where = propertyWording(`scenario ${requireText(spec.name, 'name of a scenario')}: `);
  const own = checkSettings({ ...spec }, where, SPEC_FIELDS);
  const { moduleUrl, workload } = await loadWorkload(spec, baseDir, catalogue);
  const usual = workload.defaults.executors ?? catalogue.usualExecutorNames;
  const asked = overrides.executors ?? own.executors ?? usual.map(executor => ({ executor }));
  const subject = (overrides.executors === undefined ? where : wording).subject('executors');
  const pathsFrom = overrides.executors === undefined ? baseDir : overridesDir;
  const executors = await loadExecutors(asked, subject, catalogue, pathsFrom);
  requireRunnable(executors, workload, subject);
  if (overrides.executors === undefined) requireOptions(executors, own, where);
  const { baseline: wishedBaseline = null, ...settings } = overrides;
  return {
    name: spec.name,
    title: spec.title ?? spec.name.toUpperCase(),
    moduleUrl,
    workload,
    executors,
    settings: {
      ...lasting(own, overrides),
      ...settings,
      params: { ...own.params, ...known(overrides.params, workload.params) },
      options: { ...own.options, ...overrides.options },
    },
    overrides,
    attachment: spec.attachment?.(isAsWritten(overrides)) ?? null,
    wishedBaseline,
    variantsOverridden: EXECUTOR_FIELDS.some(field => overrides[field] !== undefined),
  };
}

/** Whether its tasks, and how many of them run at once, are the scenario's own. */
function isAsWritten(overrides: CheckedSettings): boolean {
  const { tasks, load, durationMs, params, payloadBytes, threads, inFlight, options } = overrides;
  const changed = [tasks, load, durationMs, params, payloadBytes, threads, inFlight, options];
  return changed.every(one => one === undefined);
}

function atScale(spec: ScenarioSpec, timeScale = spec.timeScale): ScenarioSpec {
  return timeScale === undefined ? spec : (spec.scaled?.(timeScale) ?? spec);
}

function requireScaled(
  specs: readonly LocatedSpec[],
  { timeScale }: CheckedSettings,
  wording: Wording,
): void {
  if (timeScale === undefined || specs.some(({ spec }) => spec.scaled !== undefined)) return;
  throw new UsageError(
    wording.subject('timeScale'),
    'a scenario that is modelled on a program with waits of its own, such as comments',
    specs.map(({ spec }) => spec.name).join(', '),
    'Set its waits by --param waitMs=… instead.',
  );
}

/** Of a scenario asked for in another load than its own: its tasks and its time were chosen for that one. */
function lasting(own: CheckedSettings, overrides: CheckedSettings): CheckedSettings {
  if (overrides.load === undefined && overrides.durationMs === undefined) return own;
  const { tasks: _tasks, durationMs: _durationMs, budgetMs: _budgetMs, ...others } = own;
  return others;
}

async function loadWorkload(
  { workload, name }: ScenarioSpec,
  baseDir: string,
  catalogue: Catalogue,
): Promise<{ moduleUrl: string; workload: Workload }> {
  const subject = `scenario ${name}: workload`;
  const asked = requireText(workload, subject);
  const entry = catalogue.findWorkload(asked);
  if (entry !== undefined) return { moduleUrl: entry.moduleUrl, workload: await entry.load() };
  if (!looksLikePath(asked))
    throw unknownName(subject, asked, catalogue.workloadNames, 'A module of your own is given by its path.');
  const moduleUrl = moduleUrlOf(asked, baseDir);
  const loaded = await catalogue.loadWorkloadModule(moduleUrl, asked);
  requireSpecs(asked, 'parameter', loaded.params);
  const { tasks = null, executors, ...unknown } = loaded.defaults;
  for (const key of Object.keys(unknown))
    throw unknownName(`${asked}: defaults`, key, ['tasks', 'executors'], 'Leave it out.');
  checkSettings({ tasks, executors }, propertyWording(`${asked}: defaults: `));
  return { moduleUrl, workload: loaded };
}

function requireText(value: unknown, subject: string): string {
  if (typeof value === 'string' && value !== '') return value;
  throw new UsageError(subject, 'a name', describe(value), 'Give it one.');
}

function known<T>(given: Readonly<Record<string, T>> | undefined, specs: ParamSpecs): Record<string, T> {
  return Object.fromEntries(Object.entries(given ?? {}).filter(([key]) => Object.hasOwn(specs, key)));
}

/** What is set for all scenarios must mean something in one of them: otherwise it is a slip. */
function requireTakers(drafts: readonly ScenarioDraft[], overrides: CheckedSettings, wording: Wording): void {
  const params = drafts.flatMap(({ workload }) => Object.keys(workload.params));
  for (const key of Object.keys(overrides.params ?? {})) {
    if (!params.includes(key))
      throw unknownName(wording.subject('params'), key, unique(params), 'Leave it out.');
  }
  requireOptions(
    drafts.flatMap(({ executors }) => executors),
    overrides,
    wording,
  );
}

/** Three ways for nothing to travel would be compared as if they were three. */
function requirePayload(
  scenarios: readonly Scenario[],
  { options }: CheckedSettings,
  wording: Wording,
): void {
  const { payloadBy } = options ?? {};
  if (payloadBy === undefined) return;
  if (scenarios.some(({ payloadBytes }) => payloadBytes > 0)) return;
  const expected = `data to go ${payloadBy.join(', ')}`;
  throw new UsageError(wording.subject('payloadBytes'), expected, 'none', wording.remedy('payloadBytes'));
}

function requireOptions(
  executors: readonly LoadedExecutor[],
  { options }: CheckedSettings,
  wording: Wording,
): void {
  const has = executors.flatMap(({ executor }) => Object.keys(executor.options));
  for (const key of Object.keys(options ?? {})) {
    if (!has.includes(key))
      throw unknownName(
        wording.subject('options'),
        key,
        unique(has),
        'No chosen executor has it: leave it out.',
      );
  }
}

function requireBaseline(
  scenarios: readonly Scenario[],
  { baseline }: CheckedSettings,
  wording: Wording,
): void {
  const variants = scenarios.flatMap(({ executors }) => executors);
  if (baseline !== undefined && findVariant(variants, baseline) === undefined)
    throw missingBaseline(wording.subject('baseline'), baseline, variants);
}

function unique(names: readonly string[]): string[] {
  return [...new Set(names)];
}
