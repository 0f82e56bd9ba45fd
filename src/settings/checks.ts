import { isLoopback } from '../loopback.js';
import { isPlainObject, isRecordOfTexts } from '../plain-object.js';
import { parsePredicates, readShare } from '../predicate.js';
import type { ParamValue, Predicate, ServeReady, WarmUp } from '../schema/index.js';
import { accepting, type Check, type Fail, type JsonSchema, type ParamInput } from './setting.js';
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

/** As JSON Schema has them. */
export interface Limits {
  readonly minimum?: number;
  readonly maximum?: number;
  readonly exclusiveMinimum?: number;
  readonly exclusiveMaximum?: number;
}

export function whole(minimum: number, maximum: number): Check<number> {
  const expected = `a whole number from ${minimum.toLocaleString('en-US')} to ${maximum.toLocaleString('en-US')}`;
  const withinLimits = finite(expected, { minimum, maximum });
  return accepting({ ...withinLimits.accepts, type: 'integer' }, (value, fail, subject) =>
    Number.isInteger(value) ? withinLimits(value, fail, subject) : fail(expected, value),
  );
}

export function finite(expected: string, limits: Limits): Check<number> {
  return accepting({ type: 'number', ...limits }, (value, fail) =>
    typeof value === 'number' && Number.isFinite(value) && isWithin(value, limits)
      ? value
      : fail(expected, value),
  );
}

function isWithin(value: number, limits: Limits): boolean {
  const { minimum = -Infinity, maximum = Infinity } = limits;
  const { exclusiveMinimum = -Infinity, exclusiveMaximum = Infinity } = limits;
  return value >= minimum && value <= maximum && value > exclusiveMinimum && value < exclusiveMaximum;
}

export const trueOrFalse = accepting({ type: 'boolean' }, (value, fail) =>
  typeof value === 'boolean' ? value : fail('true or false', value),
);

export const objective = accepting({ type: 'string' }, (value, fail, subject): readonly Predicate[] =>
  typeof value === 'string' ? parsePredicates(value, subject) : fail('a text such as p99<50ms', value),
);

export function oneOf<T extends string>(choices: readonly T[]): Check<T> {
  return accepting(
    { enum: choices },
    (value, fail) => choices.find(choice => choice === value) ?? fail(choices.join(' or '), value),
  );
}

export function list<T>(check: Check<T>): Check<readonly T[]> {
  return accepting(oneOrMore(check.accepts), (value, fail, subject) => {
    const values = Array.isArray(value) ? value : [value];
    if (values.length === 0) fail('at least one value', undefined);
    return [...new Set(values.map(one => check(one, fail, subject)))];
  });
}

function oneOrMore(one: JsonSchema): JsonSchema {
  return { anyOf: [one, { type: 'array', items: one, minItems: 1 }] };
}

/** `0.01`, `1%` or `failed<1%`. */
export const failureBound = accepting(
  { anyOf: [{ type: 'number', minimum: 0, maximum: 1 }, { type: 'string' }] },
  (value, fail, subject): Predicate => {
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
  },
);

export const name = accepting({ type: 'string', minLength: 1 }, (value, fail) =>
  typeof value === 'string' && value !== '' ? value : fail('a name', value),
);

export const names = accepting(
  { type: 'array', items: name.accepts, minItems: 1, uniqueItems: true },
  (value, fail, subject): readonly string[] => {
    if (!Array.isArray(value) || value.length === 0) return fail('a list of names', value);
    const given = value.map(one => name(one, fail, subject));
    return onlyOnce(given, 'each name once', fail);
  },
);

function onlyOnce(given: readonly string[], expected: string, fail: Fail): readonly string[] {
  const twice = given.find((one, at) => given.indexOf(one) !== at);
  return twice === undefined ? given : fail(expected, `${twice} twice`);
}

const PARAM_VALUE: JsonSchema = {
  anyOf: [
    { type: ['string', 'number', 'boolean'] },
    { type: 'object', additionalProperties: { type: 'string' } },
  ],
};

