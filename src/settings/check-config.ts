import { UsageError } from '../errors.js';
import { isPlainObject } from '../plain-object.js';
import { closest, describe, unknownName } from '../suggest.js';
import { type CheckedSettings, checkSettings, FIELDS, type Settings, seedOf } from './settings.js';
import { type ScenarioSpec, SPEC_FIELDS } from './suite.js';
import { propertyWording } from './wording.js';

/** A config that can be trusted; its scenarios are checked again when they are planned. */
export interface CheckedConfig {
  readonly scenarios: readonly ScenarioSpec[];
  /** `executors` and `slo` among them. */
  readonly defaults: CheckedSettings;
  /** The same as it was written. */
  readonly written: Settings;
  readonly seed: number | undefined;
}

const KEYS = ['$schema', 'scenarios', 'executors', 'slo', 'defaults'];
/** Have a place of their own. */
const OUTSIDE_DEFAULTS = ['executors', 'slo'] as const;

/**
 * @param file what messages call it
 * @throws UsageError for anything that it cannot be
 */
export function checkConfig(raw: unknown, file: string): CheckedConfig {
  if (!isPlainObject(raw))
    throw new UsageError(file, 'a config', describe(raw), 'Write for example { defaults: { threads: 2 } }.');
  const unknown = Object.keys(raw).find(key => !KEYS.includes(key));
  if (unknown !== undefined) throw unknownKey(file, unknown);
  const { defaults = {} } = raw;
  if (!isPlainObject(defaults)) {
    const remedy = 'Write for example defaults: { threads: 2 }.';
    throw new UsageError(`${file}: defaults`, 'settings by their names', describe(defaults), remedy);
  }
  requireOnce(raw, defaults, file);
  const { seed, ...settings } = defaults;
  const wording = propertyWording(`${file}: defaults: `);
  const own = Object.fromEntries(OUTSIDE_DEFAULTS.map(key => [key, raw[key]]));
  const checked = {
    ...checkSettings(settings, wording, ['seed']),
    ...checkSettings(own, propertyWording(`${file}: `)),
  };
  return {
    scenarios: checkScenarios(raw.scenarios, file),
    defaults: checked,
    written: definedOf({ ...settings, ...definedOf(own) }),
    seed: seed === undefined ? undefined : seedOf(seed, wording),
  };
}

function definedOf(settings: Readonly<Record<string, unknown>>): Settings {
  return Object.fromEntries(Object.entries(settings).filter(([, value]) => value !== undefined));
}

/** A setting at the top is a common slip. */
function unknownKey(file: string, key: string): UsageError {
  const setting = closest(key, FIELDS);
  if (setting === undefined || closest(key, KEYS) !== undefined)
    return unknownName(`${file}: key`, key, KEYS, 'Leave it out.');
  const meant = `defaults: { ${setting}: … }`;
  return new UsageError(`${file}: key`, `one of ${KEYS.join(', ')}`, describe(key), { meant });
}

function requireOnce(
  raw: Readonly<Record<string, unknown>>,
  defaults: Readonly<Record<string, unknown>>,
  file: string,
): void {
  const twice = OUTSIDE_DEFAULTS.find(key => raw[key] !== undefined && defaults[key] !== undefined);
  if (twice === undefined) return;
  const remedy = 'Leave out the one in defaults.';
  throw new UsageError(`${file}: ${twice}`, 'one place for it', 'another in defaults', remedy);
}

function checkScenarios(given: unknown, file: string): readonly ScenarioSpec[] {
  if (given === undefined) return [];
  const remedy = "Write for example [{ name: 'mine', workload: './bench/my-task.mjs' }].";
  if (!Array.isArray(given))
    throw new UsageError(`${file}: scenarios`, 'a list of scenarios', describe(given), remedy);
  const specs = given.map((one: unknown, at) => checkScenario(one, `${file}: scenario ${at + 1}`, file));
  const names = specs.map(({ name }) => name);
  const twice = names.find((name, at) => names.indexOf(name) !== at);
  if (twice === undefined) return specs;
  const got = `${describe(twice)} twice`;
  throw new UsageError(`${file}: scenarios`, 'a different name for each', got, 'Rename one.');
}

/** @param place by its number, while its name is not known */
function checkScenario(given: unknown, place: string, file: string): ScenarioSpec {
  const remedy = "Write for example { name: 'mine', workload: './bench/my-task.mjs' }.";
  if (!isPlainObject(given)) throw new UsageError(place, 'a scenario', describe(given), remedy);
  for (const field of ['name', 'workload']) {
    const text = given[field];
    if (typeof text === 'string' && text !== '') continue;
    throw new UsageError(`${place}: ${field}`, 'a text', describe(text), remedy);
  }
  checkSettings(given, propertyWording(`${file}: scenario ${given.name}: `), SPEC_FIELDS);
  // Its name, its workload and every setting have been looked at.
  return given as unknown as ScenarioSpec;
}
