import { byAlternative } from '../analysis/alternatives.js';
import type { AloneMeasured, ExecutorVariant, Scenario, Steadiness, SteadyState } from '../schema/index.js';
import { unwarmed, type WarmPlan } from './warm-plan.js';

/** What is found out before the forks of the variants that run the same: all of a scenario, or those of one alternative. */
export class ScenarioPart {
  /** Of these variants, with their workload, their parameters and their share of the budget. */
  readonly scenario: Scenario;
  alone: AloneMeasured | null = null;
  /** No task of several did what it should: there is no code to warm. */
  allFail = false;
  warmPlan: WarmPlan;
  /** Tasks of the worker with the fewest, of all forks. */
  #leastTasks: number | null = null;

  private constructor(scenario: Scenario) {
    this.scenario = scenario;
    this.warmPlan = unwarmed(scenario);
  }

  static of(scenario: Scenario): readonly ScenarioPart[] {
    return byAlternative(scenario).map(one => new ScenarioPart(one));
  }

  of(variants: readonly ExecutorVariant[]): ExecutorVariant[] {
    return variants.filter(({ id }) => this.scenario.executors.some(executor => executor.id === id));
  }

  /** What a fork's isolates had before its rounds. */
  addWarmed(leastTasks: number | null): void {
    if (leastTasks === null) return;
    this.#leastTasks = Math.min(leastTasks, this.#leastTasks ?? Number.POSITIVE_INFINITY);
  }

  /** A plan that was not carried out is none: some worker was left without tasks. */
  get steadiness(): Steadiness {
    const { steadiness } = this.warmPlan;
    if (steadiness.state === 'not warm') return { ...steadiness, hadTasks: this.scenario.tasks };
    const hadTasks = this.#leastTasks;
    const { neededTasks } = steadiness;
    // Of long tasks it is CPU time that counts.
    const isCounted = steadiness.by !== 'long tasks' && hadTasks !== null && neededTasks !== null;
    const isShort = isCounted && hadTasks < neededTasks;
    return { ...steadiness, hadTasks, state: isShort ? 'not warm' : steadiness.state };
  }
}

/** Budgets are said to a tenth of a second. */
const STEP_MS = 100;

/** What the parts of a scenario take together. */
export function budgetsOf(parts: readonly ScenarioPart[]): Pick<WarmPlan, 'budgetMs' | 'forkBudgetMs'> {
  const sumOf = (of: (plan: WarmPlan) => number) =>
    parts.reduce((sum, { warmPlan }) => sum + of(warmPlan), 0);
  const budgetMs = Math.ceil(sumOf(plan => plan.budgetMs) / STEP_MS) * STEP_MS;
  return { budgetMs, forkBudgetMs: sumOf(plan => plan.forkBudgetMs) };
}

/** Whether cold trials are the only ones: of all, where the code of some cannot be warmed, as they are compared. */
export function isCold(parts: readonly ScenarioPart[]): boolean {
  const working = parts.filter(({ allFail }) => !allFail);
  return working.length === 0 || working.some(({ warmPlan }) => warmPlan.warming.kind === 'none');
}

const GRAVEST_FIRST: readonly SteadyState[] = ['not warm', 'no steady state', 'cold', 'as asked', 'steady'];

/** Of the part that has the most to say; the budget that it names is the whole scenario's. */
export function steadinessOf(parts: readonly ScenarioPart[]): Steadiness {
  const working = parts.filter(({ allFail }) => !allFail);
  const all = (working.length === 0 ? parts : working).map(part => {
    const { budgetMs } = part.steadiness;
    const share = part.scenario.measurement.budgetMs / sharedBudgetMs(parts);
    return { ...part.steadiness, budgetMs: budgetMs === null ? null : Math.round(budgetMs / share) };
  });
  const gravity = ({ state }: Steadiness) => GRAVEST_FIRST.indexOf(state);
  const [gravest] = all.toSorted((a, b) => gravity(a) - gravity(b) || (b.neededMs ?? 0) - (a.neededMs ?? 0));
  const named = all.flatMap(({ budgetMs }) => (budgetMs === null ? [] : [budgetMs]));
  return { ...gravest!, budgetMs: named.length === 0 ? null : Math.max(...named) };
}

function sharedBudgetMs(parts: readonly ScenarioPart[]): number {
  return parts.reduce((sum, { scenario }) => sum + scenario.measurement.budgetMs, 0);
}
