import type { Attachment, ParamSpecs } from '../schema/index.js';
import { type CheckedSettings, checkSettings } from '../settings/settings.js';
import { propertyWording, type Wording } from '../settings/wording.js';
import type { Catalogue, Lookup } from './catalogue.js';
import { type LoadedWorkload, loadWorkload, requireText } from './loaded-workload.js';
import { type LoadedExecutor, loadExecutors, requireRunnable } from './requested-executors.js';
import { requireOptions, requireTaken } from './requirements.js';
import type { LocatedSpec } from './targets.js';
import { fileOf } from './user-module.js';
import { loadVersions, type Version } from './versions.js';

const SPEC_FIELDS = ['name', 'title', 'summary', 'workload', 'attachment', 'takes', 'adapt'];

/** A scenario with everything it names loaded and its settings checked, before variants. */
export interface ScenarioDraft extends LoadedWorkload {
  readonly name: string;
  readonly title: string;
  /** The older one first, then the scenario's own workload; empty: there is but that. */
  readonly versions: readonly Version[];
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
  // What the scenario says, or all are to have, with what its path starts from.
  const pathOf = (field: 'args' | 'versus') =>
    overrides[field] === undefined
      ? { path: own[field], baseDir, subject: where.subject(field) }
      : { path: overrides[field], baseDir: overridesDir, subject: wording.subject(field) };
  const args = pathOf('args');
  const argsFile = args.path === undefined ? null : fileOf(args.path, args.baseDir);
  const newer = { given: spec.workload, subject: where.subject('workload'), catalogue, baseDir };
  const loaded = await loadWorkload(newer.given, argsFile, newer);
  const { workload } = loaded;
  const { path: versus, ...from } = pathOf('versus');
  const versions =
    versus === undefined
      ? []
      : await loadVersions({ ...from, given: versus, catalogue }, { ...newer, ...loaded }, argsFile);
  const usual = workload.defaults.executors ?? catalogue.usualExecutorNames;
  const asked = overrides.executors ?? own.executors ?? usual.map(executor => ({ executor }));
  const lookup: Lookup =
    overrides.executors === undefined
      ? { subject: where.subject('executors'), catalogue, baseDir }
      : { subject: wording.subject('executors'), catalogue, baseDir: overridesDir };
  const executors = await loadExecutors(asked, lookup);
  for (const one of [...versions, loaded]) requireRunnable(executors, one.workload, lookup.subject);
  if (overrides.executors === undefined) requireOptions(executors, given);
  const { baseline: _baseline, ...settings } = overrides;
  return {
    name: spec.name,
    title: spec.title ?? titleOf(spec.name, versions),
    ...loaded,
    versions,
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

/** More has no room beside a headline. */
const LONGEST_TITLE = 16;

/** `WAITING`; `OLD → NEW`. */
function titleOf(name: string, versions: readonly Version[]): string {
  if (versions.length === 0) return name.toUpperCase();
  const both = versions.map(({ label }) => label.toUpperCase()).join(' → ');
  return both.length <= LONGEST_TITLE ? both : 'VERSIONS';
}

/** Of a scenario asked for in another load than its own: its tasks and its time were chosen for that one. */
function lasting(own: CheckedSettings, overrides: CheckedSettings): CheckedSettings {
  if (overrides.load === undefined && overrides.durationMs === undefined) return own;
  const { tasks: _tasks, durationMs: _durationMs, budgetMs: _budgetMs, ...others } = own;
  return others;
}

function known<T>(given: Readonly<Record<string, T>> | undefined, specs: ParamSpecs): Record<string, T> {
  return Object.fromEntries(Object.entries(given ?? {}).filter(([key]) => Object.hasOwn(specs, key)));
}
