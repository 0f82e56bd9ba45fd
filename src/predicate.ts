import { UsageError } from './errors.js';
import type { Gate, Predicate, PredicateMetric } from './schema/index.js';

/**
 * The grammar of objectives, bounds and gates: `p99<50ms`, `p99 < 50ms, failed <= 1%`, `throughput>900/s and p50<5ms`,
 * `slower>5%`, `queue/limited ratio>1.5`.
 *
 *     predicates = predicate { ("," | "and") predicate }
 *     predicate  = [ executor "/" executor ] metric ("<" | "<=" | ">" | ">=") value
 *
 * Ids of executors are paths and JSON as well: a comma or `and` in one of them parts nothing.
 */

type Dimension = 'duration' | 'share' | 'rate' | 'factor';
/** `slower`: the share of its ratio that an executor lost since another run; `ratio`: of two executors. */
type Metric = PredicateMetric | 'slower' | 'ratio';

const DIMENSIONS: Readonly<Record<Metric, Dimension>> = {
  mean: 'duration',
  p50: 'duration',
  p90: 'duration',
  p99: 'duration',
  'p99.9': 'duration',
  max: 'duration',
  throughput: 'rate',
  failed: 'share',
  slower: 'share',
  ratio: 'factor',
};
const OBJECTIVES = ['mean', 'p50', 'p90', 'p99', 'p99.9', 'max', 'throughput', 'failed'] as const;

const EXPECTED: Readonly<Record<Dimension, string>> = {
  duration: 'a duration above 0 with its unit, such as 50ms or 1.5s',
  share: 'a share from 0 to 1, such as 1% or 0.01',
  rate: 'a rate above 0, such as 900/s',
  factor: 'a ratio above 0, such as 1.5',
};

const UNIT_MS: Readonly<Record<string, number>> = {
  ns: 1e-6,
  us: 1e-3,
  µs: 1e-3,
  ms: 1,
  s: 1_000,
  m: 60_000,
};
const REMEDY = 'Write for example "p99<50ms" or "p99<50ms, failed<1%".';
const NUMBER = String.raw`(\d+\.?\d*(?:e[+-]?\d+)?|\.\d+)`;

export function isLatency(metric: PredicateMetric): boolean {
  return DIMENSIONS[metric] === 'duration';
}

/**
 * @param subject who is told of a mistake, e.g. `--slo`
 * @throws UsageError for what is not in the grammar
 */
export function parsePredicates(text: string, subject: string): Predicate[] {
  return partsOf(text).map(part => {
    const { about, ...predicate } = parsePart(part, { subject, metrics: OBJECTIVES, remedy: REMEDY });
    if (about !== '') throw noPredicate(part, subject, REMEDY);
    return predicate;
  });
}

/**
 * `queue/limited ratio>1.5`: what has to hold.
 *
 * @throws UsageError as above
 */
export function parseAssertions(text: string, subject: string): RatioGate[] {
  const remedy = 'Write for example "queue/limited ratio>1.5".';
  return partsOf(text, BETWEEN_ASSERTIONS).map(part => {
    const { about, operator, value } = parsePart(part, { subject, metrics: ['ratio'], remedy });
    if (!/[^/]\/[^/]/.test(about))
      throw new UsageError(
        subject,
        'two executors before ratio, with / between them',
        JSON.stringify(part),
        remedy,
      );
    return { kind: 'ratio', subject: about, operator, value };
  });
}

/**
 * `slower>5%`, `slo`: what must not be.
 *
 * @throws UsageError as above
 */
export function parseFailures(text: string, subject: string): Gate[] {
  const remedy = 'Write for example "slower>5%" or "slower>5%, slo".';
  return partsOf(text).map(part => {
    if (part.toLowerCase() === 'slo') return { kind: 'slo' };
    const { about, operator, value } = parsePart(part, { subject, metrics: ['slower'], remedy });
    if (about !== '' || operator === '<' || operator === '<=')
      throw new UsageError(subject, 'slower, > or >=, and a share', JSON.stringify(part), remedy);
    return { kind: 'slower', operator, value };
  });
}

export type RatioGate = Extract<Gate, { kind: 'ratio' }>;

const SEPARATOR = /,|\band\b/i;
/** Behind a whole predicate alone: what stands before the metric may have commas and words of its own. */
const BETWEEN_ASSERTIONS = /(?<=(?:^|\s)ratio\s*[<>]=?\s*[^\s,<>=]+\s*[x×]?\s*)(?:,|\band\b)/i;

function partsOf(text: string, separator = SEPARATOR): string[] {
  return text.split(separator).map(part => part.trim());
}

