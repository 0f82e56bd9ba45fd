/** The only place of people's units. Everything else computes in the unit of its name. */

/** Where there is no figure. */
export const NONE = '–';

const UNITS_OF_TIME: readonly (readonly [unit: string, inMs: number, below: number])[] = [
  ['µs', 0.001, 1],
  ['ms', 1, 1_000],
  ['s', 1_000, 120_000],
  ['min', 60_000, 7_200_000],
  ['h', 3_600_000, Number.POSITIVE_INFINITY],
];

/** A measured time: `0.23 µs`, `5.1 ms`, `57 ms`, `2.1 s`, `3.0 min`. */
export function duration(ms: number | null): string {
  if (ms === null || !Number.isFinite(ms)) return NONE;
  if (ms === 0) return '0 ms';
  // What would be written as 1,000 ms is 1.0 s.
  const rounded = Number(ms.toPrecision(ms >= 100 ? 3 : 2));
  const [unit, inMs] = UNITS_OF_TIME.find(([, , below]) => rounded < below)!;
  return `${twoDigits(ms / inMs)} ${unit}`;
}

/** A time beside others on an axis in ms: `0.02 ms`, `1.6 ms`, `100 ms`. */
export function milliseconds(ms: number): string {
  return `${exactNumber(Number(ms.toPrecision(ms >= 100 ? 3 : 2)))} ms`;
}

/** `1,120`; no decimals. */
export function count(value: number): string {
  return grouped(value, 0);
}

/** A rate or another measured number: `0.20`, `3.4`, `20`, `1,120`. */
export function amount(value: number | null): string {
  return value === null || !Number.isFinite(value) ? NONE : twoDigits(value);
}

/** A number that was chosen, without digits that nobody gave: `0.5`, `16`, `1,000`. */
export function exactNumber(value: number): string {
  return grouped(value, 6);
}

/** `0.3 %`, `1.8 %`, `57 %`; never rounded to 100 % from below. */
export function percent(share: number | null): string {
  if (share === null || !Number.isFinite(share)) return NONE;
  const value = share * 100;
  if (value === 0) return '0 %';
  const decimals = Math.abs(value) < 9.95 ? 1 : value < 100 && Math.round(value) === 100 ? 1 : 0;
  const text = value.toFixed(decimals);
  if (value < 100 && Number(text) >= 100) return '>99.9 %';
  return `${value > 0 && Number(text) === 0 ? '<0.1' : text} %`;
}

/** Decimal units, as memory is reported by most tools: `640 B`, `9.4 MB`, `1.2 GB`. */
export function bytes(value: number | null): string {
  if (value === null || !Number.isFinite(value)) return NONE;
  const units = ['B', 'kB', 'MB', 'GB', 'TB'];
  let scaled = Math.abs(value);
  let at = 0;
  while (Math.round(scaled) >= 1_000 && at < units.length - 1) {
    scaled /= 1_000;
    at++;
  }
  const text = at === 0 ? String(Math.round(scaled)) : twoDigits(scaled);
  return `${value < 0 && Number(text) !== 0 ? '−' : ''}${text} ${units[at]}`;
}

/** `56×`, `1.93×`, `0.99×`. */
export function times(ratio: number | null): string {
  if (ratio === null) return NONE;
  const decimals = Math.max(ratioDecimals(ratio), digitsToShow(ratio));
  return `${grouped(ratio, decimals)}×`;
}

/** Digits after the point that a ratio without an interval is worth. */
export function ratioDecimals(ratio: number): number {
  if (ratio < 0.0995) return 3;
  if (ratio < 9.95) return 2;
  return ratio < 99.5 ? 1 : 0;
}

export function fixed(value: number, decimals: number): string {
  return grouped(value, decimals, decimals);
}

/**
 * A ratio with its interval, in as many digits as tell `low` from `high`, and both from 1: an interval that excludes 1
 * must not look as if it did not, and no ratio is 0.
 *
 * @returns `56`, without a unit, and `[55, 57]`
 */
