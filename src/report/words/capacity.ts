import { isDeepStrictEqual } from 'node:util';
import { groupBy } from '../../group-by.js';
import { formatPredicates } from '../../predicate.js';
import type { Capacity, ExecutorResult, Report, ScenarioResult } from '../../schema/index.js';
import { isInvalid, isMeasured, isOverloaded } from '../pairs.js';
import { whyInvalid } from './findings.js';
import { listed, rateText } from './labels.js';
import { loadOf } from './load.js';
import { steadyAlong } from './steadiness.js';

/** Whether an executor meets the objective at a rate: what the table says, and the headline after it. */
export type Answer =
  | 'met'
  | 'not met'
  /** Too few forks or samples to say, or figures that are not valid. */
  | 'not known'
  /** Met, and not again in fresh forks. */
  | 'not again';

/** As measured in one scenario. */
export function answerOf({ validity }: ScenarioResult, executor: ExecutorResult): Answer {
  if (isOverloaded(executor)) return 'not met';
  if (isInvalid(executor) || validity === 'INVALID') return 'not known';
  if (executor.slo.some(({ met }) => met === false)) return 'not met';
  return executor.slo.length > 0 && executor.slo.every(({ met }) => met === true) ? 'met' : 'not known';
}

/** As measured in a sweep, and once more where it was met. */
export function answerAt(
  result: ScenarioResult,
  executor: ExecutorResult,
  confirmations: readonly ScenarioResult[],
): Answer {
  const answer = answerOf(result, executor);
  if (answer !== 'met') return answer;
  const again = confirmations
    .filter(one => ratePerSecond(one) === ratePerSecond(result))
    .flatMap(one =>
      one.executors
        .filter(({ variant: { id } }) => id === executor.variant.id)
        .map(same => answerOf(one, same)),
    );
  return again.every(one => one === 'met') ? 'met' : 'not again';
}

export function ratePerSecond({ scenario }: ScenarioResult): number {
  return loadOf(scenario).perSecond ?? Number.NaN;
}

/**
 * `p99 < 50 ms holds up to 1,100/s with queue and 600/s with limited`; without an objective up to where each keeps up. Pure.
 *
 * @param scenarios the lowest rate first
 */
export function rateHeadline(
  scenarios: readonly ScenarioResult[],
  capacities: readonly Capacity[],
  confirmations: readonly ScenarioResult[],
): string {
  if (scenarios.every(({ validity }) => validity === 'INVALID'))
    return `No verdict: ${whyInvalid(scenarios[0])}`;
  // What holds, and again in fresh forks, was found over all rates.
  return steadyAlong(scenarios, places =>
    capacities.length === 0 ? keepsUp(places) : objectiveHolds(scenarios, capacities, confirmations),
  );
}

function objectiveHolds(
  scenarios: readonly ScenarioResult[],
  capacities: readonly Capacity[],
  confirmations: readonly ScenarioResult[],
): string {
  const [first] = capacities;
  const objective = formatPredicates(first!.slo);
  const held = capacities
    .filter(({ perSecond }) => perSecond !== null)
    .sort((a, b) => b.perSecond! - a.perSecond!);
  const never = capacities.filter(({ perSecond }) => perSecond === null).map(({ executor }) => executor);
  const notEven = whyNever(scenarios[0]!, never, confirmations);
  if (held.length === 0) return `${objective}: ${notEven.join('; ')}`;
  const rates = [...new Set(held.map(({ perSecond }) => perSecond!))];
  const withRate = (rate: number) =>
    held.filter(({ perSecond }) => perSecond === rate).map(({ executor }) => executor);
  const limits = rates.map(rate => `${rateText(rate)} with ${listed(withRate(rate))}`).join(', ');
  const confirmed = held.every(capacity => capacity.confirmed === true) ? ' (confirmed)' : '';
  return [`${objective} holds up to ${limits}${confirmed}`, ...notEven].join('; ');
}

const ONCE = ['met once at', ', not shown again in fresh forks'] as const;
const WHY_NEVER: Readonly<Record<Answer, readonly [before: string, after: string]>> = {
  'not met': ['not met even at', ''],
  'not known': ['not known at', ''],
  'not again': ONCE,
  met: ONCE,
};

/** What the table says of those that hold it at no rate: where they fail, or what is not known of them. */
function whyNever(
  lowest: ScenarioResult,
  never: readonly string[],
  confirmations: readonly ScenarioResult[],
): string[] {
  const at = rateText(ratePerSecond(lowest));
  const answers = groupBy(never, id => {
    const executor = lowest.executors.find(one => one.variant.id === id);
    return executor === undefined ? 'not known' : answerAt(lowest, executor, confirmations);
  });
  return [...answers].map(([answer, ids]) => {
    const [before, after] = WHY_NEVER[answer];
    return `${before} ${at} with ${listed(ids)}${after}`;
  });
}

function keepsUp(scenarios: readonly ScenarioResult[]): string {
  const ids = scenarios[0]!.executors.map(({ variant: { id } }) => id);
  const limits = ids.map(id => {
    const ofIt = ({ executors }: ScenarioResult) => executors.find(({ variant }) => variant.id === id);
    // A lucky rate above one that overloads it is not the limit; of what was lost or is not valid nothing can be said.
    const lost = scenarios.findIndex(result => {
      const executor = ofIt(result);
      return executor !== undefined && isOverloaded(executor);
    });
    const below = lost < 0 ? scenarios : scenarios.slice(0, lost);
    const kept = below.filter(result => {
      const executor = ofIt(result);
      return executor !== undefined && keepsUpWith(executor);
    });
    return { id, perSecond: Math.max(0, ...kept.map(ratePerSecond)) };
  });
  const highest = Math.max(...scenarios.map(ratePerSecond));
  if (limits.every(({ perSecond }) => perSecond === highest)) return `All keep up with ${rateText(highest)}`;
  const each = limits
    .sort((a, b) => b.perSecond - a.perSecond)
    .map(({ id, perSecond }) => `${id} with ${perSecond > 0 ? rateText(perSecond) : 'none of these rates'}`);
  return `Keeps up: ${each.join(', ')}`;
}

function keepsUpWith(executor: ExecutorResult): boolean {
  return isMeasured(executor) && !isInvalid(executor) && !isOverloaded(executor);
}

/** Those of this sweep, among those of all sweeps of a report. */
export function capacitiesOf({ scenario }: ScenarioResult, { capacities }: Report): Capacity[] {
  return capacities.filter(
    one => one.scenario === scenario.name && isDeepStrictEqual(one.params, scenario.params),
  );
}

/** What was measured once more, in fresh forks, of a sweep. */
export function confirmationsOf(
  { scenario: { name, params } }: ScenarioResult,
  { scenarios }: Report,
): ScenarioResult[] {
  const again = scenarios.filter(({ purpose }) => purpose === 'confirmation');
  return again.filter(({ scenario: one }) => one.name === name && isDeepStrictEqual(one.params, params));
}
