import { randomInt } from 'node:crypto';
import { defaultThreads } from '../cores.js';
import { UsageError } from '../errors.js';
import type { ParamSpecs, Plan, Scenario } from '../model.js';
import type { Workload } from '../workloads/workload.js';
import { builtIns, type Catalogue } from './catalogue.js';
import { checkSeed, checkSettings } from './checks.js';
import type { LoadedExecutor } from './executor-variants.js';
import { expandScenario, findVariant, missingBaseline, type ScenarioDraft } from './scenario.js';
import { type CheckedSettings, propertyWording, type Settings, type Wording } from './settings.js';
import { describe, unknownName } from './suggest.js';
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

export interface PlanOptions {
  readonly wording?: Wording;
  readonly catalogue?: Catalogue;
  /** What relative paths start from; the working directory if left out. */
  readonly baseDir?: string;
  readonly defaultThreads?: number;
  readonly randomSeed?: () => number;
}

const SPEC_FIELDS = ['name', 'title', 'summary', 'workload'];
const VARIANT_FIELDS = ['executors', 'threads', 'inFlight', 'options'] as const;
const PROPERTIES = propertyWording('');

/**
 * The single place of validation and defaults: what comes out can be trusted.
 *
 * @param input typed, and checked all the same: flags and JavaScript may have put anything in it
 * @throws UsageError for everything that cannot be run
 */
export async function makePlan(input: PlanInput, options: PlanOptions = {}): Promise<Plan> {
  const { wording = PROPERTIES, catalogue = builtIns, baseDir = process.cwd() } = options;
  const { targets, scenarios, seed, ...rest } = input;
  const overrides = checkSettings(rest, wording);
  const { suite, specs } = await resolveAll(targets, scenarios, catalogue, baseDir);
  const drafts: ScenarioDraft[] = [];
  for (const located of specs) drafts.push(await draftScenario(located, overrides, wording, catalogue));

  requireTakers(drafts, overrides, wording);
  const threads = options.defaultThreads ?? defaultThreads();
  const planned = drafts.flatMap(draft => expandScenario(draft, threads));
  requireBaseline(planned, overrides, wording);
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

async function draftScenario(
  { spec, baseDir }: LocatedSpec,
  overrides: CheckedSettings,
  wording: Wording,
  catalogue: Catalogue,
): Promise<ScenarioDraft> {
  const where = propertyWording(`scenario ${requireText(spec.name, 'name of a scenario')}: `);
  const own = checkSettings({ ...spec }, where, SPEC_FIELDS);
  const { moduleUrl, workload } = await loadWorkload(spec, baseDir, catalogue);
  const names =
    overrides.executors ?? own.executors ?? workload.defaults.executors ?? catalogue.executorNames;
  const subject = (overrides.executors === undefined ? where : wording).subject('executors');
  const executors = await Promise.all(names.map(name => loadExecutor(name, subject, catalogue)));
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
    wishedBaseline,
    variantsOverridden: VARIANT_FIELDS.some(field => overrides[field] !== undefined),
  };
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
  return { moduleUrl, workload: await catalogue.loadWorkloadModule(moduleUrl) };
}

async function loadExecutor(name: string, subject: string, catalogue: Catalogue): Promise<LoadedExecutor> {
  const entry = catalogue.findExecutor(name);
  if (entry !== undefined) return { entry, executor: await entry.load() };
  throw unknownName(subject, name, catalogue.executorNames, 'Leave it out.');
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