export function ratioInterval(ratio: number, low: number, high: number) {
  const decimals = intervalDecimals(low, high);
  const [value, from, to] = [ratio, low, high].map(one => nonZero(one, decimals));
  return { value: value!, interval: `[${from}, ${to}]` };
}

/** With more digits where all of the asked ones are zeros: `0.03`, never `0`; `<0.00001` where that takes too many. */
export function nonZero(value: number, decimals: number): string {
  const enough = Math.max(decimals, digitsToShow(value));
  return Number(value.toFixed(enough)) === 0 && value > 0
    ? `<${fixed(10 ** -MOST_DECIMALS, MOST_DECIMALS)}`
    : fixed(value, enough);
}

/** Decimals up to the first digit of a positive number. */
function digitsToShow(value: number): number {
  if (value <= 0 || value >= 1) return 0;
  return Math.min(MOST_DECIMALS, Math.ceil(-Math.log10(value)));
}

const MOST_DECIMALS = 5;

function intervalDecimals(low: number, high: number): number {
  const halfWidth = (high - low) / 2;
  let decimals = halfWidth > 0 ? Math.max(0, Math.ceil(-Math.log10(halfWidth * 1.25))) : ratioDecimals(low);
  const sideIsKept = (bound: number) => bound === 1 || Number(bound.toFixed(decimals)) !== 1;
  decimals = Math.max(decimals, digitsToShow(low));
  while (decimals < MOST_DECIMALS && !(sideIsKept(low) && sideIsKept(high))) decimals++;
  return Math.min(decimals, MOST_DECIMALS);
}

/** At least two significant digits below 10, whole numbers from there on. */
function twoDigits(value: number): string {
  const size = Math.abs(value);
  if (size >= 9.95 || size === 0) return grouped(value, 0);
  const decimals = size < 1e-6 ? 6 : Math.min(6, Math.max(1, 1 - Math.floor(Math.log10(size * 1.005))));
  return fixed(value, decimals);
}

/** By decimals, at most and at least: to make one takes fifty times as long as to use it. */
const formats = new Map<string, Intl.NumberFormat>();

function grouped(value: number, maxDecimals: number, minDecimals = 0): string {
  const key = `${maxDecimals} ${minDecimals}`;
  let format = formats.get(key);
  if (format === undefined) {
    format = new Intl.NumberFormat('en-US', {
      maximumFractionDigits: maxDecimals,
      minimumFractionDigits: minDecimals,
    });
    formats.set(key, format);
  }
  return format.format(value);
}

/** Of a tick on an axis: numbers that were chosen, in their own unit: `0`, `2.5 ms`, `40 ms`, `1 s`. */
export function durationTick(ms: number): string {
  if (ms === 0) return '0';
  const [unit, inMs] = UNITS_OF_TIME.find(([, , below]) => ms < below)!;
  return `${tickNumber(ms / inMs)} ${unit}`;
}

/** Of a tick beside others that are so far from it: `12.002 ms`, with digits enough to tell them apart. */
export function momentTick(ms: number, stepMs: number): string {
  if (ms === 0) return '0';
  const [unit, inMs] = UNITS_OF_TIME.find(([, , below]) => ms < below)!;
  const decimals = Math.min(9, Math.max(0, Math.ceil(-Math.log10(stepMs / inMs) - 1e-9)));
  return `${grouped(ms / inMs, decimals)} ${unit}`;
}

/** A point in time, of which more is known than of a measured duration: `0 ms`, `12.345 ms`. */
export function moment(ms: number): string {
  if (!Number.isFinite(ms)) return NONE;
  if (ms === 0) return '0 ms';
  const [unit, inMs] = UNITS_OF_TIME.find(([, , below]) => ms < below)!;
  return `${exactNumber(Number((ms / inMs).toPrecision(5)))} ${unit}`;
}

/** `0.5`, `1,200`. */
export function amountTick(value: number): string {
  return tickNumber(value);
}

/** `0 %`, `120 %`. */
export function percentTick(share: number): string {
  return `${tickNumber(share * 100)} %`;
}

/** Without what binary fractions add. */
function tickNumber(value: number): string {
  return exactNumber(Number(value.toPrecision(6)));
}
