import { UsageError } from './errors.js';
import type { Predicate, PredicateMetric } from './schema/index.js';

/**
 * The grammar of objectives and bounds: `p99<50ms`, `p99 < 50ms, failed <= 1%`, `throughput>900/s and p50<5ms`.
 *
 *     predicates = predicate { ("," | "and") predicate }
 *     predicate  = metric ("<" | "<=" | ">" | ">=") value
 */

type Dimension = 'duration' | 'share' | 'rate';

const DIMENSIONS: Readonly<Record<PredicateMetric, Dimension>> = {
  mean: 'duration',
  p50: 'duration',
  p90: 'duration',
  p99: 'duration',
  'p99.9': 'duration',
  max: 'duration',
  throughput: 'rate',
  failed: 'share',
};

const EXPECTED: Readonly<Record<Dimension, string>> = {
  duration: 'a duration above 0 with its unit, such as 50ms or 1.5s',
  share: 'a share from 0 to 1, such as 1% or 0.01',
  rate: 'a rate above 0, such as 900/s',
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
  return text.split(/,|\band\b/).map(part => parsePredicate(part.trim(), subject));
}

function parsePredicate(text: string, subject: string): Predicate {
  const [, name = '', operator = '', value = ''] = /^([a-z][\w.]*)\s*(<=|>=|<|>)\s*(.+)$/i.exec(text) ?? [];
  if (operator === '')
    throw new UsageError(subject, 'METRIC, one of < <= > >=, and a value', JSON.stringify(text), REMEDY);
  const metric = metricOf(name, subject);
  const read = readValue(DIMENSIONS[metric], value.trim());
  if (read === null)
    throw new UsageError(`${subject} ${metric}`, EXPECTED[DIMENSIONS[metric]], JSON.stringify(value), REMEDY);
  return { metric, operator: operator as Predicate['operator'], value: read };
}

function metricOf(name: string, subject: string): PredicateMetric {
  const metric = name.toLowerCase().replace(/^p999$/, 'p99.9');
  if (Object.hasOwn(DIMENSIONS, metric)) return metric as PredicateMetric;
  throw new UsageError(subject, `one of ${Object.keys(DIMENSIONS).join(', ')}`, JSON.stringify(name), REMEDY);
}

function readValue(dimension: Dimension, text: string): number | null {
  const value = { duration: readDuration, share: readShare, rate: readRate }[dimension](text);
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

export function holds({ operator, value }: Predicate, measured: number): boolean {
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

function formatValue(dimension: Dimension, value: number): string {
  switch (dimension) {
    case 'share':
      return `${Number((value * 100).toPrecision(12))} %`;
    case 'rate':
      return `${value}/s`;
    case 'duration':
      if (value >= 1_000) return `${Number((value / 1_000).toPrecision(12))} s`;
      return value < 0.01 ? `${Number((value * 1_000).toPrecision(12))} µs` : `${value} ms`;
  }
}
