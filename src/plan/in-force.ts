import { formatPredicate } from '../predicate.js';
import type { ParamValue, Scenario, WarmUp } from '../schema/index.js';
import { FIELDS, type Field } from '../settings/settings.js';
import { literal } from '../settings/wording.js';
import type { ScenarioDraft } from './draft.js';
import type { Common, Layer } from './layers.js';
import type { PlanAndDrafts } from './plan.js';

/**
 * Where a value comes from; `executors`: from what the chosen executors say of themselves, `load`: from the rate or the
 * duration, `default`: built in.
 */
export type Source = Layer | 'executors' | 'workload' | 'load' | 'default';

/** A setting in force. */
export interface SettingInForce {
  /** Whose flag and property it is. */
  readonly field: Field;
  /** Of one of `params` or `options`; null: the field itself. */
  readonly key: string | null;
  /** Several where they make variants. */
  readonly values: readonly unknown[];
  readonly source: Source;
}

export interface ScenarioInForce {
  readonly title: string;
  readonly name: string;
  readonly workload: string;
  /** The config that it is written in; null: it is not in one. */
  readonly file: string | null;
  readonly variants: number;
  readonly settings: readonly SettingInForce[];
}

/** `mix (render 70 %, scrypt 30 %)` */
function withShares({ name, mix }: ScenarioDraft['workload']): string {
  if (mix === undefined) return name;
  const parts = Object.entries(mix.shares).map(
    ([part, share]) => `${part} ${Number((share * 100).toPrecision(3))} %`,
  );
  return `${name} (${parts.join(', ')})`;
}

type Values = (scenario: Scenario) => readonly unknown[];

/** What the plan knows of a setting; what it does not know is shown as it was given. */
const IN_PLAN: Readonly<Partial<Record<Field, Values>>> = {
  executors: ({ executors }) => executors.map(({ id }) => id),
  tasks: ({ tasks }) => (tasks === null ? [] : [tasks]),
  durationMs: ({ load }) => (load.kind === 'duration' ? [load.durationMs] : []),
  load: ({ load }) => {
    if (load.kind === 'duration') return [];
    if (load.kind === 'batch') return ['batch'];
    return [`rate=${load.perSecond}/s${load.arrivals === 'poisson' ? ',poisson' : ''}`];
  },
  slo: ({ slo }) => slo.map(formatPredicate),
  threads: ({ executors }) =>
    executors.filter(({ capabilities }) => capabilities.workers).map(({ threads }) => threads),
  inFlight: ({ inFlight }) => [inFlight],
  payloadBytes: ({ payloadBytes }) => [payloadBytes],
  uvThreads: ({ executors }) => executors.flatMap(({ uvThreads }) => uvThreads ?? []),
  node: ({ executors }) => executors.flatMap(({ node }) => node?.label ?? []),
  results: ({ executors }) => executors.map(({ results }) => results),
  forks: ({ measurement: { forks } }) => (forks === null ? [] : [forks]),
  minForks: ({ measurement: { forks, minForks } }) => (forks === null ? [minForks] : []),
  maxForks: ({ measurement: { forks, maxForks } }) => (forks === null ? [maxForks] : []),
  rounds: ({ measurement }) => [measurement.rounds],
  precision: ({ measurement }) => [measurement.precision],
  equivalence: ({ measurement }) => [measurement.equivalence].filter(one => one !== null),
  budgetMs: ({ measurement: { budgetMs, mostBudgetMs } }) => [
    budgetMs === mostBudgetMs ? budgetMs : `${literal(budgetMs)}, up to ${literal(mostBudgetMs)} to warm up`,
  ],
  warmup: ({ measurement }) => [warmUpText(measurement.warmup)],
  taskTimeoutMs: ({ taskTimeoutMs }) => [taskTimeoutMs],
  expectedFailures: ({ expectedFailures }) => expectedFailures,
  maxFailed: ({ maxFailed }) => [formatPredicate(maxFailed)],
  maxBacklog: ({ load }) => (load.kind === 'rate' ? [load.maxBacklog] : []),
  timeline: ({ timeline, recorded = [] }) => [recorded.length > 0 ? 'on the page' : timeline],
  baseline: ({ baseline }) => [baseline],
};

