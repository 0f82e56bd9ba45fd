import { truncate } from '../text.js';

const LONGEST = 120;

/** A name may be as long as its giver likes; a heading may not. */
export function titleText(title: string): string {
  return truncate(title, LONGEST);
}
