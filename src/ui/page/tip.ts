import { times } from '../../report/format.js';
import type { Entrant } from '../protocol.js';

/** What somebody says before the race. */
export interface Tip {
  /** Name of the executor that wins. */
  readonly winner: string;
  /** How many times as fast as the slowest; null: not said. */
  readonly ratio: number | null;
}

export interface TipOutcome {
  readonly isWinner: boolean;
  /** Whether it was within a factor of 1.5 of what came; null: nothing was said of it. */
  readonly isClose: boolean | null;
  readonly words: string;
}

/** Nobody guesses closer, and no single race can be told closer. */
const CLOSE = 1.5;

/** @param entrants fastest first; at least one */
export function outcomeOf(tip: Tip, entrants: readonly Entrant[]): TipOutcome {
  const first = entrants[0]!;
  const isWinner = first.name === tip.winner;
  const tipped = entrants.find(({ name }) => name === tip.winner);
  const place = tipped === undefined ? null : entrants.indexOf(tipped) + 1;
  const who = isWinner
    ? `You tipped ${first.label}, and it won`
    : `You tipped ${tipped?.label ?? tip.winner}, ${place === null ? 'which has no trial to show' : `which came ${ordinal(place)}`}; ${first.label} won`;
  if (tip.ratio === null) return { isWinner, isClose: null, words: `${who}.` };
  const isClose = Math.abs(Math.log(first.ratio / tip.ratio)) <= Math.log(CLOSE);
  const how = `By how much: ${times(tip.ratio)} the slowest was your tip, ${times(first.ratio)} is what came`;
  return { isWinner, isClose, words: `${who}. ${how}, ${verdict(tip.ratio, first.ratio, isClose)}.` };
}

function verdict(tipped: number, came: number, isClose: boolean): string {
  if (isClose) return 'which is close';
  return came > tipped ? 'more than you thought' : 'less than you thought';
}

/** `1st`, `2nd`, `3rd`, `11th`, `22nd`. */
export function ordinal(place: number): string {
  const [tens, ones] = [place % 100, place % 10];
  if (tens >= 11 && tens <= 13) return `${place}th`;
  return `${place}${['th', 'st', 'nd', 'rd'][ones] ?? 'th'}`;
}
