import { duration } from '../format.js';

/** Nobody waits longer for a digit more: up to here there is a hint, a command that gives it. */
export const LONGEST_ADVISED_MS = 600_000;
const LONGEST_TOLD_MS = 3_600_000;

/** What the wanted precision would take, where that is more than a hint asks for; else nothing. */
export function precisionTakes(budgetMs: number | null): string {
  if (budgetMs === null || budgetMs <= LONGEST_ADVISED_MS) return '';
  return budgetMs > LONGEST_TOLD_MS
    ? '; it cannot be had within an hour here'
    : `; that would take ${duration(budgetMs)} here`;
}
