import type { Attachment, Finding, NodeBinary } from '../schema/index.js';
import { type CheckedSettings, checkSettings, type Field, type Settings } from '../settings/settings.js';
import { SPEC_FIELDS } from '../settings/suite.js';
import { propertyWording } from '../settings/wording.js';
import type { Catalogue, Lookup } from './catalogue.js';
import type { Checkouts } from './checkout.js';
import { type Common, type CommonSettings, fitting, type Given, type Layer, mergeLayers } from './layers.js';
import { type LoadedWorkload, loadWorkload, requireText } from './loaded-workload.js';
import { loadNodes } from './node-binaries.js';
import { type LoadedExecutor, loadExecutors, requireRunnable } from './requested-executors.js';
import { requireCheckouts, requireOneComparison, requireOptions, requireTaken } from './requirements.js';
import { type LoadedRevisions, loadRevisions } from './revisions.js';
import type { LocatedSpec } from './targets.js';
import { fileOf, looksLikePath } from './user-module.js';
import { loadVersions, type Version } from './versions.js';

/** A scenario with everything it names loaded and its settings checked, before variants. */
export interface ScenarioDraft extends LoadedWorkload {
  readonly name: string;
  readonly title: string;
  /** The older one first, then the scenario's own workload; empty: there is but that. */
  readonly versions: readonly Version[];
  /** Made while versions were looked for. */
  readonly findings: readonly Finding[];
  /** Node binaries that are compared, the first of them the one to compare with; empty: there is but that of this program. */
  readonly nodes: readonly NodeBinary[];
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
  { catalogue, checkouts }: { readonly catalogue: Catalogue; readonly checkouts: Checkouts | null },
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
  const lookup = { subject: where.subject('workload'), catalogue, baseDir };
  const newer = { ...lookup, given: requireText(written.workload, lookup.subject) };
  const isPath = looksLikePath(newer.given);
  const speakers = (own: Speaker): Speakers => [common.overrides, own, common.defaults];
  const args = argumentsFile(speakers(asWritten), isPath);
  const loaded = await loadWorkload(newer.given, args, lookup);
  const { workload } = loaded;

  const overrides = common.overrides.settings;
  const defaults = common.defaults?.settings ?? {};
  const taken = { takes: written.takes, params: workload.params, isPath };
  const fit = fitting({ overrides, own: asWritten.settings, defaults }, taken);
  const spec = { ...written, ...written.adapt?.({ ...fit, ...overrides }) };
  const own: Speaker = { ...asWritten, settings: checkSettings(spec, where, SPEC_FIELDS) };
  requireTaken([spec], own);
  requireOneComparison(speakers(own).map(one => one ?? undefined));
  const { versions, findings } = await versionsOf(speakers(own), { ...newer, ...loaded }, args, checkouts);
  return {
    name,
    title: spec.title ?? titleOf(name, versions),
    // Of several revisions the working tree need not be one: then it is not run.
    ...(versions.at(-1) ?? loaded),
    versions,
    findings,
    nodes: await nodesOf(speakers(own)),
    executors: await executorsOf(speakers(own), [...versions, loaded], catalogue),
    ...mergeLayers({ overrides, own: own.settings, defaults }, taken),
    overrides,
    attachment: spec.attachment ?? null,
    own: spec,
    file: file ?? null,
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

/** None where the target is compared as it is. */
async function versionsOf(
  speakers: Speakers,
  newer: Lookup & LoadedWorkload & { readonly given: string },
  args: string | null,
  checkouts: Checkouts | null,
): Promise<LoadedRevisions> {
  const older = heard(speakers, 'versus');
  const { catalogue } = newer;
  if (older !== undefined) {
    const { settings, wording, baseDir } = older;
    const asked = { given: settings.versus!, subject: wording.subject('versus'), baseDir, catalogue };
    return { versions: await loadVersions(asked, newer, args), findings: [] };
  }
  const asked = heard(speakers, 'worktree');
  if (asked === undefined) {
    requireCheckouts(speakers[0]);
    return { versions: [], findings: [] };
  }
  const setup = heard(speakers, 'worktreeSetup');
  return loadRevisions({
    given: asked.settings.worktree!,
    setup: setup?.settings.worktreeSetup ?? null,
    subject: asked.wording.subject('worktree'),
    setupSubject: (setup ?? asked).wording.subject('worktreeSetup'),
    target: newer.given,
    args,
    lookup: newer,
    checkouts,
  });
}

async function nodesOf(speakers: Speakers): Promise<readonly NodeBinary[]> {
  const speaker = heard(speakers, 'node');
  if (speaker === undefined) return [];
  const { settings, wording, baseDir } = speaker;
  return loadNodes({ given: settings.node!, subject: wording.subject('node'), baseDir });
}

async function executorsOf(
  speakers: Speakers,
  workloads: readonly LoadedWorkload[],
  catalogue: Catalogue,
): Promise<readonly LoadedExecutor[]> {
  const [overrides, own] = speakers;
  const { settings, wording, baseDir } = heard(speakers, 'executors') ?? own;
  const usual = workloads.at(-1)!.workload.defaults.executors ?? catalogue.usualExecutorNames;
  const lookup: Lookup = { subject: wording.subject('executors'), catalogue, baseDir };
  const executors = await loadExecutors(settings.executors ?? usual.map(executor => ({ executor })), lookup);
  for (const { workload } of workloads) requireRunnable(executors, workload, lookup.subject);
  if (overrides.settings.executors === undefined) requireOptions(executors, own);
  return executors;
}
