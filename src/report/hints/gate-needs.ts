import type { GateVerdict, Report, ScenarioResult } from '../../schema/index.js';
import { NO_REMEDY, type Remedy, roundedUp } from './remedy.js';

/** What would decide the open gates of a scenario, by its id. */
export type GateNeeds = ReadonlyMap<string, Remedy>;

export function gateNeeds(gates: readonly GateVerdict[]): GateNeeds {
  const needs = new Map<string, Remedy>();
  for (const { outcome, needed, scenario } of gates.flatMap(({ findings }) => findings)) {
    if (outcome !== 'undecided' || needed === null) continue;
    const { forks, budgetMs } = needed;
    const own = { ...NO_REMEDY, forks, budgetMs: budgetMs === null ? null : roundedUp(budgetMs) };
    needs.set(scenario, larger(needs.get(scenario) ?? NO_REMEDY, own));
  }
  return needs;
}

/** More of everything. */
export function larger(one: Remedy, other: Remedy): Remedy {
  const most = (a: number | null, b: number | null) => (a === null || b === null ? (a ?? b) : Math.max(a, b));
  return {
    budgetMs: most(one.budgetMs, other.budgetMs),
    forks: most(one.forks, other.forks),
    tasks: most(one.tasks, other.tasks),
    durationMs: most(one.durationMs, other.durationMs),
    warmupTasks: most(one.warmupTasks, other.warmupTasks),
    warmupMs: most(one.warmupMs, other.warmupMs),
  };
}

/** A headline that names a budget for warming names the one that decides the gates too. */
export function withGateBudgets(report: Report, needs: GateNeeds): Report {
  return { ...report, scenarios: report.scenarios.map(result => withBudgetOf(result, needs)) };
}

function withBudgetOf(result: ScenarioResult, needs: GateNeeds): ScenarioResult {
  const { steadiness, scenario } = result;
  const needed = needs.get(scenario.id)?.budgetMs ?? 0;
  if (steadiness.budgetMs === null || needed <= steadiness.budgetMs) return result;
  return { ...result, steadiness: { ...steadiness, budgetMs: needed } };
}
