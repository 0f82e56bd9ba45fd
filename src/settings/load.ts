import type { RateLoad } from '../schema/index.js';
import { accepting } from './setting.js';
import { parseNumber } from './text.js';

/** What `--load` may say: all at once, or rates to be compared. */
export type LoadRequest =
  | { readonly kind: 'batch' }
  | {
      readonly kind: 'rate';
      readonly arrivals: RateLoad['arrivals'];
      /** Per second, ascending; several make variants. */
      readonly rates: readonly number[];
    };

const LOWEST_RATE = 0.1;
const HIGHEST_RATE = 1_000_000;
const DEFAULT_POINTS = 6;
const MOST_POINTS = 50;
/** Digits of a sweep's rates between its ends: people read 180/s, not 182.06/s. */
const DIGITS = 2;

type Refuse = (expected: string) => never;

/** `batch`, `rate=500/s`, `rate=500/s,poisson`, `rate=100,200,400/s`, `rate=100..2000/s`, `rate=100..2000/s:10`. */
export const checkLoad = accepting({ type: 'string', minLength: 1 }, (value, fail): LoadRequest => {
  if (typeof value !== 'string') return fail('a text', value);
  const refuse: Refuse = expected => fail(expected, value);
  if (value.trim() === 'batch') return { kind: 'batch' };
  const [, list = '', unit = '', points, arrivals] =
    /^rate=([\d.,e+\s-]+?)\s*\/(s|m)(?::(\d+))?(?:,\s*(constant|poisson))?$/i.exec(value.trim()) ?? [];
  if (unit === '') return refuse('batch, rate=N/s, rate=N,N/s or rate=LOW..HIGH/s, with ,poisson if wanted');
  const rates = ratesOf(list, points, refuse).map(rate => (unit.toLowerCase() === 'm' ? rate / 60 : rate));
  if (rates.some(rate => !(rate >= LOWEST_RATE && rate <= HIGHEST_RATE)))
    refuse(`rates from ${LOWEST_RATE}/s to ${HIGHEST_RATE.toLocaleString('en-US')}/s`);
  return { kind: 'rate', arrivals: arrivals?.toLowerCase() === 'poisson' ? 'poisson' : 'constant', rates };
});

function ratesOf(list: string, points: string | undefined, refuse: Refuse): number[] {
  const ends = list.split('..');
  if (ends.length === 1) {
    if (points !== undefined) refuse('a number of points after a sweep only, as in rate=100..2000/s:10');
    const rates = list.split(',').map(one => numberIn(one, refuse));
    return [...new Set(rates)].sort((a, b) => a - b);
  }
  const [low, high] = ends.map(one => numberIn(one, refuse));
  const count = points === undefined ? DEFAULT_POINTS : Number(points);
  if (ends.length !== 2 || !(low! > 0 && low! < high!)) refuse('a sweep from a lower to a higher rate');
  if (count < 2 || count > MOST_POINTS) refuse(`2 to ${MOST_POINTS} points`);
  return sweepRates(low!, high!, count);
}

function numberIn(text: string, refuse: Refuse): number {
  return parseNumber(text.trim()) ?? refuse('numbers, as in rate=500/s');
}

/** Geometric from `low` to `high`, each end kept as it is; fewer than `count` where rounding makes two of them one. */
export function sweepRates(low: number, high: number, count: number): number[] {
  const between = Array.from(
    { length: count - 2 },
    (_, at) => low * (high / low) ** ((at + 1) / (count - 1)),
  );
  const rounded = between
    .map(rate => Number(rate.toPrecision(DIGITS)))
    .filter(rate => rate > low && rate < high);
  return [...new Set([low, ...rounded, high])];
}
