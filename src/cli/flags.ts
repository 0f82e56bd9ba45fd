import { UsageError } from '../errors.js';
import type { ParamValue } from '../model.js';
import { parseNumber } from '../plan/params.js';
import type { PlanInput } from '../plan/plan.js';
import type { Wording } from '../plan/settings.js';

/** The flags of `run` as text, by commander's names. */
export interface RunFlags {
  readonly executors?: string | undefined;
  readonly tasks?: string | undefined;
  readonly threads?: string | undefined;
  readonly inFlight?: string | undefined;
  readonly param?: readonly string[] | undefined;
  readonly option?: readonly string[] | undefined;
  readonly batchSize?: string | undefined;
  readonly onError?: string | undefined;
  readonly forks?: string | undefined;
  readonly rounds?: string | undefined;
  readonly precision?: string | undefined;
  readonly budget?: string | undefined;
  readonly warmup?: string | undefined;
  readonly taskTimeout?: string | undefined;
  readonly maxFailed?: string | undefined;
  readonly load?: string | undefined;
  readonly duration?: string | undefined;
  readonly maxBacklog?: string | undefined;
  readonly slo?: string | undefined;
  readonly equivalence?: string | undefined;
  readonly seed?: string | undefined;
  readonly baseline?: string | undefined;
  readonly payload?: string | undefined;
  readonly payloadBy?: string | undefined;
  readonly uvThreads?: string | undefined;
  readonly results?: string | undefined;
  readonly timeScale?: string | undefined;
  readonly expectFailures?: string | undefined;
  readonly timeline?: boolean | undefined;
}

const FLAGS: Readonly<Record<string, string>> = {
  executors: '--executors limited,queue',
  tasks: '--tasks 100',
  threads: '--threads 2',
  inFlight: '--in-flight 16',
  params: '--param waitMs=10',
  options: '--option batchSize=10',
  baseline: '--baseline sequential',
  forks: '--forks 5',
  rounds: '--rounds 5',
  precision: '--precision 3%',
  budgetMs: '--budget 20s',
  warmup: '--warmup none',
  taskTimeoutMs: '--task-timeout 5s',
  maxFailed: '--max-failed 1%',
  load: '--load rate=500/s',
  durationMs: '--duration 10s',
  maxBacklog: '--max-backlog 10000',
  slo: '--slo "p99<50ms"',
  equivalence: '--equivalence 2%',
  payloadBytes: '--payload 64kB',
  uvThreads: '--uv-threads 8',
  results: '--results keep',
  timeScale: '--time-scale 0.1',
  expectedFailures: '--expect-failures http-503',
  timeline: '--timeline',
  seed: '--seed 7',
};

export const flagWording: Wording = {
  subject: field => FLAGS[field]?.split(' ')[0] ?? field,
  remedy: field => `Write for example ${FLAGS[field]}.`,
};

/**
 * From text to values. Text that is no number, duration or share stays text: the plan is what refuses it, in one
 * place and with its limits.
 *
 * @throws UsageError for `--param` and `--option` without a value, or with JSON that does not parse
 */
export function readRunFlags(flags: RunFlags): PlanInput {
  const options = readAssignments('--option', [
    ...(flags.option ?? []),
    ...shorthand('batchSize', flags.batchSize),
    ...shorthand('onError', flags.onError),
    ...shorthand('payloadBy', flags.payloadBy),
  ]);
  const input: Readonly<Record<keyof Omit<PlanInput, 'targets' | 'scenarios'>, unknown>> = {
    executors: flags.executors === undefined ? undefined : splitList(flags.executors),
    tasks: numbers(flags.tasks),
    threads: numbers(flags.threads),
    inFlight: numbers(flags.inFlight),
    params: optional(flags.param, texts => readAssignments('--param', texts)),
    options: Object.keys(options).length === 0 ? undefined : options,
    baseline: flags.baseline,
    forks: optional(flags.forks, numberOrText),
    minForks: undefined,
    maxForks: undefined,
    rounds: optional(flags.rounds, numberOrText),
    precision: optional(flags.precision, shareOrText),
    budgetMs: optional(flags.budget, durationMsOrText),
    warmup: flags.warmup,
    taskTimeoutMs: optional(flags.taskTimeout, durationMsOrText),
    maxFailed: flags.maxFailed,
    load: flags.load,
    durationMs: optional(flags.duration, durationMsOrText),
    maxBacklog: optional(flags.maxBacklog, numberOrText),
    slo: flags.slo,
    equivalence: optional(flags.equivalence, shareOrText),
    payloadBytes: optional(flags.payload, text => splitList(text).map(bytesOrText)),
    uvThreads: numbers(flags.uvThreads),
    results: optional(flags.results, splitList),
    timeScale: optional(flags.timeScale, numberOrText),
    expectedFailures: optional(flags.expectFailures, splitList),
    timeline: flags.timeline,
    seed: optional(flags.seed, numberOrText),
  };
  // `makePlan` checks every value: what is still text here is refused there.
  return input as PlanInput;
}

