import { UsageError } from '../errors.js';
import { type ParamValue, type Predicate, RESULTS_KEPT } from '../model.js';
import { parsePredicates, readShare } from '../predicate.js';
import { parseLoad } from './load.js';
import { isPlainObject } from './plain-object.js';
import type { CheckedSettings, ExecutorEntry, Field, Wording } from './settings.js';
import { closest, describe } from './suggest.js';
import { parseWarmUp, WARM_UPS } from './warm-up.js';

type Fail = (expected: string, got: unknown) => never;
type Check<T> = (value: unknown, fail: Fail, subject: string) => T;

export const MAX_TASKS = 10_000_000;
const MAX_THREADS = 1024;
export const MAX_IN_FLIGHT = 1_000_000;
const MAX_MEASURED = 1000;
const DAY_MS = 86_400_000;
const MAX_PAYLOAD_BYTES = 10_000_000;
/** libuv takes no more. */
const MAX_UV_THREADS = 1024;
const MAX_TRIAL_MS = 1_800_000;

const CHECKS: { [F in Field]: Check<NonNullable<CheckedSettings[F]>> } = {
  executors: executorEntries,
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
  warmup: (value, fail) => parseWarmUp(value) ?? fail(WARM_UPS, value),
  taskTimeoutMs: finite('a duration from 1 ms to 24 h', value => value >= 1 && value <= DAY_MS),
  maxFailed: failureBound,
  load: (value, fail) =>
    typeof value === 'string' ? parseLoad(value, expected => fail(expected, value)) : fail('a text', value),
  durationMs: finite('a duration from 10 ms to 30 min', value => value >= 10 && value <= MAX_TRIAL_MS),
  maxBacklog: whole(1, MAX_IN_FLIGHT),
  slo: (value, fail, subject) =>
    typeof value === 'string' ? parsePredicates(value, subject) : fail('a text such as p99<50ms', value),
  equivalence: finite('a share from 0.1 % to 50 %', value => value >= 0.001 && value <= 0.5),
  payloadBytes: list(whole(0, MAX_PAYLOAD_BYTES)),
  uvThreads: list(whole(1, MAX_UV_THREADS)),
  results: list(oneOf(RESULTS_KEPT)),
  timeScale: finite('a number from 0.001 to 10', value => value >= 0.001 && value <= 10),
  expectedFailures: names,
  timeline: (value, fail) => (typeof value === 'boolean' ? value : fail('true or false', value)),
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
    checked[field] = CHECKS[field](value, failAt(field, wording), wording.subject(field));
  }
  return checked;
}

const checkWholeSeed = whole(0, 2 ** 32 - 1);

export function checkSeed(value: unknown, wording: Wording): number {
  return checkWholeSeed(value, failAt('seed', wording), wording.subject('seed'));
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

function oneOf<T extends string>(choices: readonly T[]): Check<T> {
  return (value, fail) => choices.find(choice => choice === value) ?? fail(choices.join(' or '), value);
}

function list<T>(check: Check<T>): Check<readonly T[]> {
  return (value, fail, subject) => {
    const values = Array.isArray(value) ? value : [value];
    if (values.length === 0) fail('at least one value', undefined);
    return [...new Set(values.map(one => check(one, fail, subject)))];
  };
}

/** `0.01`, `1%` or `failed<1%`. */
function failureBound(value: unknown, fail: Fail, subject: string): Predicate {
  const expected = 'a share from 0 to 1, or a bound such as failed<1%';
  const share = typeof value === 'string' ? readShare(value) : value;
  if (typeof share === 'number') {
    if (!(share >= 0 && share <= 1)) fail(expected, value);
    return { metric: 'failed', operator: '<=', value: share };
  }
  if (typeof value !== 'string') return fail(expected, value);
  const [bound, ...others] = parsePredicates(value, subject);
  if (bound?.metric !== 'failed' || others.length > 0 || bound.operator.startsWith('>'))
    return fail(expected, value);
  return bound;
}

function name(value: unknown, fail: Fail): string {
  return typeof value === 'string' && value !== '' ? value : fail('a name', value);
}

function names(value: unknown, fail: Fail): readonly string[] {
  if (!Array.isArray(value) || value.length === 0) return fail('a list of names', value);
  return onlyOnce(
    value.map(one => name(one, fail)),
    'each name once',
    fail,
  );
}

function onlyOnce(given: readonly string[], expected: string, fail: Fail): readonly string[] {
  const twice = given.find((one, at) => given.indexOf(one) !== at);
  return twice === undefined ? given : fail(expected, `${twice} twice`);
}

function executorEntries(value: unknown, fail: Fail, subject: string): readonly ExecutorEntry[] {
  if (!Array.isArray(value) || value.length === 0) return fail('a list of names', value);
  const entries = value.map(one =>
    isPlainObject(one) ? executorEntry(one, fail, subject) : { executor: name(one, fail) },
  );
  const called = entries.map(({ executor, as }) => as ?? executor);
  onlyOnce(called, 'each executor once', fail);
  return entries;
}

const ENTRY_FIELDS = ['executor', 'as', 'options', 'params', 'threads', 'inFlight'];

function executorEntry(entry: Record<string, unknown>, fail: Fail, subject: string): ExecutorEntry {
  const unknown = Object.keys(entry).find(key => !ENTRY_FIELDS.includes(key));
  if (unknown !== undefined) fail(`an executor with ${ENTRY_FIELDS.join(', ')}`, unknown);
  const { executor, as, options, params, threads, inFlight } = entry;
  const optional = <T>(given: unknown, check: Check<T>) =>
    given === undefined ? undefined : check(given, fail, subject);
  return {
    executor: name(executor, fail),
    as: optional(as, name),
    options: optional(options, valueLists),
    params: params === undefined ? undefined : firstValues(valueLists(params, fail)),
    threads: optional(threads, whole(1, MAX_THREADS)),
    inFlight: optional(inFlight, whole(1, MAX_IN_FLIGHT)),
  };
}

function firstValues(lists: Readonly<Record<string, readonly ParamValue[]>>): Record<string, ParamValue> {
  return Object.fromEntries(Object.entries(lists).map(([key, [first]]) => [key, first!]));
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
