import { UsageError } from '../errors.js';

const NUMBER = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;

/** Text that is a number as people write one; null for anything else, `0x10` and the empty text too. */
export function parseNumber(text: string): number | null {
  return NUMBER.test(text) ? Number(text) : null;
}

export function splitList(text: string): string[] {
  return text.split(',').map(part => part.trim());
}

export function numberOrText(text: string): number | string {
  return parseNumber(text) ?? text;
}

export function numbersOrTexts(text: string): readonly (number | string)[] {
  return splitList(text).map(numberOrText);
}

/** `2,4,8`; `1..32` has both ends and the powers of two between them. What is neither stays text. */
export function countsOrTexts(text: string): readonly (number | string)[] {
  return splitList(text).flatMap<number | string>(part => rangeOf(part) ?? numberOrText(part));
}

function rangeOf(text: string): readonly number[] | null {
  const [low = null, high = null, ...more] = text.split('..').map(end => parseNumber(end.trim()));
  if (low === null || high === null || more.length > 0) return null;
  if (!Number.isInteger(low) || !Number.isInteger(high) || low > high) return null;
  const between: number[] = [];
  for (let power = 1; power < high; power *= 2) if (power > low) between.push(power);
  return [...new Set([low, ...between, high])];
}

export const UNIT_MS: Readonly<Record<string, number>> = { ms: 1, s: 1000, m: 60_000 };

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

/**
 * `['a=1,2', 'b=x']` → `{a: ['1', '2'], b: ['x']}`; a key given twice has the values of both.
 *
 * @throws UsageError for a text without a value, or with JSON that does not parse
 */
export function readAssignments(flag: string, texts: readonly string[]): Record<string, unknown[]> {
  const assigned = new Map<string, unknown[]>();
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
function readValues(subject: string, text: string): readonly unknown[] {
  if (text.startsWith('{')) return [text];
  if (!/^["[]/.test(text)) return splitList(text);
  try {
    const value: unknown = JSON.parse(text);
    return Array.isArray(value) ? value : [value];
  } catch {
    const expected = 'JSON after = [ or "';
    throw new UsageError(subject, expected, text, 'Quote it for the shell: \'["a,b","c"]\'.');
  }
}
