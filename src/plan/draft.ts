import { UsageError } from '../errors.js';
import type { Attachment } from '../schema/index.js';
import { type CheckedSettings, checkSettings, type Field, type Settings } from '../settings/settings.js';
import { SPEC_FIELDS } from '../settings/suite.js';
import { propertyWording } from '../settings/wording.js';
import { describe, requireKnown, unknownName } from '../suggest.js';
import { loadWorkloadModule } from '../workloads/registry.js';
import type { Workload } from '../workloads/workload.js';
import type { Catalogue, Lookup } from './catalogue.js';
import { type Common, type CommonSettings, fitting, type Given, type Layer, mergeLayers } from './layers.js';
import { requireSpecs } from './params.js';
import { type LoadedExecutor, loadExecutors, requireRunnable } from './requested-executors.js';
import { requireOptions, requireTaken } from './requirements.js';
import type { LocatedSpec } from './targets.js';
import { fileOf, looksLikePath, workloadUrlOf } from './user-module.js';

/** A scenario with everything it names loaded and its settings checked, before variants. */
export interface ScenarioDraft {
  readonly name: string;
  readonly title: string;
  readonly moduleUrl: string;
  readonly workload: Workload;
  readonly executors: readonly LoadedExecutor[];
  /** Of the scenario over those of a config, overridden; `params` are the workload's, `options` may be anybody's, `baseline` is not overridden. */
  readonly settings: CheckedSettings;
  /** Who said what is in force. */
  readonly layers: ReadonlyMap<string, Layer>;
  /** What is said of all scenarios: it beats what an executor was asked for with. */
  readonly overrides: CheckedSettings;
  readonly attachment: Attachment | null;
  /** Settings of its own as they were written, what `adapt` made of them included. */
  readonly own: Settings;
  /** The config that it is written in. */
  readonly file: string | null;
}

export async function draftScenario(
  located: LocatedSpec,
  common: Common,
  catalogue: Catalogue,
): Promise<ScenarioDraft> {
  const { spec: written, baseDir, file } = located;
  const place = file === undefined ? '' : `${file}: `;
  const name = requireText(written.name, `${place}name of a scenario`);
  const where = propertyWording(`${place}scenario ${name}: `);
  const asWritten: Speaker = {
    settings: checkSettings({ ...written }, where, SPEC_FIELDS),
    wording: where,
    baseDir,
  };
  const workloadGiven = requireText(written.workload, where.subject('workload'));
  const isPath = looksLikePath(workloadGiven);
  const speakers = (own: Speaker): Speakers => [common.overrides, own, common.defaults];
  const args = argumentsFile(speakers(asWritten), isPath);
  const lookup = { subject: where.subject('workload'), catalogue, baseDir };
  const { moduleUrl, workload } = await loadWorkload(workloadGiven, args, lookup);

  const overrides = common.overrides.settings;
  const defaults = common.defaults?.settings ?? {};
  const taken = { takes: written.takes, params: workload.params, isPath };
  const fit = fitting({ overrides, own: asWritten.settings, defaults }, taken);
  const spec = { ...written, ...written.adapt?.({ ...fit, ...overrides }) };
  const own: Speaker = { ...asWritten, settings: checkSettings(spec, where, SPEC_FIELDS) };
  requireTaken([spec], own);
  return {
    name,
    title: spec.title ?? name.toUpperCase(),
    moduleUrl,
    workload,
    executors: await executorsOf(speakers(own), workload, catalogue),
    ...mergeLayers({ overrides, own: own.settings, defaults }, taken),
    overrides,
    attachment: spec.attachment ?? null,
    own: spec,
    file: file ?? null,
  };
}

/** Whoever says something of a scenario, and what relative paths in it start from. */
type Speaker = Given & Pick<CommonSettings, 'baseDir'>;
type Speakers = readonly [overrides: Speaker, own: Speaker, defaults: Speaker | null];

/** The first who says something of a setting. */
function heard(speakers: readonly (Speaker | null)[], field: Field): Speaker | undefined {
  return speakers.find((one): one is Speaker => one?.settings[field] !== undefined);
}

/** Arguments in a config are for functions: what has none is not refused for that. */
function argumentsFile([overrides, own, defaults]: Speakers, isPath: boolean): string | null {
  const speaker = heard([overrides, own, isPath ? defaults : null], 'args');
  return speaker === undefined ? null : fileOf(speaker.settings.args!, speaker.baseDir);
}

async function executorsOf(
  speakers: Speakers,
  workload: Workload,
  catalogue: Catalogue,
): Promise<readonly LoadedExecutor[]> {
  const [overrides, own] = speakers;
  const { settings, wording, baseDir } = heard(speakers, 'executors') ?? own;
  const usual = workload.defaults.executors ?? catalogue.usualExecutorNames;
  const lookup: Lookup = { subject: wording.subject('executors'), catalogue, baseDir };
  const executors = await loadExecutors(settings.executors ?? usual.map(executor => ({ executor })), lookup);
  requireRunnable(executors, workload, lookup.subject);
  if (overrides.settings.executors === undefined) requireOptions(executors, own);
  return executors;
}

async function loadWorkload(
  asked: string,
  args: string | null,
  { subject, catalogue, baseDir }: Lookup,
): Promise<{ moduleUrl: string; workload: Workload }> {
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
