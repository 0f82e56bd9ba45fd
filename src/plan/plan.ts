import { defaultThreads } from '../cores.js';
import type { Plan } from '../schema/index.js';
import { checkSettings, type Settings, seedOf, serveOf } from '../settings/settings.js';
import type { ScenarioSpec } from '../settings/suite.js';
import { propertyWording, type Wording } from '../settings/wording.js';
import { requireBaseline } from './baseline.js';
import { builtIns, type Catalogue } from './catalogue.js';
import { draftScenario, type Overrides, type ScenarioDraft } from './draft.js';
import { requirePayload, requireTaken, requireTakers } from './requirements.js';
import { expandScenario } from './scenario.js';
import { type ResolvedTargets, requireDistinctNames, resolveTargets } from './targets.js';

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
  /** A command that runs beside the whole run, for tasks to call: they find its URL in `process.env.SERVE_URL`. */
  readonly serve?: string | undefined;
  /** How it shows that it is ready: a text that it prints, a URL that answers, a port. By default it prints a URL, or listens on the port in its PORT. */
  readonly serveReady?: string | number | undefined;
}

export interface PlanOptions {
  readonly wording?: Wording;
  readonly catalogue?: Catalogue;
  /** What relative paths start from; the working directory if left out. */
  readonly baseDir?: string;
  readonly defaultThreads?: number;
  readonly randomSeed?: () => number;
}

/**
 * The single place of validation and defaults: what comes out can be trusted.
 *
 * @param input typed, and checked all the same: flags and JavaScript may have put anything in it
 * @throws UsageError for everything that cannot be run
 */
export async function makePlan(input: PlanInput, options: PlanOptions = {}): Promise<Plan> {
  const { wording = propertyWording(''), catalogue = builtIns, baseDir = process.cwd() } = options;
  const { targets, scenarios, seed, serve, serveReady, ...rest } = input;
  const given: Overrides = { settings: checkSettings(rest, wording), wording, baseDir };
  const { suite, specs } = await resolveAll(targets, scenarios, catalogue, baseDir);
  const drafts: ScenarioDraft[] = [];
  for (const located of specs) drafts.push(await draftScenario(located, given, catalogue));

  const written = specs.map(({ spec }) => spec);
  requireTaken(written, given);
  requireTakers(drafts, given);
  const threads = options.defaultThreads ?? defaultThreads();
  const planned = drafts.flatMap(draft => expandScenario(draft, threads));
  requireBaseline(planned, given);
  requirePayload(planned, given);
  return {
    suite,
    seed: seedOf(seed, wording, options.randomSeed),
    serve: serveOf(serve, serveReady, wording),
    scenarios: planned,
  };
}

async function resolveAll(
  targets: readonly string[] | undefined,
  scenarios: readonly ScenarioSpec[] | undefined,
  catalogue: Catalogue,
  baseDir: string,
): Promise<ResolvedTargets> {
  if (scenarios === undefined) return resolveTargets(targets ?? [], catalogue, baseDir);
  const named = targets === undefined ? [] : (await resolveTargets(targets, catalogue, baseDir)).specs;
  const own = scenarios.map(spec => ({ spec, baseDir }));
  return { suite: null, specs: requireDistinctNames([...named, ...own]) };
}
