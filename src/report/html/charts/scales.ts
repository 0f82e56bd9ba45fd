import { scaleLinear, scaleLog } from 'd3-scale';
import { amountTick, durationTick, percentTick } from '../../format.js';
import type { Quantity } from '../../view/picture-types.js';

/** From values to pixels, with the round values that are labelled. */
export interface Scale {
  readonly ticks: readonly number[];
  readonly isLogarithmic: boolean;
  of(value: number): number;
}

/** From here on what is small would lie on the axis. */
const WIDE_RANGE = 20;

/** From 0 to a round value. */
export function lengthScale(most: number, from: number, to: number, ticks: number): Scale {
  const scale = scaleLinear([0, most > 0 ? most : 1], [from, to]).nice(ticks);
  return { ticks: scale.ticks(ticks), isLogarithmic: false, of: value => scale(value) };
}

/** Logarithmic where that is allowed and values are far apart; else from 0. */
export function heightScale(
  values: readonly number[],
  { from, to, mayBeLogarithmic }: { from: number; to: number; mayBeLogarithmic: boolean },
): Scale {
  const known = values.filter(value => value > 0);
  const [least, most] = [Math.min(...known), Math.max(...known)];
  if (known.length === 0) return lengthScale(1, from, to, 5);
  if (!mayBeLogarithmic || most <= WIDE_RANGE * least) return lengthScale(most, from, to, 5);
  const scale = scaleLog([least, most], [from, to]).nice();
  const [lowest] = scale.domain();
  const all = scale.ticks(5);
  const powers = all.filter(value => Math.abs(Math.log10(value) % 1) < 1e-9);
  return {
    ticks: powers.length > 1 ? powers : all,
    isLogarithmic: true,
    of: value => scale(Math.max(value, lowest!)),
  };
}

/** Where values are labelled along an axis; logarithmic where the steps between them grow. */
export function placeScale(values: readonly number[], from: number, to: number): (value: number) => number {
  const [first, last] = [values[0]!, values.at(-1)!];
  const steps = values.slice(1).map((value, at) => value - values[at]!);
  const isGrowing = first > 0 && Math.max(...steps) >= 3 * Math.min(...steps);
  return isGrowing ? scaleLog([first, last], [from, to]) : scaleLinear([first, last], [from, to]);
}

const TICK_TEXTS: Readonly<Record<Quantity, (value: number) => string>> = {
  perSecond: amountTick,
  durationMs: durationTick,
  share: percentTick,
};

export function tickText(quantity: Quantity, value: number): string {
  return TICK_TEXTS[quantity](value);
}
