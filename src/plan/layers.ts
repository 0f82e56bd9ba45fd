import { isLatency } from '../predicate.js';
import type { ParamSpecs } from '../schema/index.js';
import type { ValueLists } from '../settings/checks.js';
import type { Setting } from '../settings/setting.js';
import { type CheckedSettings, FIELDS, type Field, type UncheckedSettings } from '../settings/settings.js';
import type { ScenarioSpec } from '../settings/suite.js';
import { SETTINGS } from '../settings/table.js';
import type { Wording } from '../settings/wording.js';

/** Settings, and how messages speak of them. */
export interface Given {
  readonly settings: CheckedSettings;
  readonly wording: Wording;
}

/** What is said of all scenarios: by flags, as properties of the whole plan, or in a config. */
export interface CommonSettings extends Given {
  /** What relative paths in it start from. */
  readonly baseDir: string;
  /** The settings as they were given. */
  readonly written: UncheckedSettings;
}

/** What is said of all scenarios, on both sides of what each says of itself. */
export interface Common {
  readonly overrides: CommonSettings;
  /** Null: there is no config. */
  readonly defaults: CommonSettings | null;
}

/** Who said what is in force; what nobody said is a default of the workload or of the program. */
export type Layer = 'override' | 'scenario' | 'config';

/** What is in force of a scenario; `baseline` is its own or the config's. */
export interface Merged {
  readonly settings: CheckedSettings;
  /** By field, and by `params.NAME` and `options.NAME`. */
  readonly layers: ReadonlyMap<string, Layer>;
}

interface Layers {
  readonly overrides: CheckedSettings;
  readonly own: CheckedSettings;
  readonly defaults: CheckedSettings;
}

/** Of the scenario alone: which settings it takes, and what parameters its workload has. */
interface Taken extends Pick<ScenarioSpec, 'takes'> {
  readonly params: ParamSpecs;
  /** Its workload is a module, and may be a function that takes arguments. */
  readonly isPath: boolean;
}

export function mergeLayers(given: Layers, taken: Taken): Merged {
  const own = lasting(given.own, given.overrides);
  const { baseline: _baseline, ...overrides } = given.overrides;
  const defaults = fitting({ ...given, own }, taken);
  const layers = new Map<string, Layer>();
  const said = { config: defaults, scenario: own, override: overrides };
  for (const [layer, settings] of Object.entries(said) as [Layer, CheckedSettings][]) {
    const { params, options, ...others } = settings;
    const names = [
      ...Object.keys(others),
      ...Object.keys(params ?? {}).map(name => `params.${name}`),
      ...Object.keys(options ?? {}).map(name => `options.${name}`),
    ];
    for (const name of names) layers.set(name, layer);
  }
  return {
    settings: {
      ...defaults,
      ...own,
      ...overrides,
      params: { ...defaults.params, ...own.params, ...known(overrides.params, taken.params) },
      options: { ...defaults.options, ...own.options, ...overrides.options },
    },
    layers,
  };
}

/** Of a scenario asked for in another load than its own: its tasks and its time were chosen for that one. */
function lasting(own: CheckedSettings, overrides: CheckedSettings): CheckedSettings {
  if (overrides.load === undefined && overrides.durationMs === undefined) return own;
  const { tasks: _tasks, durationMs: _durationMs, budgetMs: _budgetMs, ...others } = own;
  return others;
}

/** Settings that a scenario has to say that it takes. */
const TAKEN_BY_SOME = FIELDS.filter(field => {
  const row: Setting<unknown, unknown> = SETTINGS[field];
  return row.takenBy !== undefined;
});

/**
 * Of the defaults those that mean something here. How many tasks, for how long and in which load belong together: a
 * scenario that says one of them is not given the others.
 */
export function fitting({ defaults, own, overrides }: Layers, taken: Taken): CheckedSettings {
  const hasLength = ({ tasks, durationMs }: CheckedSettings) =>
    tasks !== undefined || durationMs !== undefined;
  const isBatchAsked = [own, overrides].some(({ load }) => load?.kind === 'batch');
  const unfit: readonly Field[] = [
    ...(isBatchAsked ? (['durationMs'] as const) : []),
    ...(hasLength(own) || hasLength(overrides) ? (['tasks', 'durationMs'] as const) : []),
    ...(hasLength(own) ? (['load'] as const) : []),
    ...TAKEN_BY_SOME.filter(field => !taken.takes?.includes(field)),
    ...(taken.isPath ? [] : (['args'] as const)),
  ];
  const { params, options, slo, ...others } = defaults;
  const fit: CheckedSettings = Object.fromEntries(
    Object.entries(others).filter(([key]) => {
      const field = key as Field;
      return own[field] === undefined && !unfit.includes(field);
    }),
  );
  const { load, durationMs } = { ...fit, ...own, ...overrides };
  const isBatch = (load === undefined || load.kind === 'batch') && durationMs === undefined;
  // An objective of latency in a batch is refused where it was asked for of that scenario: it is a place in the line.
  const objectives = slo?.filter(({ metric }) => !(isBatch && isLatency(metric))) ?? [];
  const unsaidParams = unsaid(known(params, taken.params), own.params);
  const unsaidOptions = unsaid(options, own.options);
  const isSaid = own.slo !== undefined || objectives.length === 0;
  return {
    ...fit,
    ...(isSaid ? {} : { slo: objectives }),
    ...(unsaidParams && { params: unsaidParams }),
    ...(unsaidOptions && { options: unsaidOptions }),
  };
}

/** Those that the scenario itself says nothing of; null: none. */
function unsaid(defaults: ValueLists = {}, own: ValueLists = {}): ValueLists | null {
  const left = Object.entries(defaults).filter(([name]) => !Object.hasOwn(own, name));
  return left.length === 0 ? null : Object.fromEntries(left);
}

function known<T>(given: Readonly<Record<string, T>> | undefined, specs: ParamSpecs): Record<string, T> {
  return Object.fromEntries(Object.entries(given ?? {}).filter(([key]) => Object.hasOwn(specs, key)));
}
