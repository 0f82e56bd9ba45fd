import { amountTick, durationTick } from '../../report/format.js';
import type { TickFormat } from '../../report/html/charts/plot.js';
import type { Range } from './range.js';

/** Which values the heights of a picture are. */
export interface ValueAxis {
  valueAt(y: number): number;
  heightOf(value: number): number;
  /** Round values between two heights. */
  ticksWithin(heights: Range): readonly number[];
  textOf(value: number): string;
}

const TEXTS: Readonly<Record<TickFormat, (value: number) => string>> = {
  amount: amountTick,
  duration: durationTick,
};

/** As the report has written it: `linear amount 0 236 1200 8`, two values with their heights; null: as it has not. */
export function valueAxisOf(text: string): ValueAxis | null {
  const [kind, format, ...rest] = text.split(' ');
  const [low = Number.NaN, lowY = 0, high = 0, highY = 0] = rest.map(Number);
  const textOf = format === 'amount' || format === 'duration' ? TEXTS[format] : null;
  if (textOf === null || ![low, lowY, high, highY].every(Number.isFinite)) return null;
  if (kind === 'linear') return axisFrom(value => value, { low, lowY, high, highY }, textOf);
  return kind === 'logarithmic' && low > 0 ? axisFrom(Math.log10, { low, lowY, high, highY }, textOf) : null;
}

interface Ends {
  readonly low: number;
  readonly lowY: number;
  readonly high: number;
  readonly highY: number;
}

function axisFrom(
  stretch: (value: number) => number,
  { low, lowY, high, highY }: Ends,
  textOf: (value: number) => string,
): ValueAxis {
  const isLogarithmic = stretch === Math.log10;
  const [from, to] = [stretch(low), stretch(high)];
  const perPixel = (to - from) / (highY - lowY);
  const valueAt = (y: number) => {
    const stretched = from + (y - lowY) * perPixel;
    return isLogarithmic ? 10 ** stretched : stretched;
  };
  return {
    valueAt,
    heightOf: value => lowY + (stretch(value) - from) / perPixel,
    ticksWithin: heights => {
      const [a, b] = [valueAt(heights.from), valueAt(heights.to)];
      const [least, most] = [Math.min(a, b), Math.max(a, b)];
      return isLogarithmic ? logarithmicTicks(least, most) : linearTicks(least, most);
    },
    textOf,
  };
}

const TICKS = 5;

/** Multiples of 1, 2 or 5 of a power of ten: about five of them. */
export function linearTicks(from: number, to: number): number[] {
  const rough = (to - from) / TICKS;
  if (!(rough > 0)) return [];
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 5, 10].map(one => one * power).find(one => one >= rough * 0.999)!;
  const first = Math.ceil(from / step - 1e-9);
  const many = Math.floor(to / step + 1e-9) - first + 1;
  return Array.from({ length: Math.max(0, many) }, (_, at) => Number(((first + at) * step).toPrecision(12)));
}

/** Powers of ten, with 2 and 5 between them where there are few; where that is too wide as if it were linear. */
export function logarithmicTicks(from: number, to: number): number[] {
  const [first, last] = [Math.floor(Math.log10(from)), Math.ceil(Math.log10(to))];
  const powers = Array.from({ length: last - first + 1 }, (_, at) => 10 ** (first + at));
  const within = (ticks: readonly number[]) =>
    ticks.map(tick => Number(tick.toPrecision(12))).filter(tick => tick >= from && tick <= to);
  const whole = within(powers);
  if (whole.length > 2) return whole;
  const finer = within(powers.flatMap(power => [power, 2 * power, 5 * power]));
  return finer.length > 2 ? finer : linearTicks(from, to);
}
