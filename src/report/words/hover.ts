import { amount, duration, percent } from '../format.js';
import { truncate } from '../text.js';
import type { Quantity } from '../view/picture-types.js';
import { INTERVAL_MEANING, meaningOf } from './glossary.js';

/** What the parts of pictures say of themselves when they are pointed at: a figure, its interval, what it means. */

const LONGEST_NAME = 60;

const TEXTS: Readonly<Record<Quantity, (value: number) => string>> = {
  perSecond: value => `${amount(value)}/s`,
  durationMs: duration,
  share: percent,
};

interface BarWords {
  readonly label: string;
  readonly text: string;
  readonly interval: readonly [low: number, high: number] | null;
}

/** `queue ×2: 1,109/s`, and its interval. */
export function barWords({ label, text, interval }: BarWords, quantity: Quantity): string {
  return lines(`${named(label)}: ${text}`, intervalWords(interval, TEXTS[quantity]));
}

/** `queue ×2, wait: 57 %`, and what waiting is. */
export function partWords(label: string, part: string, value: number, quantity: Quantity): string {
  return lines(`${named(label)}, ${part}: ${TEXTS[quantity](value)}`, meaningOf(part));
}

/** `queue ×2, p99: 57 ms`, and what a p99 is. */
export function percentileWords(label: string, share: number, valueMs: number): string {
  const name = `p${Number((share * 100).toPrecision(6))}`;
  return lines(`${named(label)}, ${name}: ${duration(valueMs)}`, meaningOf(name));
}

/** `queue at 8: 1,109`, and its interval. */
export function placeWords(
  label: string,
  place: string,
  value: number,
  interval: readonly [low: number, high: number] | null,
): string {
  return lines(`${named(label)} at ${named(place)}: ${amount(value)}`, intervalWords(interval, amount));
}

/** `threads 8, in flight each 16: 97 %, as good`. */
export function cellWords(column: string, row: string, text: string, state: string): string {
  return `${column}, ${row}: ${text}, ${state}`;
}

function intervalWords(
  interval: readonly [low: number, high: number] | null,
  textOf: (value: number) => string,
): string | null {
  if (interval === null) return null;
  const [low, high] = interval.map(textOf);
  return `95 % interval: ${low} to ${high}; ${INTERVAL_MEANING}.`;
}

/** A name may be as long as its giver likes. */
function named(label: string): string {
  return truncate(label, LONGEST_NAME);
}

function lines(...all: readonly (string | null)[]): string {
  return all.filter(one => one !== null).join('\n');
}
