import { groupBy } from '../../group-by.js';
import type { AxisPoint, Params, ScenarioResult } from '../../schema/index.js';
import { axisLabel, textOf } from '../words/labels.js';
import { loadOf } from '../words/load.js';

/** A scenario that is a place along an axis. */
export type PlaceResult = ScenarioResult & { readonly scenario: { readonly axis: AxisPoint } };

/** Scenarios that are one question: a single one, or the places along an axis. */
export type ScenarioGroup =
  | { readonly kind: 'single'; readonly result: ScenarioResult; readonly fixed: string }
  | Sweep;

export interface Sweep {
  readonly kind: 'sweep';
  readonly axis: string;
  /** In the order of their values where these are numbers, else as planned. */
  readonly scenarios: readonly PlaceResult[];
  /** What tells it from other groups of the same name: `waitMs=10`; else empty. */
  readonly fixed: string;
}

/** In the order of their first scenarios. Pure. */
export function groupScenarios(scenarios: readonly ScenarioResult[]): ScenarioGroup[] {
  const byQuestion = groupBy(scenarios, result => {
    const { name, axis, id } = result.scenario;
    return JSON.stringify([name, axis?.name ?? id, others(result)]);
  });
  return [...byQuestion.values()].map(members => {
    const first = members[0]!;
    const fixed = fixedPart(
      first,
      scenarios.filter(({ scenario: { name } }) => name === first.scenario.name),
    );
    const places = members.filter(isPlace);
    if (places.length < 2) return { kind: 'single', result: first, fixed };
    return { kind: 'sweep', axis: places[0]!.scenario.axis.name, scenarios: inOrder(places), fixed };
  });
}

function isPlace(result: ScenarioResult): result is PlaceResult {
  return result.scenario.axis !== null;
}

/** Everything that was chosen, but for the axis. */
function others({ scenario }: ScenarioResult): Params {
  const { axis, params, payloadBytes } = scenario;
  const { batchTasks } = loadOf(scenario);
  const all = {
    ...(batchTasks === null ? {} : { tasks: batchTasks }),
    ...(payloadBytes === 0 && axis?.name !== 'payload' ? {} : { payload: payloadBytes }),
    ...Object.fromEntries(Object.entries(params).map(([k, v]) => [`param.${k}`, v])),
  };
  return Object.fromEntries(Object.entries(all).filter(([key]) => key !== axis?.name));
}

function fixedPart(result: ScenarioResult, namesakes: readonly ScenarioResult[]): string {
  const own = Object.entries(others(result));
  return own
    .filter(([key, value]) => namesakes.some(other => textOf(others(other)[key] ?? value) !== textOf(value)))
    .map(([key, value]) => `${axisLabel(key)}=${textOf(value)}`)
    .join(' ');
}

function inOrder(places: readonly PlaceResult[]): readonly PlaceResult[] {
  const value = ({ scenario: { axis } }: PlaceResult) => axis.value;
  if (!places.every(place => typeof value(place) === 'number')) return places;
  return places.toSorted((a, b) => Number(value(a)) - Number(value(b)));
}
