import { UsageError } from '../errors.js';
import type { Attachment, ParamSpecs } from '../schema/index.js';
import { type CheckedSettings, checkSettings } from '../settings/settings.js';
import { propertyWording, type Wording } from '../settings/wording.js';
import { describe, requireKnown, unknownName } from '../suggest.js';
import { loadWorkloadModule } from '../workloads/registry.js';
import type { Workload } from '../workloads/workload.js';
import type { Catalogue, Lookup } from './catalogue.js';
import { requireSpecs } from './params.js';
import { type LoadedExecutor, loadExecutors, requireRunnable } from './requested-executors.js';
import { requireOptions, requireTaken } from './requirements.js';
import type { LocatedSpec } from './targets.js';
import { fileOf, looksLikePath, workloadUrlOf } from './user-module.js';

const SPEC_FIELDS = ['name', 'title', 'summary', 'workload', 'attachment', 'takes', 'adapt'];

/** A scenario with everything it names loaded and its settings checked, before variants. */
export interface ScenarioDraft {
  readonly name: string;
  readonly title: string;
  readonly moduleUrl: string;
  readonly workload: Workload;
  readonly executors: readonly LoadedExecutor[];
  /** Of the scenario, overridden; `params` are the workload's, `options` may be anybody's, `baseline` is its own. */
  readonly settings: CheckedSettings;
  /** What is said of all scenarios: it beats what an executor was asked for with. */
  readonly overrides: CheckedSettings;
  readonly attachment: Attachment | null;
}

/** Settings, and how messages speak of them. */
export interface Given {
  readonly settings: CheckedSettings;
  readonly wording: Wording;
}

/** What is said of all scenarios: by flags, or as properties of the whole plan. */
export interface Overrides extends Given {
  readonly baseDir: string;
}

export async function draftScenario(
  { spec: written, baseDir }: LocatedSpec,
  { settings: overrides, wording, baseDir: overridesDir }: Overrides,
  catalogue: Catalogue,
): Promise<ScenarioDraft> {
  const spec = { ...written, ...written.adapt?.(overrides) };
  const where = propertyWording(`scenario ${requireText(spec.name, 'name of a scenario')}: `);
  const own = checkSettings(spec, where, SPEC_FIELDS);
  const given: Given = { settings: own, wording: where };
  requireTaken([spec], given);
  const subject = where.subject('workload');
  const [args, argsFrom] =
    overrides.args === undefined ? [own.args, baseDir] : [overrides.args, overridesDir];
  const argsFile = args === undefined ? null : fileOf(args, argsFrom);
  const { moduleUrl, workload } = await loadWorkload(spec.workload, argsFile, {
    subject,
    catalogue,
    baseDir,
  });
  const usual = workload.defaults.executors ?? catalogue.usualExecutorNames;
  const asked = overrides.executors ?? own.executors ?? usual.map(executor => ({ executor }));
  const lookup: Lookup =
    overrides.executors === undefined
      ? { subject: where.subject('executors'), catalogue, baseDir }
      : { subject: wording.subject('executors'), catalogue, baseDir: overridesDir };
  const executors = await loadExecutors(asked, lookup);
  requireRunnable(executors, workload, lookup.subject);
  if (overrides.executors === undefined) requireOptions(executors, given);
  const { baseline: _baseline, ...settings } = overrides;
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
    attachment: spec.attachment ?? null,
  };
}

/** Of a scenario asked for in another load than its own: its tasks and its time were chosen for that one. */
function lasting(own: CheckedSettings, overrides: CheckedSettings): CheckedSettings {
  if (overrides.load === undefined && overrides.durationMs === undefined) return own;
  const { tasks: _tasks, durationMs: _durationMs, budgetMs: _budgetMs, ...others } = own;
  return others;
}

async function loadWorkload(
  given: unknown,
  args: string | null,
  { subject, catalogue, baseDir }: Lookup,
): Promise<{ moduleUrl: string; workload: Workload }> {
  const asked = requireText(given, subject);
  const entry = catalogue.findWorkload(asked);
  if (entry !== undefined && args !== null) throw argumentsUnused(subject, asked);
  if (entry !== undefined) return { moduleUrl: entry.moduleUrl, workload: await entry.load() };
  if (!looksLikePath(asked))
    throw unknownName(subject, asked, catalogue.workloadNames, 'A module of your own is given by its path.');
  const moduleUrl = workloadUrlOf(asked, baseDir, args);
  const loaded = await loadWorkloadModule(moduleUrl, asked);
  requireSpecs(asked, 'parameter', loaded.params);
  const { tasks = null, executors } = loaded.defaults;
  requireKnown(`${asked}: defaults`, Object.keys(loaded.defaults), ['tasks', 'executors'], 'Leave it out.');
  checkSettings({ tasks, executors }, propertyWording(`${asked}: defaults: `));
  return { moduleUrl, workload: loaded };
}

function argumentsUnused(subject: string, asked: string): UsageError {
  const expected = 'a function of your own for the arguments, such as ./render.ts#renderPage';
  return new UsageError(subject, expected, `the built-in ${asked}`, 'Leave the arguments out.');
}

function requireText(value: unknown, subject: string): string {
  if (typeof value === 'string' && value !== '') return value;
  throw new UsageError(subject, 'a name', describe(value), 'Give it one.');
}

function known<T>(given: Readonly<Record<string, T>> | undefined, specs: ParamSpecs): Record<string, T> {
  return Object.fromEntries(Object.entries(given ?? {}).filter(([key]) => Object.hasOwn(specs, key)));
}
