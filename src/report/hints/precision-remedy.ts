import type { FindingOf, ScenarioResult } from '../../schema/index.js';
import { LONGEST_ADVISED_MS } from '../words/precision.js';
import { isUnfinished, NO_REMEDY, type Remedy, roundedUp } from './remedy.js';

/**
 * What would bring the precision that was wanted, for a scenario whose verdict stands without it, or for all places of a
 * sweep: these share a command. Nothing where nobody would wait for it. Pure.
 */
export function precisionRemedy(scenarios: readonly ScenarioResult[]): Remedy {
  const missed = scenarios
    .filter(result => !isUnfinished(result))
    .flatMap(({ findings }) =>
      findings.flatMap(({ code, values }) => (code === 'precision-missed' ? [values] : [])),
    );
  const budgetMs = Math.max(0, ...missed.map(({ budgetMsNeeded }) => budgetMsNeeded ?? 0));
  if (budgetMs === 0 || budgetMs * scenarios.length > LONGEST_ADVISED_MS) return NO_REMEDY;
  const forks = Math.max(0, ...missed.map(forksAsked));
  return { ...NO_REMEDY, budgetMs: roundedUp(budgetMs), forks: forks === 0 ? null : forks };
}

/** 0: a longer budget alone brings as many. */
function forksAsked({ byBudgetAlone, forksNeeded }: FindingOf<'precision-missed'>['values']): number {
  return byBudgetAlone ? 0 : (forksNeeded ?? 0);
}
