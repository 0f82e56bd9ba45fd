import { scaleLinear, scaleLog } from 'd3-scale';
import type { Scale } from './scales.js';

/** Of all values: so much room is left at both ends. */
const MARGIN = 0.06;
/** Values that are all alike are not drawn as if they were far apart. */
const LEAST_SPAN = Math.log(1.04);
const TICKS = 4;
/** Farther apart the ticks of a linear axis would crowd at one end. */
const WIDE = 4;

/**
 * For ratios: halves are as far from 1 as doubles, and the axis reaches as far as values do, since 0 means nothing there.
 *
 * @param values above 0, at least one
 */
export function ratioScale(values: readonly number[], from: number, to: number): Scale {
  const logs = values.map(Math.log);
  const [least, most] = [Math.min(...logs), Math.max(...logs)];
  const missing = Math.max(0, LEAST_SPAN - (most - least)) / 2;
  const margin = MARGIN * Math.max(most - least, LEAST_SPAN) + missing;
  const [low, high] = [Math.exp(least - margin), Math.exp(most + margin)];
  const scale = scaleLog([low, high], [from, to]);
  return { ticks: ticksOf(low, high), isLogarithmic: true, of: value => scale(value) };
}

function ticksOf(low: number, high: number): number[] {
  if (high < WIDE * low) return scaleLinear([low, high], [0, 1]).ticks(TICKS);
  const powers = Math.ceil(Math.log10(high)) - Math.floor(Math.log10(low));
  const steps = powers > TICKS ? [1] : [1, 2, 5];
  const first = Math.floor(Math.log10(low));
  return Array.from({ length: powers + 1 }, (_, at) => first + at)
    .flatMap(power => steps.map(step => Number((step * 10 ** power).toPrecision(1))))
    .filter(tick => tick >= low && tick <= high);
}
