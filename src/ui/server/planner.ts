import { findProgram } from '../../articles/programs.js';
import { defaultThreads } from '../../cores.js';
import { UsageError } from '../../errors.js';
import { builtIns, type Catalogue } from '../../plan/catalogue.js';
import { makePlan, planAndDrafts, type UncheckedPlanInput } from '../../plan/plan.js';
import type { Plan, Scenario } from '../../schema/index.js';
import type { ExecutorEntry } from '../../settings/checks.js';
import type { UiPlan, UiPreset, UiRequest } from '../protocol.js';
import { OWN_PRESET, PRESETS, type PresetDefinition } from './presets.js';
import { RANGES, SLIDERS, type Slider } from './ranges.js';

export interface PlannerOptions {
  readonly baseDir: string;
  readonly catalogue?: Catalogue | undefined;
  /** One's own workload, as `run` takes it. */
  readonly target?: string | undefined;
  /** File of arguments of its tasks. */
  readonly args?: string | undefined;
}

/** What is to be measured, and the arguments of `run` that ask for the same. */
export interface PlannedRequest {
  readonly plan: Plan;
  readonly args: readonly string[];
}

/** What a scenario has where nobody changes anything; a value that differs between the places of its axis is nobody's. */
interface OwnValues {
  readonly sliders: Partial<Record<Slider, number | undefined>>;
  /** By the name of the executor what the scenario calls it: `nb_threads` of `queue`. */
  readonly entries: ReadonlyMap<string, string>;
  readonly baseline: string;
  /** Several of its programs are the same executor: without being named, all of them run. */
  readonly hasTwins: boolean;
  /** Else its in-flight limit follows from its tasks. */
  readonly hasInFlight: boolean;
}

interface LoadedPreset {
  readonly definition: PresetDefinition;
  /** Without any change. */
  readonly plan: Plan;
  readonly own: OwnValues;
  readonly shown: UiPreset;
}

/** Settings as a program and as the command line say them. */
interface Said {
  readonly input: UncheckedPlanInput;
  readonly args: readonly string[];
}

/** One trial of each executor, task by task; who takes longer than the budget is left out. */
const RACE: Said = {
  input: { forks: 1, rounds: 1, warmup: '100ms', timeline: true, budgetMs: 30_000 },
  args: ['--forks', '1', '--rounds', '1', '--warmup', '100ms', '--timeline', '--budget', '30s'],
};

/** What the kernel of `cpu` computes at least, ms. */
const LEAST_COMPUTING_MS = 0.001;

/** Makes plans of what the page asks for: names and numbers that have been checked. */
export class Planner {
  readonly #presets: ReadonlyMap<string, LoadedPreset>;
  readonly #options: PlannerOptions;

  private constructor(presets: readonly LoadedPreset[], options: PlannerOptions) {
    this.#presets = new Map(presets.map(preset => [preset.definition.name, preset]));
    this.#options = options;
  }

  /** @throws UsageError for a target that cannot be run */
  static async load(options: PlannerOptions): Promise<Planner> {
    const { catalogue = builtIns, target } = options;
    const suites = await catalogue.suites();
    const known = suites.flatMap(({ scenarios }) => scenarios.map(({ name }) => name));
    const definitions = [
      ...(target === undefined ? [] : [ownDefinition(target)]),
      ...PRESETS.filter(preset => known.includes(preset.target)),
    ];
    const presets: LoadedPreset[] = [];
    for (const definition of definitions) presets.push(await loadPreset(definition, options));
    return new Planner(presets, options);
  }

  /** Of one's own, as it was loaded; null: there is none. */
  get ownPlan(): Plan | null {
    return this.#presets.get(OWN_PRESET)?.plan ?? null;
  }

