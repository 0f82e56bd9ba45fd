import type { ExecutorResult, Scenario, Warning } from '../model.js';
import { littleNotes } from './little.js';
import { lossWarnings } from './loss-warnings.js';
import { resultWarnings } from './result-warnings.js';
import type { ExecutorForks } from './summarise.js';
import { overloadNotes } from './validity/pacing.js';

/** What is to be said of a scenario besides its validity. */
export interface Said {
  readonly forks: readonly ExecutorForks[];
  readonly executors: readonly ExecutorResult[];
  readonly droppedTrials: number;
  /** Weaknesses that take nothing from the verdict. */
  readonly asides: readonly string[];
}

/** What a record knows that its executors do not. */
interface Known {
  readonly scenario: Scenario;
  readonly lostBecause: string | null;
  readonly leftOut: ReadonlyMap<string, number>;
  readonly baseline: string;
}

export function scenarioWarnings(
  known: Known,
  { forks, executors, droppedTrials, asides }: Said,
): readonly Warning[] {
  const { scenario } = known;
  return [
    ...scenario.planWarnings,
    ...stopWarning(known),
    ...leftOutWarnings(known),
    ...baselineWarning(known),
    ...asides.map(message => ({ code: 'weak', message })),
    ...overloadNotes(executors).map(message => ({ code: 'overloaded', message })),
    ...littleNotes(executors, scenario).map(message => ({ code: 'littles-law', message })),
    ...resultWarnings(scenario, forks),
    ...lossWarnings(forks, droppedTrials, scenario.expectedFailures),
  ];
}

function baselineWarning({ scenario, leftOut, baseline }: Known): Warning[] {
  const { baseline: planned } = scenario;
  if (baseline === planned) return [];
  const why = leftOut.has(planned) ? 'is left out' : 'is overloaded, and has no latency to compare with';
  return [{ code: 'other-baseline', message: `compared with ${baseline}: ${planned} ${why}` }];
}

function leftOutWarnings({ leftOut }: Known): Warning[] {
  return [...leftOut].map(([id, ms]) => ({
    code: 'left-out',
    message: `${id} is left out: one trial of it would take ${Math.ceil(ms / 60_000)} minutes; a --budget of that length lets it run`,
  }));
}

function stopWarning({ lostBecause }: Known): Warning[] {
  if (lostBecause === null) return [];
  return [{ code: 'stopped', message: `the scenario could not go on: ${lostBecause}` }];
}
