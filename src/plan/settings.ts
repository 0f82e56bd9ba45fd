import { UsageError } from '../errors.js';
import type { ParamValue } from '../model.js';
import { closest, describe } from './suggest.js';

export type OneOrMore<T> = T | readonly T[];
/** A list of values makes variants along an axis. */
export type ParamInput = Readonly<Record<string, OneOrMore<ParamValue>>>;

/** What a scenario may say and a flag may override. All optional: the defaults are in `scenario.ts`. */
export interface Settings {
  readonly executors?: readonly string[] | undefined;
  readonly tasks?: OneOrMore<number> | undefined;
  /** Of each executor that has threads or processes. */
  readonly threads?: OneOrMore<number> | undefined;
  /** Limit for a whole executor. */
  readonly inFlight?: OneOrMore<number> | undefined;
  readonly params?: ParamInput | undefined;
  /** Options of executors: each goes to every chosen executor that has it. */
  readonly options?: ParamInput | undefined;
  /** Name of an executor or id of a variant. */
  readonly baseline?: string | undefined;
  /** Fixes the number of forks; otherwise precision and budget decide. */
  readonly forks?: number | undefined;
  readonly minForks?: number | undefined;
  readonly maxForks?: number | undefined;
  readonly rounds?: number | undefined;
  /** Wanted half-width of the interval as a share, e.g. 0.03. */
  readonly precision?: number | undefined;
  /** Per scenario. */
  readonly budgetMs?: number | undefined;
  readonly taskTimeoutMs?: number | undefined;
  /** Share of failed tasks past which a scenario is INVALID. */
  readonly maxFailedShare?: number | undefined;
}

/** Settings that can be trusted: numbers in their limits, lists that are lists without repetitions. */
export interface CheckedSettings {
  readonly executors?: readonly string[];
  readonly tasks?: readonly number[];
  readonly threads?: readonly number[];
  readonly inFlight?: readonly number[];
  /** Not yet checked against a workload. */
  readonly params?: Readonly<Record<string, readonly ParamValue[]>>;
  readonly options?: Readonly<Record<string, readonly ParamValue[]>>;
  readonly baseline?: string;
  readonly forks?: number;
  readonly minForks?: number;
  readonly maxForks?: number;
  readonly rounds?: number;
  readonly precision?: number;
  readonly budgetMs?: number;
  readonly taskTimeoutMs?: number;
  readonly maxFailedShare?: number;
}

type Field = keyof Settings;

/** How messages speak of a setting: by its flag or by its property. */
export interface Wording {
  subject(field: Field | 'seed'): string;
  /** What to write instead, e.g. `Write --threads 2.` */
  remedy(field: Field | 'seed'): string;
}

const EXAMPLES: Readonly<Record<Field | 'seed', string>> = {
  executors: "executors: ['limited', 'queue']",
  tasks: 'tasks: 100',
  threads: 'threads: 2',
  inFlight: 'inFlight: 16',
  params: 'params: { waitMs: 10 }',
  options: 'options: { batchSize: 10 }',
  baseline: "baseline: 'sequential'",
  forks: 'forks: 5',
  minForks: 'minForks: 5',
  maxForks: 'maxForks: 12',
  rounds: 'rounds: 5',
  precision: 'precision: 0.03',
  budgetMs: 'budgetMs: 20_000',
  taskTimeoutMs: 'taskTimeoutMs: 5_000',
  maxFailedShare: 'maxFailedShare: 0.01',
  seed: 'seed: 7',
};

/** @param where e.g. `scenario waiting: ` */
export function propertyWording(where: string): Wording {
  return {
    subject: field => `${where}${field}`,
    remedy: field => `Write for example ${EXAMPLES[field]}.`,
  };
}

type Fail = (expected: string, got: unknown) => never;
type Check<T> = (value: unknown, fail: Fail) => T;

const MAX_TASKS = 10_000_000;
const MAX_THREADS = 1024;
export const MAX_IN_FLIGHT = 1_000_000;
const MAX_MEASURED = 1000;
const DAY_MS = 86_400_000;

