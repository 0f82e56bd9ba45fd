import { groupAlike } from '../alternatives.js';
import type { ExecutorVariant, NodeBinary, Scenario } from '../schema/index.js';

/** The scenario as a variant runs it: with the workload and the parameters of its alternative. */
export function scenarioFor(
  scenario: Scenario,
  { workload, alternative }: Pick<ExecutorVariant, 'workload' | 'alternative'>,
): Scenario {
  if (alternative === null) return scenario;
  return { ...scenario, workload: workload ?? scenario.workload, params: alternative.params };
}

/** That all variants of a scenario run in: of one alternative they have it in common. Null: that of this program. */
export function nodeOf({ executors }: Pick<Scenario, 'executors'>): NodeBinary | null {
  return executors[0]?.node ?? null;
}

/**
 * A scenario for each alternative, of the variants that run it, with its share of the budget: what is found out of a task
 * alone and of warm code is found out of each. Where all variants run the same, the scenario itself.
 */
export function byAlternative(scenario: Scenario): readonly Scenario[] {
  const groups = groupAlike(scenario.executors, variant => variant);
  return groups.map(executors => {
    const share = executors.length / scenario.executors.length;
    const { budgetMs, mostBudgetMs } = scenario.measurement;
    const measurement = {
      ...scenario.measurement,
      budgetMs: share * budgetMs,
      mostBudgetMs: share * mostBudgetMs,
    };
    return { ...scenarioFor(scenario, executors[0]!), executors, measurement };
  });
}
