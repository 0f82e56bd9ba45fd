import { defaultThreads } from '../cores.js';
import { UsageError } from '../errors.js';
import { isPlainObject } from '../plain-object.js';
import type { Plan, Scenario } from '../schema/index.js';
import {
  brokerOf,
  caOf,
  checkSettings,
  type RemoteInput,
  remoteRulesOf,
  type Settings,
  seedOf,
  serveOf,
  workersOf,
} from '../settings/settings.js';
import type { ScenarioSpec } from '../settings/suite.js';
import { propertyWording, type Wording } from '../settings/wording.js';
import { describe } from '../suggest.js';
import { requireBaseline } from './baseline.js';
import { withBroker } from './broker.js';
import { builtIns, type Catalogue } from './catalogue.js';
import type { Checkouts } from './checkout.js';
import type { LoadedConfig } from './config-file.js';
import { draftScenario, type ScenarioDraft } from './draft.js';
import type { Common, CommonSettings } from './layers.js';
import { RecordingChoice } from './recordings.js';
import { checkedCaFile, withRemote } from './remote.js';
import { requireOneTarget, requirePayload, requireTaken, requireTakers } from './requirements.js';
import { expandScenario } from './scenario.js';
import { type LocatedSpec, type ResolvedTargets, requireDistinctNames, resolveTargets } from './targets.js';
import { type WholeRunSetting, wholeRunInForce } from './whole-run.js';

/** What is asked for; all optional. Its settings override what the scenarios say. */
export interface PlanInput extends Settings, RemoteInput {
  /**
   * Names of suites, of scenarios in them or of workloads, or paths of modules with a workload or a suite as
   * default export. The default suite if there are neither targets nor scenarios.
   */
  readonly targets?: readonly string[] | undefined;
  readonly scenarios?: readonly ScenarioSpec[] | undefined;
  /** 0 … 2³² − 1; random if left out, and recorded. */
  readonly seed?: number | undefined;
  /** A command that runs beside the whole run, for tasks to call: they find its URL in `process.env.SERVE_URL`. */
  readonly serve?: string | undefined;
  /** How it shows that it is ready: a text that it prints, a URL that answers, a port. By default it prints a URL, or listens on the port in its PORT. */
  readonly serveReady?: string | number | undefined;
  /** URL of a Redis, Valkey or PostgreSQL that executors with a broker go through; left out: a private one is started where one is needed. */
  readonly broker?: string | undefined;
  /** Machines with `threads-vs-loop worker` that take its jobs; left out: processes of this one do. */
  readonly workers?: number | undefined;
  /** File of certificates in PEM that tasks trust on https, in place of the usual authorities. */
  readonly ca?: string | undefined;
}

/** The same as it came: flags and JavaScript may have put anything in it. */
export type UncheckedPlanInput = { readonly [K in keyof PlanInput]?: unknown };

export interface PlanOptions {
  readonly wording?: Wording;
  readonly catalogue?: Catalogue;
  /** Its defaults give way to what scenarios say, and its scenarios are targets. */
  readonly config?: LoadedConfig | null;
  /** What relative paths start from; the working directory if left out. */
  readonly baseDir?: string;
  readonly defaultThreads?: number;
  readonly randomSeed?: () => number;
  /** Whether one trial of each executor is recorded unless `timeline` says otherwise; default false. */
  readonly records?: boolean;
  /** Where revisions are checked out; left out: none can be. */
  readonly checkouts?: Checkouts;
}

/**
 * The single place of validation and defaults: what comes out can be trusted.
 *
 * @throws UsageError for everything that cannot be run
 */
export async function makePlan(input: UncheckedPlanInput, options: PlanOptions = {}): Promise<Plan> {
  return (await planAndDrafts(input, options)).plan;
}

/** A plan, and what it was made of. */
export interface PlanAndDrafts {
  readonly plan: Plan;
  /** Each that was asked for, with the variants that it became. */
  readonly planned: readonly { readonly draft: ScenarioDraft; readonly scenarios: readonly Scenario[] }[];
  readonly common: Common;
  readonly wholeRun: readonly WholeRunSetting[];
}