interface Grammar<M extends Metric> {
  readonly subject: string;
  readonly metrics: readonly M[];
  readonly remedy: string;
}

/** @returns and what stands before the metric */
function parsePart<M extends Metric>(text: string, { subject, metrics, remedy }: Grammar<M>) {
  const [, about = '', name = '', operator = '', value = ''] =
    /^(?:(\S.*)\s+)?([a-z][\w.]*)\s*(<=|>=|<|>)\s*(.+)$/i.exec(text) ?? [];
  if (operator === '') throw noPredicate(text, subject, remedy);
  const written = name.toLowerCase().replace(/^p999$/, 'p99.9');
  const metric = metrics.find(one => one === written);
  if (metric === undefined)
    throw new UsageError(subject, `one of ${metrics.join(', ')}`, JSON.stringify(name), remedy);
  const read = readValue(DIMENSIONS[metric], value.trim());
  if (read === null)
    throw new UsageError(`${subject} ${metric}`, EXPECTED[DIMENSIONS[metric]], JSON.stringify(value), remedy);
  return { about, metric, operator: operator as Predicate['operator'], value: read };
}

function noPredicate(text: string, subject: string, remedy: string): UsageError {
  return new UsageError(subject, 'METRIC, one of < <= > >=, and a value', JSON.stringify(text), remedy);
}

function readValue(dimension: Dimension, text: string): number | null {
  const value = { duration: readDuration, share: readShare, rate: readRate, factor: readFactor }[dimension](
    text,
  );
  if (value === null || !Number.isFinite(value)) return null;
  if (dimension === 'share') return value >= 0 && value <= 1 ? value : null;
  return value > 0 ? value : null;
}

function readDuration(text: string): number | null {
  const [, number, unit = ''] = new RegExp(`^${NUMBER}\\s*([a-zµ]+)$`, 'i').exec(text) ?? [];
  const factor = Object.hasOwn(UNIT_MS, unit) ? UNIT_MS[unit] : undefined;
  // Without the dust of binary fractions, which would be shown: 0.3 s are 300 ms.
  return number === undefined || factor === undefined
    ? null
    : Number((Number(number) * factor).toPrecision(12));
}

/** `1%` or `0.01`. */
export function readShare(text: string): number | null {
  const [, number, percent] = new RegExp(`^${NUMBER}\\s*(%?)$`, 'i').exec(text.trim()) ?? [];
  if (number === undefined) return null;
  return percent === '%' ? Number((Number(number) / 100).toPrecision(12)) : Number(number);
}

function readRate(text: string): number | null {
  const [, number] = new RegExp(`^${NUMBER}\\s*(?:/\\s*s)?$`, 'i').exec(text) ?? [];
  return number === undefined ? null : Number(number);
}

/** Of an objective, or of a gate. */
type Bound = Pick<Predicate, 'operator' | 'value'> & Partial<Pick<Predicate, 'metric'>>;

/** `1.5`, `1.5x`, `1.5×`. */
function readFactor(text: string): number | null {
  const [, number] = new RegExp(`^${NUMBER}\\s*[x×]?$`, 'i').exec(text) ?? [];
  return number === undefined ? null : Number(number);
}

export function holds({ operator, value }: Bound, measured: number): boolean {
  switch (operator) {
    case '<':
      return measured < value;
    case '<=':
      return measured <= value;
    case '>':
      return measured > value;
    case '>=':
      return measured >= value;
  }
}

/** `p99 < 50 ms`, in people's units; parses to the same predicate. */
export function formatPredicate({ metric, operator, value }: Predicate): string {
  return `${metric} ${operator} ${formatValue(DIMENSIONS[metric], value)}`;
}

/** `p99 < 50 ms and failed <= 1 %`. */
export function formatPredicates(predicates: readonly Predicate[]): string {
  return predicates.map(formatPredicate).join(' and ');
}

/** `slower > 5 %`, `slo`, `queue/limited ratio > 1.5`. */
export function formatGate(gate: Gate): string {
  if (gate.kind === 'slo') return 'slo';
  const about = gate.kind === 'ratio' ? `${gate.subject} ` : '';
  return `${about}${gate.kind} ${gate.operator} ${formatValue(DIMENSIONS[gate.kind], gate.value)}`;
}

function formatValue(dimension: Dimension, value: number): string {
  switch (dimension) {
    case 'share':
      return `${Number((value * 100).toPrecision(12))} %`;
    case 'rate':
      return `${value}/s`;
    case 'factor':
      return String(value);
    case 'duration':
      if (value >= 1_000) return `${Number((value / 1_000).toPrecision(12))} s`;
      return value < 0.01 ? `${Number((value * 1_000).toPrecision(12))} µs` : `${value} ms`;
  }
}