function optional<T, R>(given: T | undefined, read: (given: T) => R): R | undefined {
  return given === undefined ? undefined : read(given);
}

function numbers(text: string | undefined): readonly (number | string)[] | undefined {
  return optional(text, list => splitList(list).map(numberOrText));
}

function shorthand(option: string, value: string | undefined): string[] {
  return value === undefined ? [] : [`${option}=${value}`];
}

export function splitList(text: string): string[] {
  return text.split(',').map(part => part.trim());
}

export function numberOrText(text: string): number | string {
  return parseNumber(text) ?? text;
}

const UNIT_MS: Readonly<Record<string, number>> = { ms: 1, s: 1000, m: 60_000 };

/** `500ms`, `20s`, `2m`; a number without a unit stays text. */
export function durationMsOrText(text: string): number | string {
  const [, count = '', unit = ''] = /^(.*?)(ms|s|m)$/.exec(text) ?? [];
  const value = parseNumber(count.trim());
  return value === null ? text : value * UNIT_MS[unit]!;
}

const UNIT_BYTES: Readonly<Record<string, number>> = { B: 1, kB: 1_000, MB: 1_000_000 };

/** `64kB`, `10MB`, `4096`. */
export function bytesOrText(text: string): number | string {
  const [, count = '', unit = ''] = /^(.*?)(B|kB|MB)$/.exec(text) ?? [];
  const value = parseNumber(count.trim());
  return value === null ? numberOrText(text) : value * UNIT_BYTES[unit]!;
}

/** `3%` or `0.03`. */
export function shareOrText(text: string): number | string {
  if (!text.endsWith('%')) return numberOrText(text);
  const percent = parseNumber(text.slice(0, -1).trim());
  // 1.1 / 100 has a tail of binary dust, which would be shown.
  return percent === null ? text : Number((percent / 100).toPrecision(12));
}

/** `['a=1,2', 'b=x']` → `{a: ['1', '2'], b: ['x']}`; a key given twice has the values of both. */
export function readAssignments(flag: string, texts: readonly string[]): Record<string, ParamValue[]> {
  const assigned = new Map<string, ParamValue[]>();
  for (const text of texts) {
    const at = text.indexOf('=');
    if (at < 1) {
      const remedy = `See "threads-vs-loop list" for the names.`;
      throw new UsageError(flag, 'NAME=VALUE[,VALUE]', JSON.stringify(text), remedy);
    }
    const key = text.slice(0, at);
    assigned.set(key, [...(assigned.get(key) ?? []), ...readValues(`${flag} ${key}`, text.slice(at + 1))]);
  }
  return Object.fromEntries(assigned);
}

/**
 * A value that begins with [ " or { is JSON and not split at commas: a list of values, a text, or an object, which
 * stays text until it is known whether a record or a text is wanted.
 */
function readValues(subject: string, text: string): readonly ParamValue[] {
  if (text.startsWith('{')) return [text];
  if (!/^["[]/.test(text)) return splitList(text);
  try {
    const value: unknown = JSON.parse(text);
    return (Array.isArray(value) ? value : [value]) as ParamValue[];
  } catch {
    const expected = 'JSON after = [ or "';
    throw new UsageError(subject, expected, text, 'Quote it for the shell: \'["a,b","c"]\'.');
  }
}
