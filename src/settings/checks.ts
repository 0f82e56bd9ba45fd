import { isPlainObject, isRecordOfTexts } from '../plain-object.js';
import { parsePredicates, readShare } from '../predicate.js';
import type { ParamValue, Predicate, ServeReady, WarmUp } from '../schema/index.js';
import type { Check, Fail, ParamInput } from './setting.js';
import { UNIT_MS } from './text.js';

/** Beyond these a number is a slip, and a machine gives out. */
export const MAX_TASKS = 10_000_000;
export const MAX_THREADS = 1024;
export const MAX_IN_FLIGHT = 1_000_000;

/** One executor with settings of its own. */
export interface ExecutorEntry {
  /** Name of a built-in one, of an article's program, or the path of a module with one as its default export. */
  readonly executor: string;
  /** What reports call it; by default its name. */
  readonly as?: string | undefined;
  readonly options?: ParamInput | undefined;
  /** Parameters of the workload in which it differs from the scenario; the origin is the same for all. */
  readonly params?: Readonly<Record<string, ParamValue>> | undefined;
  readonly threads?: number | undefined;
  readonly inFlight?: number | undefined;
}

/** Values of parameters or options by name, not yet checked against those that have them. */
export type ValueLists = Readonly<Record<string, readonly ParamValue[]>>;

export function whole(min: number, max: number): Check<number> {
  const expected = `a whole number from ${min.toLocaleString('en-US')} to ${max.toLocaleString('en-US')}`;
  return finite(expected, value => Number.isInteger(value) && value >= min && value <= max);
}

export function finite(expected: string, allows: (value: number) => boolean): Check<number> {
  return (value, fail) =>
    typeof value === 'number' && Number.isFinite(value) && allows(value) ? value : fail(expected, value);
}

export function trueOrFalse(value: unknown, fail: Fail): boolean {
  return typeof value === 'boolean' ? value : fail('true or false', value);
}

export function objective(value: unknown, fail: Fail, subject: string): readonly Predicate[] {
  return typeof value === 'string' ? parsePredicates(value, subject) : fail('a text such as p99<50ms', value);
}

export function oneOf<T extends string>(choices: readonly T[]): Check<T> {
  return (value, fail) => choices.find(choice => choice === value) ?? fail(choices.join(' or '), value);
}

export function list<T>(check: Check<T>): Check<readonly T[]> {
  return (value, fail, subject) => {
    const values = Array.isArray(value) ? value : [value];
    if (values.length === 0) fail('at least one value', undefined);
    return [...new Set(values.map(one => check(one, fail, subject)))];
  };
}

/** `0.01`, `1%` or `failed<1%`. */
export function failureBound(value: unknown, fail: Fail, subject: string): Predicate {
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

export function name(value: unknown, fail: Fail): string {
  return typeof value === 'string' && value !== '' ? value : fail('a name', value);
}

export function names(value: unknown, fail: Fail): readonly string[] {
  if (!Array.isArray(value) || value.length === 0) return fail('a list of names', value);
  const given = value.map(one => name(one, fail));
  return onlyOnce(given, 'each name once', fail);
}

function onlyOnce(given: readonly string[], expected: string, fail: Fail): readonly string[] {
  const twice = given.find((one, at) => given.indexOf(one) !== at);
  return twice === undefined ? given : fail(expected, `${twice} twice`);
}

export function executorEntries(value: unknown, fail: Fail, subject: string): readonly ExecutorEntry[] {
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

/** Of each list the first value. */
export function firstValues(lists: ValueLists): Readonly<Record<string, ParamValue>> {
  return Object.fromEntries(Object.entries(lists).map(([key, [first]]) => [key, first!]));
}

/** What is no list yet becomes one of one value. */
export function listsOf(input: ParamInput = {}): ValueLists {
  return Object.fromEntries(Object.entries(input).map(([key, value]) => [key, [value].flat()]));
}

export function valueLists(value: unknown, fail: Fail): ValueLists {
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
  if (isRecordOfTexts(value)) return value;
  return fail(`${key} to be a text, a number, true, false or an object of texts`, value);
}

function withoutRepetition(values: readonly ParamValue[]): readonly ParamValue[] {
  return [...new Map(values.map(value => [JSON.stringify(value), value])).values()];
}

const WARM_UPS =
  'auto, none, a time from 1 ms to 10 min such as 5s, or tasks per worker from 1 to 10,000,000';

const MOST_WARM_UP_MS = 600_000;

export function checkWarmUp(value: unknown, fail: Fail): WarmUp {
  return parseWarmUp(value) ?? fail(WARM_UPS, value);
}

/** `auto`, `none`, `5s`, `2000`; null for anything else. */
export function parseWarmUp(value: unknown): WarmUp | null {
  if (value === 'auto' || value === 'none') return { kind: value };
  if (typeof value === 'number') return tasksOrNull(value);
  if (typeof value !== 'string') return null;
  const [, amount, unit] = /^(\d+(?:\.\d+)?)(?:(ms|s|m)|\s*tasks?)?$/.exec(value.trim()) ?? [];
  if (amount === undefined) return null;
  if (unit === undefined) return tasksOrNull(Number(amount));
  const ms = Number(amount) * UNIT_MS[unit]!;
  return ms >= 1 && ms <= MOST_WARM_UP_MS ? { kind: 'time', ms } : null;
}

function tasksOrNull(tasks: number): WarmUp | null {
  const isAllowed = Number.isInteger(tasks) && tasks >= 1 && tasks <= MAX_TASKS;
  return isAllowed ? { kind: 'tasks', tasksPerWorker: tasks } : null;
}

const MAX_PORT = 65_535;

/** `3000`, `http://127.0.0.1:3000/health`, or what is printed. */
export function serveReady(value: unknown, fail: Fail): ServeReady {
  const text = typeof value === 'number' ? String(value) : value;
  if (typeof text !== 'string' || text.trim() === '') return fail('a text, a URL or a port', value);
  if (/^-?[\d.]+$/.test(text)) {
    const port = Number(text);
    if (Number.isInteger(port) && port > 0 && port <= MAX_PORT) return { kind: 'port', port };
    return fail(`a port from 1 to ${MAX_PORT}`, value);
  }
  if (!/^https?:\/\//i.test(text)) return { kind: 'text', text };
  return URL.canParse(text) ? { kind: 'url', url: text } : fail('a URL that can be read', value);
}