  get presets(): readonly UiPreset[] {
    return [...this.#presets.values()].map(({ shown }) => shown);
  }

  /** @throws UsageError for what cannot be run together, such as `blocking` and a workload that cannot block */
  async plan({ kind, plan: asked, budgetSeconds }: UiRequest): Promise<PlannedRequest> {
    const { definition, own, shown } = this.#presets.get(asked.preset)!;
    const what = saidOf({ ...shown.plan, ...withoutUndefined(asked) }, own);
    const how = kind === 'race' ? RACE : measureOf(budgetSeconds);
    const plan = await makePlan(
      { ...targetOf(definition, this.#options).input, ...what.input, ...how.input },
      { ...planOptions(this.#options), records: true },
    );
    // A config of the folder it is pasted in would have its say.
    const target = targetOf(definition, this.#options).args;
    return { plan, args: ['run', ...target, ...what.args, ...how.args, '--no-config'] };
  }
}

/** Whose function it is has arguments for it; built-in tasks take none. */
function targetOf({ target, group }: PresetDefinition, { args }: PlannerOptions): Said {
  const isOwn = group === 'own' && args !== undefined;
  return {
    input: { targets: [target], ...(isOwn && { args }) },
    args: [target, ...(isOwn ? ['--args', args] : [])],
  };
}

function ownDefinition(target: string): PresetDefinition {
  return {
    name: OWN_PRESET,
    title: 'Your own',
    summary: `What you named on the command line: ${target}.`,
    group: 'own',
    target,
  };
}

function planOptions({ baseDir, catalogue }: PlannerOptions) {
  return { baseDir, ...(catalogue === undefined ? {} : { catalogue }) };
}

async function loadPreset(definition: PresetDefinition, options: PlannerOptions): Promise<LoadedPreset> {
  const { name, title, summary, group, target } = definition;
  const { plan, planned } = await planAndDrafts(targetOf(definition, options).input, planOptions(options));
  const first = plan.scenarios[0]!;
  requireOneBatch(target, planned.length, first);
  const entries = entriesOf(first, planned[0]!.draft.own.executors ?? []);
  const own = {
    sliders: ownSliders(plan.scenarios),
    entries,
    baseline: baselineOf(first),
    hasTwins: entries.size < first.executors.length,
    hasInFlight: planned[0]!.draft.own.inFlight !== undefined,
  };
  const values = { ...shownSliders(first), ...definition.change };
  const executors = definition.change?.executors ?? [...entries.keys()];
  return {
    definition,
    plan,
    own,
    shown: { name, title, summary, group, plan: { ...values, preset: name, executors } },
  };
}

function requireOneBatch(target: string, scenarios: number, { load, tasks }: Scenario): void {
  if (scenarios === 1 && load.kind === 'batch' && tasks !== null) return;
  const got = scenarios === 1 ? `one with the load ${load.kind}` : `a suite of ${scenarios} scenarios`;
  const remedy = 'Name one of its scenarios, or a workload.';
  throw new UsageError(target, 'one workload, function or scenario with a batch of tasks', got, remedy);
}

/** In the order of the scenario; of programs that are the same executor the first. */
function entriesOf(
  { executors }: Scenario,
  written: readonly (string | ExecutorEntry)[],
): ReadonlyMap<string, string> {
  const names = executors.map(({ name }) => [name, name] as const);
  const programs = written.flatMap(entry => {
    const given = typeof entry === 'string' ? entry : entry.executor;
    const program = findProgram(given);
    return program === undefined ? [] : [[program.executor, given] as const];
  });
  return new Map([...names, ...programs.reverse()]);
}

function baselineOf({ executors, baseline }: Scenario): string {
  return executors.find(({ id }) => id === baseline)!.name;
}

function slidersOf({ params, tasks, inFlight, executors }: Scenario): Record<Slider, number | undefined> {
  const threads = executors.filter(({ capabilities }) => capabilities.workers).map(one => one.threads);
  return {
    waitMs: timeOf('waitMs', params.waitMs),
    computeMs: timeOf('computeMs', params.cpuMs),
    tasks: tasks!,
    inFlight,
    threads: threads.length === 0 ? defaultThreads() : Math.max(...threads),
  };
}

/** Of a time that is beyond the slider there is none: it stays what it is. */
function timeOf(slider: Slider, value: unknown): number | undefined {
  return typeof value === 'number' && value <= RANGES[slider].to ? rounded(value) : undefined;
}

function ownSliders(scenarios: readonly Scenario[]): OwnValues['sliders'] {
  const [first, ...others] = scenarios.map(slidersOf);
  const isCommon = (slider: Slider) => others.every(one => one[slider] === first![slider]);
  return Object.fromEntries(SLIDERS.filter(isCommon).map(slider => [slider, first![slider]]));
}

function shownSliders(scenario: Scenario) {
  const { waitMs, computeMs, ...others } = slidersOf(scenario);
  const within = (slider: keyof typeof others) => Math.min(others[slider]!, RANGES[slider].to);
  return {
    ...withoutUndefined({ waitMs, computeMs }),
    tasks: within('tasks'),
    inFlight: within('inFlight'),
    threads: within('threads'),
  };
}

/** What differs from the scenario: the rest it says itself, and so a command line stays short. */
function saidOf(wanted: UiPlan, own: OwnValues): Said {
  const isChanged = (slider: Slider) =>
    wanted[slider] !== undefined && wanted[slider] !== own.sliders[slider];
  const hasAdded = wanted.executors!.some(name => !own.entries.has(name));
  const isSaid: Readonly<Record<Slider, boolean>> = {
    waitMs: isChanged('waitMs'),
    computeMs: isChanged('computeMs'),
    tasks: isChanged('tasks'),
    inFlight: isChanged('inFlight') || (!own.hasInFlight && isChanged('tasks')),
    // Whoever comes new would have as many as there are cores.
    threads: isChanged('threads') || hasAdded,
  };
  const said = (slider: Slider) => (isSaid[slider] ? wanted[slider] : undefined);
  const [waitMs, computeMs] = [said('waitMs'), said('computeMs')];
  const params = withoutUndefined({
    waitMs: waitMs === undefined ? undefined : rounded(waitMs),
    cpuMs: computeMs === undefined ? undefined : Math.max(LEAST_COMPUTING_MS, rounded(computeMs)),
  });
  const numbers = withoutUndefined({
    tasks: said('tasks'),
    inFlight: said('inFlight'),
    threads: said('threads'),
  });
  const who = executorsSaid(wanted.executors!, own);
  return {
    input: { ...(Object.keys(params).length > 0 && { params }), ...numbers, ...who.input },
    args: [
      ...Object.entries(params).flatMap(([name, value]) => ['--param', `${name}=${value}`]),
      ...Object.entries(numbers).flatMap(([name, value]) => [NUMBER_FLAGS[name]!, String(value)]),
      ...who.args,
    ],
  };
}

const NUMBER_FLAGS: Readonly<Record<string, string>> = {
  tasks: '--tasks',
  inFlight: '--in-flight',
  threads: '--threads',
};

/** Without the remains of a slider's steps. */
function rounded(ms: number): number {
  return Math.round(ms * 1_000) / 1_000;
}

/** By the names that the scenario has for them, in its order. */
function executorsSaid(wanted: readonly string[], { entries, baseline, hasTwins }: OwnValues): Said {
  const isAll = wanted.length === entries.size && wanted.every(name => entries.has(name));
  if (isAll && !hasTwins) return { input: {}, args: [] };
  const ordered = [
    ...[...entries.keys()].filter(name => wanted.includes(name)),
    ...wanted.filter(name => !entries.has(name)),
  ];
  const called = (name: string) => entries.get(name) ?? name;
  const executors = ordered.map(called);
  const compared = called(ordered.includes(baseline) ? baseline : ordered[0]!);
  return {
    input: { executors, baseline: compared },
    args: ['--executors', executors.join(','), '--baseline', compared],
  };
}

function measureOf(budgetSeconds: number | undefined): Said {
  if (budgetSeconds === undefined) return { input: {}, args: [] };
  return { input: { budgetMs: budgetSeconds * 1_000 }, args: ['--budget', `${budgetSeconds}s`] };
}

function withoutUndefined<T extends object>(values: T): { [K in keyof T]: Exclude<T[K], undefined> } {
  const said = Object.entries(values).filter(([, value]) => value !== undefined);
  return Object.fromEntries(said) as { [K in keyof T]: Exclude<T[K], undefined> };
}
