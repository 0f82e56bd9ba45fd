import { UsageError } from '../errors.js';
import { durationMsOrText, parseNumber, splitList } from '../settings/text.js';
import type { RunFlags } from './flags.js';

export type MapFlags = RunFlags & {
  readonly executors?: string | undefined;
  readonly waits: string;
  readonly computing: string;
  readonly budget: string;
  readonly task?: string | undefined;
  readonly resume?: string | boolean | undefined;
  readonly out: string;
  readonly json?: string | undefined;
  readonly reporter: string;
  readonly quiet?: boolean | undefined;
  /** False: no page beside the results. */
  readonly html?: boolean | undefined;
};

export const USUAL_WAITS = '0,1,5,25,100';
export const USUAL_COMPUTING = '0.02..20';

interface Axis {
  readonly flag: string;
  readonly expected: string;
  readonly usual: string;
  readonly fewest: number;
  readonly most: number;
  accepts(ms: number): boolean;
}

const WAITS: Axis = {
  flag: '--waits',
  expected: 'at most 10 times of 1 to 60000 ms, or 0, such as 0,5,100',
  usual: USUAL_WAITS,
  fewest: 1,
  most: 10,
  // A timer is no finer.
  accepts: ms => ms === 0 || (ms >= 1 && ms <= 60_000),
};
const COMPUTING: Axis = {
  flag: '--computing',
  expected: '2 to 14 times of 0.001 to 1000 ms, such as 0.02..20 or 0.1,1,10',
  usual: USUAL_COMPUTING,
  fewest: 2,
  most: 14,
  accepts: ms => ms >= 0.001 && ms <= 1_000,
};

/** @returns ms, ascending */
export function waitsOf(text: string): readonly number[] {
  return timesOf(WAITS, text, splitList(text).map(millisecondsOf));
}

/** `0.02..20` has 0.05, 0.1, 0.2, 0.5, … between its ends. @returns ms, ascending */
export function computingOf(text: string): readonly number[] {
  const ends = text.split('..').map(part => millisecondsOf(part.trim()));
  const [from, to] = ends;
  if (ends.length !== 2 || from == null || to == null)
    return timesOf(COMPUTING, text, splitList(text).map(millisecondsOf));
  const between = from < to && COMPUTING.accepts(from) && COMPUTING.accepts(to) ? stepsBetween(from, to) : [];
  return timesOf(COMPUTING, text, from < to ? [from, ...between, to] : [null]);
}

/** `5`, `5ms`, `0.1s`. */
function millisecondsOf(text: string): number | null {
  const value = parseNumber(text) ?? durationMsOrText(text);
  return typeof value === 'number' ? value : null;
}

/** 1, 2 and 5 × 10ⁿ. */
function stepsBetween(from: number, to: number): number[] {
  const powers = Array.from({ length: 7 }, (_, at) => at - 3);
  return powers
    .flatMap(power => [1, 2, 5].map(step => Number(`${step}e${power}`)))
    .filter(ms => ms > from && ms < to);
}

function timesOf(
  { flag, expected, usual, fewest, most, accepts }: Axis,
  text: string,
  values: readonly (number | null)[],
) {
  const times = [...new Set(values)].flatMap(ms => (ms !== null && accepts(ms) ? [ms] : []));
  if (times.length === new Set(values).size && times.length >= fewest && times.length <= most)
    return times.sort((a, b) => a - b);
  throw new UsageError(flag, expected, text, `Leave it out for ${usual}.`);
}
