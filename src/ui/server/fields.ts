import { duration } from '../../report/format.js';
import { durationMsOrText } from '../../settings/text.js';
import { BUDGETS } from '../budgets.js';

/** Flags that the page has a field for are named by it: `a budget of 60 s`; what it has none for is for a terminal. */
export function inFields(text: string): string {
  return text
    .replaceAll(
      /--budget (\d+(?:ms|s|m))\b/g,
      (flag, budget: string) => budgetField(budget) ?? inTerminal(flag),
    )
    .replaceAll(/--warmup none\b/g, inTerminal);
}

/** Of those that the page offers the smallest that is enough; null: none is. */
export function budgetField(flag: string): string | null {
  const ms = Number(durationMsOrText(flag));
  const enough = BUDGETS.find(seconds => 1_000 * seconds >= ms);
  return enough === undefined ? null : `a budget of ${duration(1_000 * enough)}`;
}

function inTerminal(flag: string): string {
  return `\`${flag}\` in a terminal`;
}
