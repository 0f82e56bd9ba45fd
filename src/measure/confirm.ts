import { isDeepStrictEqual } from 'node:util';
import type { Capacity, Scenario, ScenarioResult } from '../schema/index.js';
import { capacityOf, highestRate, meetsObjective, type RateSweep, rateSweeps } from './capacity.js';

/** What an executor may be able to do, until fresh forks have said so. */
interface Candidate {
  readonly sweep: RateSweep;
  perSecond: number | null;
  /** Null until measured again. */
  confirmed: boolean | null;
}

/**
 * Measures the highest rates that met their objective once more, in fresh forks: the best of several points is better
 * than it is by chance. What does not hold again gives way to the next lower rate.
 *
 * @param planned scenarios as planned, the sweeps' points among them
 * @param measure runs a scenario and keeps its result; null when the run was interrupted
 */
export async function* confirmCapacities<Event>(
  planned: readonly Scenario[],
  results: readonly ScenarioResult[],
  measure: (scenario: Scenario) => AsyncGenerator<Event, ScenarioResult | null>,
): AsyncGenerator<Event, Capacity[]> {
  const candidates: Candidate[] = rateSweeps(results).map(sweep => ({
    sweep,
    perSecond: highestRate(sweep),
    confirmed: null,
  }));
  const confirmations = new Map<string, number>();
  for (;;) {
    const waiting = candidates.filter(({ perSecond, confirmed }) => perSecond !== null && confirmed !== true);
    const [first] = waiting;
    const point = first && planned.find(scenario => isPointOf(scenario, first));
    if (point === undefined) break;
    // Those that wait for the same rate of the same scenario are measured side by side.
    const together = waiting.filter(candidate => isPointOf(point, candidate));
    const number = (confirmations.get(point.id) ?? 0) + 1;
    confirmations.set(point.id, number);
    const result = yield* measure(confirmationOf(point, together, number));
    if (result === null) break;
    for (const candidate of together) confirm(candidate, result);
  }
  return candidates.map(({ sweep, perSecond, confirmed }) => capacityOf(sweep, perSecond, confirmed));
}

function isPointOf({ name, params, axis }: Scenario, { sweep, perSecond }: Candidate): boolean {
  if (axis?.name !== 'rate' || axis.value !== perSecond) return false;
  return name === sweep.scenario && isDeepStrictEqual(params, sweep.params);
}

/**
 * The same scenario with only those executors, compared with the first of them.
 *
 * @param number of this point, which is measured again for each executor that falls back to it: ids are told apart
 */
function confirmationOf(point: Scenario, candidates: readonly Candidate[], number: number): Scenario {
  const ids = candidates.map(({ sweep }) => sweep.executor);
  const executors = point.executors.filter(({ id }) => ids.includes(id));
  const baseline = ids.includes(point.baseline) ? point.baseline : executors[0]!.id;
  const id = `${point.id} confirmation${number > 1 ? ` ${number}` : ''}`;
  return { ...point, id, executors, baseline };
}

function confirm(candidate: Candidate, result: ScenarioResult): void {
  const executor = result.executors.find(({ variant: { id } }) => id === candidate.sweep.executor);
  const met = executor === undefined ? null : meetsObjective(result, executor);
  candidate.confirmed = met === true;
  if (!candidate.confirmed) candidate.perSecond = highestRate(candidate.sweep, candidate.perSecond!);
}