function warmUpText(warmup: WarmUp): string {
  if (warmup.kind === 'time') return `${warmup.ms}ms`;
  return warmup.kind === 'tasks' ? `${warmup.tasksPerWorker} tasks` : warmup.kind;
}

/** Of each scenario that was asked for, in the order of the table of settings. */
export function settingsInForce({ planned, common }: PlanAndDrafts): readonly ScenarioInForce[] {
  return planned.map(({ draft, scenarios }) => ({
    title: draft.title,
    name: draft.name,
    workload: withShares(draft.workload),
    file: draft.file,
    variants: scenarios.length,
    settings: FIELDS.flatMap(field => inForce(field, draft, scenarios, common)),
  }));
}

function inForce(
  field: Field,
  draft: ScenarioDraft,
  scenarios: readonly Scenario[],
  common: Common,
): SettingInForce[] {
  if (field === 'params') return paramsInForce(draft, scenarios);
  if (field === 'options') return optionsInForce(draft);
  const values = distinct(
    IN_PLAN[field] === undefined ? given(field, draft, common) : scenarios.flatMap(IN_PLAN[field]),
  );
  if (values.length === 0) return [];
  return [{ field, key: null, values, source: sourceOf(field, draft, scenarios) }];
}

function paramsInForce(
  { workload, layers }: ScenarioDraft,
  scenarios: readonly Scenario[],
): SettingInForce[] {
  return Object.keys(workload.params).map(key => ({
    field: 'params',
    key,
    values: distinct(scenarios.map(({ params }) => params[key])),
    source: layers.get(`params.${key}`) ?? 'workload',
  }));
}

/** Those that were set: what executors have beside is shown by `list`. */
function optionsInForce({ settings, layers }: ScenarioDraft): SettingInForce[] {
  return Object.entries(settings.options ?? {}).map(([key, values]: [string, readonly ParamValue[]]) => ({
    field: 'options',
    key,
    values,
    source: layers.get(`options.${key}`) ?? 'default',
  }));
}

/** Of a setting that the plan does not record: as it was written. */
function given(field: Field, { layers, own }: ScenarioDraft, { overrides, defaults }: Common): unknown[] {
  const layer = layers.get(field);
  if (layer === undefined) return [];
  const written = { override: overrides.written, scenario: own, config: defaults?.written ?? {} };
  return [written[layer][field]].flat();
}

function sourceOf(field: Field, draft: ScenarioDraft, scenarios: readonly Scenario[]): Source {
  if (field === 'baseline') return sourceOfBaseline(draft, scenarios);
  const layer = draft.layers.get(field);
  if (field === 'threads' || field === 'inFlight') {
    const isOwn = draft.executors.some(one => one[field] !== null);
    if (layer !== 'override' && isOwn) return 'executors';
  }
  if (layer !== undefined) return layer;
  if (field === 'tasks') return draft.settings.load?.kind === 'rate' ? 'load' : 'workload';
  if (field === 'executors' && draft.workload.defaults.executors !== undefined) return 'workload';
  return 'default';
}

/** One that a scenario lacks gives way to the next that was named. */
function sourceOfBaseline(
  { overrides, settings, layers }: ScenarioDraft,
  scenarios: readonly Scenario[],
): Source {
  const isChosen = (wanted: string | undefined) =>
    scenarios.some(({ baseline, executors }) =>
      executors.some(({ id, name }) => id === baseline && (id === wanted || name === wanted)),
    );
  if (isChosen(overrides.baseline)) return 'override';
  return (isChosen(settings.baseline) ? layers.get('baseline') : undefined) ?? 'default';
}

function distinct(values: readonly unknown[]): readonly unknown[] {
  return [...new Map(values.map(value => [JSON.stringify(value), value])).values()];
}
