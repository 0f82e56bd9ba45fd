import type {
  ForksNeeded,
  Gate,
  GateFinding,
  GateOutcome,
  GateVerdict,
  ScenarioResult,
} from '../../schema/index.js';
import { budgetForPrecision } from '../../stats/precision.js';

/** The gravest first. */
const OUTCOMES: readonly GateOutcome[] = ['fails', 'undecided', 'passes'];

/** Of all its findings together; where there was nothing to judge nothing was let through. */
export function verdictOn(gate: Gate, findings: readonly GateFinding[]): GateVerdict {
  const rank = ({ outcome }: GateFinding) => OUTCOMES.indexOf(outcome);
  const ordered = findings.toSorted((a, b) => rank(a) - rank(b));
  return { gate, outcome: ordered[0]?.outcome ?? 'undecided', findings: ordered };
}

/** Both ends of an interval say the same, or it is open. */
export function outcomeOf(low: number, high: number, isGood: (value: number) => boolean): GateOutcome {
  const [first, second] = [isGood(low), isGood(high)];
  if (first !== second) return 'undecided';
  return first ? 'passes' : 'fails';
}

/** A finding before anything is known. */
export function openFinding(scenario: string, executor: string): GateFinding {
  return {
    scenario,
    executor,
    against: null,
    predicate: null,
    outcome: 'undecided',
    value: null,
    low: null,
    high: null,
    without: null,
    needed: null,
  };
}

/** So many forks, and the budget in which they fit. */
export function neededFor(forks: number, inBoth: boolean, result: ScenarioResult | undefined): ForksNeeded {
  const { medianForkMs = null, elapsedMs = 0, executors = [] } = result ?? {};
  const done = Math.max(0, ...executors.map(one => one.forks));
  const forkDurationsMs = medianForkMs === null ? [] : Array.from({ length: done }, () => medianForkMs);
  const budgetMs = budgetForPrecision({ elapsedMs, forkDurationsMs, cutMsPerFork: 0, forksNeeded: forks });
  return { forks, inBoth, budgetMs };
}
