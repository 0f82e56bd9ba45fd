import { loadRulesOf } from '../analysis/load-rules.js';
import type { Capacity, ExecutorResult, ScenarioResult } from '../schema/index.js';

/** What a sweep says of one executor at one rate. */
interface RateFinding {
  readonly perSecond: number;
  /** Null: too few forks or samples to say. */
  readonly met: boolean | null;
}

/** A sweep over rates of one scenario, with an objective, as one executor saw it. */
export interface RateSweep extends Pick<Capacity, 'scenario' | 'params' | 'executor' | 'slo'> {
  /** Ascending. */
  readonly findings: readonly RateFinding[];
}

/** The sweeps among the scenarios of a run, one for each executor. Pure. */
export function rateSweeps(scenarios: readonly ScenarioResult[]): RateSweep[] {
  const points = scenarios.filter(
    ({ scenario, purpose }) =>
      purpose === 'comparison' &&
      loadRulesOf(scenario).compared === 'latency' &&
      scenario.slo.length > 0 &&
      scenario.axis?.name === 'rate',
  );
  const sweeps = new Map<string, RateSweep & { findings: RateFinding[] }>();
  for (const result of points) {
    const { name: scenario, params, slo, axis } = result.scenario;
    const perSecond = Number(axis!.value);
    for (const executor of result.executors) {
      const { id } = executor.variant;
      const key = JSON.stringify([scenario, id, params]);
      const sweep = sweeps.get(key) ?? { scenario, params, executor: id, slo, findings: [] };
      sweep.findings.push({ perSecond, met: meetsObjective(result, executor) });
      sweeps.set(key, sweep);
    }
  }
  for (const { findings } of sweeps.values()) findings.sort((a, b) => a.perSecond - b.perSecond);
  return [...sweeps.values()];
}

/** Whether every part of the objective holds with the bound of its interval; null where one cannot be told. */
export function meetsObjective(
  { validity }: ScenarioResult,
  { slo, arrivals, validity: own }: ExecutorResult,
): boolean | null {
  if (arrivals?.overloaded === true) return false;
  if (validity === 'INVALID' || own === 'INVALID' || slo.length === 0) return null;
  if (slo.some(({ met }) => met === false)) return false;
  return slo.every(({ met }) => met === true) ? true : null;
}

/**
 * The highest rate of the sweep that meets the objective and has no rate below it that does not: a lucky point above
 * the limit is not the limit. Rates of which nothing can be said are passed over.
 *
 * @param below look only at rates below this one
 */
export function highestRate({ findings }: RateSweep, below = Number.POSITIVE_INFINITY): number | null {
  let highest: number | null = null;
  for (const { perSecond, met } of findings) {
    if (perSecond >= below || met === false) break;
    if (met === true) highest = perSecond;
  }
  return highest;
}

/** @param confirmed null: it was not measured again */
export function capacityOf(
  { findings: _, ...sweep }: RateSweep,
  perSecond: number | null,
  confirmed: boolean | null,
): Capacity {
  return { ...sweep, perSecond, confirmed };
}