const CHECKS: { [F in Field]: Check<NonNullable<CheckedSettings[F]>> } = {
  executors: names,
  tasks: list(whole(1, MAX_TASKS)),
  threads: list(whole(1, MAX_THREADS)),
  inFlight: list(whole(1, MAX_IN_FLIGHT)),
  params: valueLists,
  options: valueLists,
  baseline: name,
  forks: whole(1, MAX_MEASURED),
  minForks: whole(1, MAX_MEASURED),
  maxForks: whole(1, MAX_MEASURED),
  rounds: whole(1, MAX_MEASURED),
  precision: finite('a share above 0 and below 1', value => value > 0 && value < 1),
  budgetMs: finite('a duration above 0, at most 24 h', value => value > 0 && value <= DAY_MS),
  taskTimeoutMs: finite('a duration from 1 ms to 24 h', value => value >= 1 && value <= DAY_MS),
  maxFailedShare: finite('a share from 0 to 1', value => value >= 0 && value <= 1),
};

const FIELDS = Object.keys(CHECKS) as readonly Field[];

/** @throws UsageError for a setting that is unknown or out of its limits */
export function checkSettings(
  raw: Readonly<Record<string, unknown>>,
  wording: Wording,
  alsoAllowed: readonly string[] = [],
): CheckedSettings {
  const checked: Record<string, unknown> = {};
  for (const [field, value] of Object.entries(raw)) {
    if (value === undefined || alsoAllowed.includes(field)) continue;
    if (!isField(field)) throw unknownSetting(field, wording, alsoAllowed);
    checked[field] = CHECKS[field](value, failAt(field, wording));
  }
  return checked;
}

const checkWholeSeed = whole(0, 2 ** 32 - 1);

export function checkSeed(value: unknown, wording: Wording): number {
  return checkWholeSeed(value, failAt('seed', wording));
}

function failAt(field: Field | 'seed', wording: Wording): Fail {
  return (expected, got) => {
    throw new UsageError(wording.subject(field), expected, describe(got), wording.remedy(field));
  };
}

function isField(field: string): field is Field {
  return Object.hasOwn(CHECKS, field);
}

function unknownSetting(field: string, wording: Wording, alsoAllowed: readonly string[]): UsageError {
  const known = [...alsoAllowed, ...FIELDS];
  const meant = closest(field, known);
  return new UsageError(
    wording.subject(field as Field),
    `one of ${known.join(', ')}`,
    describe(field),
    meant === undefined ? 'Leave it out.' : `Did you mean ${meant}?`,
  );
}

function whole(min: number, max: number): Check<number> {
  const expected = `a whole number from ${people(min)} to ${people(max)}`;
  return finite(expected, value => Number.isInteger(value) && value >= min && value <= max);
}

function people(value: number): string {
  return value.toLocaleString('en-US');
}

function finite(expected: string, allows: (value: number) => boolean): Check<number> {
  return (value, fail) =>
    typeof value === 'number' && Number.isFinite(value) && allows(value) ? value : fail(expected, value);
}

function list<T>(check: Check<T>): Check<readonly T[]> {
  return (value, fail) => {
    const values = Array.isArray(value) ? value : [value];
    if (values.length === 0) fail('at least one value', undefined);
    return [...new Set(values.map(one => check(one, fail)))];
  };
}

function name(value: unknown, fail: Fail): string {
  return typeof value === 'string' && value !== '' ? value : fail('a name', value);
}

function names(value: unknown, fail: Fail): readonly string[] {
  if (!Array.isArray(value) || value.length === 0) return fail('a list of names', value);
  const given = value.map(one => name(one, fail));
  const twice = given.find((one, at) => given.indexOf(one) !== at);
  return twice === undefined ? given : fail('each executor once', `${twice} twice`);
}

function valueLists(value: unknown, fail: Fail): Readonly<Record<string, readonly ParamValue[]>> {
  if (!isPlainObject(value)) return fail('names with their values', value);
  const checked: Record<string, readonly ParamValue[]> = {};
  for (const [key, given] of Object.entries(value)) {
    if (given === undefined) continue;
    const values: unknown[] = Array.isArray(given) ? given : [given];
    if (values.length === 0) fail(`at least one value of ${key}`, undefined);
    checked[key] = withoutRepetition(values.map(one => paramValue(one, key, fail)));
  }
  return checked;
}

function paramValue(value: unknown, key: string, fail: Fail): ParamValue {
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return value;
  if (isPlainObject(value) && Object.values(value).every(one => typeof one === 'string'))
    return value as ParamValue;
  return fail(`${key} to be a text, a number, true, false or an object of texts`, value);
}

function withoutRepetition(values: readonly ParamValue[]): readonly ParamValue[] {
  return [...new Map(values.map(value => [JSON.stringify(value), value])).values()];
}

export function isPlainObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
