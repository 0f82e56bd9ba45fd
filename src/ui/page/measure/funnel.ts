import type { MeasureProgress, MeasureResult } from '../../protocol.js';

export interface Interval {
  readonly forks: number;
  readonly ratio: number;
  /** The same as the ratio, twice, where there are too few forks for an interval. */
  readonly low: number;
  readonly high: number;
  readonly isKnown: boolean;
}

/** One executor against the baseline, fork by fork: the last one is how it stands. */
export interface Funnel {
  readonly label: string;
  readonly name: string;
  readonly isBaseline: boolean;
  readonly intervals: readonly Interval[];
  readonly tasksPerSecond: number | null;
}

export interface FunnelPlot {
  readonly scenario: string;
  readonly baseline: string;
  /** Null: the page was not there when they were run. */
  readonly forks: number | null;
  readonly funnels: readonly Funnel[];
}

/** A plot for each scenario that was told, in their order. */
export function funnelsOf(history: readonly MeasureProgress[]): FunnelPlot[] {
  const numbers = [...new Set(history.map(({ scenarioNumber }) => scenarioNumber))].sort((a, b) => a - b);
  return numbers.map(number => plotOf(history.filter(({ scenarioNumber }) => scenarioNumber === number)));
}

function plotOf(history: readonly MeasureProgress[]): FunnelPlot {
  const sorted = history.toSorted((one, other) => one.forks - other.forks);
  const { scenario, baseline, forks, standings } = sorted.at(-1)!;
  const funnels = standings.map(({ label, name, tasksPerSecond }) => ({
    label,
    name,
    isBaseline: label === baseline,
    tasksPerSecond,
    intervals: sorted.flatMap(one => {
      const standing = one.standings.find(other => other.label === label);
      if (standing == null || standing.ratio === null) return [];
      const { ratio, low, high } = standing;
      const isKnown = low !== null && high !== null;
      return [{ forks: one.forks, ratio, low: low ?? ratio, high: high ?? ratio, isKnown }];
    }),
  }));
  return { scenario, baseline, forks, funnels };
}

/** Of a measurement that was over before this page was opened: how it ended. */
export function endedFunnels({ groups }: MeasureResult): FunnelPlot[] {
  return groups.flatMap(({ title, baseline, standings }, at) => {
    if (baseline === null || standings.length === 0) return [];
    const place = { scenarioNumber: at + 1, ofScenarios: groups.length };
    return [{ ...plotOf([{ ...place, scenario: title, forks: 1, baseline, standings }]), forks: null }];
  });
}