/** The same with what tells where its values come from. */
export async function planAndDrafts(
  input: UncheckedPlanInput,
  options: PlanOptions = {},
): Promise<PlanAndDrafts> {
  const before = process.cwd();
  try {
    return await planned(input, options);
  } finally {
    // A module that is loaded may have gone elsewhere, which must not move where results are written.
    if (process.cwd() !== before) process.chdir(before);
  }
}

async function planned(input: UncheckedPlanInput, options: PlanOptions): Promise<PlanAndDrafts> {
  const { wording = propertyWording(''), catalogue = builtIns, baseDir = process.cwd() } = options;
  const { targets: named, scenarios: own, seed, serve, serveReady, broker, workers, ca, ...settings } = input;
  const [targets, scenarios] = [checkTargets(named), checkScenarios(own)];
  const { allowRemote, remoteRate, remoteTotal, ...rest } = settings;
  const remote = { rules: remoteRulesOf({ allowRemote, remoteRate, remoteTotal }, wording), wording };
  const given: CommonSettings = { settings: checkSettings(rest, wording), wording, baseDir, written: rest };
  const common: Common = { overrides: given, defaults: options.config?.defaults ?? null };
  const { suite, specs } = await resolveAll(
    { targets, scenarios },
    catalogue,
    baseDir,
    options.config?.scenarios ?? [],
  );
  const written = specs.map(({ spec }) => spec);
  const isDefault = scenarios === undefined && (targets ?? []).length === 0;
  requireOneTarget(isDefault ? [] : written, given);
  const drafts: ScenarioDraft[] = [];
  for (const located of specs)
    drafts.push(await draftScenario(located, common, { catalogue, checkouts: options.checkouts ?? null }));

  requireTaken(written, given);
  requireTakers(drafts, given);
  const threads = options.defaultThreads ?? defaultThreads();
  const choice = new RecordingChoice();
  const planned = drafts.map(draft => {
    const scenarios = expandScenario(draft, threads).map(one => withRemote(one, draft, remote));
    const isChosen = options.records === true && draft.settings.timeline === undefined;
    return { draft, scenarios: isChosen ? choice.of(scenarios) : scenarios };
  });
  const all = planned.flatMap(one => one.scenarios);
  requireBaseline(all, given);
  requirePayload(all, given);
  const caFile = caOf(ca, wording);
  const plan = {
    suite,
    seed: seedOf(seed ?? options.config?.seed, wording, options.randomSeed),
    serve: serveOf(serve, serveReady, wording),
    scenarios: all,
    ...withBroker({ broker: brokerOf(broker, wording), workers: workersOf(workers, wording) }, all, wording),
    ...(caFile !== undefined && { caFile: checkedCaFile(caFile, baseDir, wording.subject('ca')) }),
  };
  const { rules } = remote;
  const wholeRun = wholeRunInForce(input, { plan, rules, config: options.config ?? null });
  return { plan, planned, common, wholeRun };
}

function checkTargets(given: unknown): PlanInput['targets'] {
  if (given === undefined) return given;
  if (Array.isArray(given) && given.every(one => typeof one === 'string')) return given;
  throw new UsageError('targets', 'a list of names or paths', describe(given), "Write for example ['http'].");
}

/** What each of them says is checked when it is drafted, which trusts none of it. */
function checkScenarios(given: unknown): PlanInput['scenarios'] {
  if (given === undefined) return given;
  if (Array.isArray(given) && given.every(isPlainObject)) return given as unknown as readonly ScenarioSpec[];
  const remedy = "Write for example [{ name: 'mine', workload: 'http' }].";
  throw new UsageError('scenarios', 'a list of scenarios', describe(given), remedy);
}

async function resolveAll(
  { targets, scenarios }: Pick<PlanInput, 'targets' | 'scenarios'>,
  catalogue: Catalogue,
  baseDir: string,
  configured: readonly LocatedSpec[],
): Promise<ResolvedTargets> {
  if (scenarios === undefined) return resolveTargets(targets ?? [], catalogue, baseDir, configured);
  const named =
    targets === undefined ? [] : (await resolveTargets(targets, catalogue, baseDir, configured)).specs;
  const own = scenarios.map(spec => ({ spec, baseDir }));
  return { suite: null, specs: requireDistinctNames([...named, ...own]) };
}