export const valueLists = accepting(
  { type: 'object', additionalProperties: oneOrMore(PARAM_VALUE) },
  (value, fail): ValueLists => {
    if (!isPlainObject(value)) return fail('names with their values', value);
    const checked: Record<string, readonly ParamValue[]> = {};
    for (const [key, given] of Object.entries(value)) {
      if (given === undefined) continue;
      const values: unknown[] = Array.isArray(given) ? given : [given];
      if (values.length === 0) fail(`at least one value of ${key}`, undefined);
      checked[key] = withoutRepetition(values.map(one => paramValue(one, key, fail)));
    }
    return checked;
  },
);

const firstParams = accepting(valueLists.accepts, (value, fail, subject) =>
  firstValues(valueLists(value, fail, subject)),
);

/** Of an executor with settings of its own, all optional but its name. */
const ENTRY = {
  executor: name,
  as: name,
  options: valueLists,
  params: firstParams,
  threads: whole(1, MAX_THREADS),
  inFlight: whole(1, MAX_IN_FLIGHT),
} as const;

const ENTRY_SCHEMA: JsonSchema = {
  type: 'object',
  properties: Object.fromEntries(Object.entries(ENTRY).map(([field, { accepts }]) => [field, accepts])),
  required: ['executor'],
  additionalProperties: false,
};

export const executorEntries = accepting(
  { type: 'array', items: { anyOf: [name.accepts, ENTRY_SCHEMA] }, minItems: 1 },
  (value, fail, subject): readonly ExecutorEntry[] => {
    if (!Array.isArray(value) || value.length === 0) return fail('a list of names', value);
    const entries = value.map(one =>
      isPlainObject(one) ? executorEntry(one, fail, subject) : { executor: name(one, fail, subject) },
    );
    const called = entries.map(({ executor, as }) => as ?? executor);
    onlyOnce(called, 'each executor once', fail);
    return entries;
  },
);

function executorEntry(entry: Record<string, unknown>, fail: Fail, subject: string): ExecutorEntry {
  const unknown = Object.keys(entry).find(key => !Object.hasOwn(ENTRY, key));
  if (unknown !== undefined) fail(`an executor with ${Object.keys(ENTRY).join(', ')}`, unknown);
  const optional = <T>(given: unknown, check: Check<T>) =>
    given === undefined ? undefined : check(given, fail, subject);
  return {
    executor: name(entry.executor, fail, subject),
    as: optional(entry.as, ENTRY.as),
    options: optional(entry.options, ENTRY.options),
    params: optional(entry.params, ENTRY.params),
    threads: optional(entry.threads, ENTRY.threads),
    inFlight: optional(entry.inFlight, ENTRY.inFlight),
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

/** An amount of time, or of tasks. */
const AMOUNT = /^(\d+(?:\.\d+)?)(?:(ms|s|m)|\s*tasks?)?$/;

export const checkWarmUp = accepting(
  {
    anyOf: [
      { enum: ['auto', 'none'] },
      { type: 'string', pattern: AMOUNT.source },
      { type: 'integer', minimum: 1, maximum: MAX_TASKS },
    ],
  },
  (value, fail): WarmUp => parseWarmUp(value) ?? fail(WARM_UPS, value),
);

/** `auto`, `none`, `5s`, `2000`; null for anything else. */
export function parseWarmUp(value: unknown): WarmUp | null {
  if (value === 'auto' || value === 'none') return { kind: value };
  if (typeof value === 'number') return tasksOrNull(value);
  if (typeof value !== 'string') return null;
  const [, amount, unit] = AMOUNT.exec(value.trim()) ?? [];
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
export const serveReady = accepting({ type: ['string', 'integer'] }, (value, fail): ServeReady => {
  const text = typeof value === 'number' ? String(value) : value;
  if (typeof text !== 'string' || text.trim() === '') return fail('a text, a URL or a port', value);
  if (/^-?[\d.]+$/.test(text)) {
    const port = Number(text);
    if (Number.isInteger(port) && port > 0 && port <= MAX_PORT) return { kind: 'port', port };
    return fail(`a port from 1 to ${MAX_PORT}`, value);
  }
  if (!/^https?:\/\//i.test(text)) return { kind: 'text', text };
  if (!URL.canParse(text)) return fail('a URL that can be read', value);
  // It is asked again and again, and nobody has allowed another machine for that.
  return isLoopback(new URL(text).hostname)
    ? { kind: 'url', url: text }
    : fail('a URL of this machine', value);
});
