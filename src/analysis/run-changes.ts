import type {
  ExecutorResult,
  OnlyIn,
  RatioChange,
  Report,
  RunChanges,
  RunRatio,
  ScenarioChanges,
  ScenarioResult,
} from '../schema/index.js';
import { RATIO_STEP_LOG } from '../stats/histogram.js';
import { significantAmong } from '../stats/verdict.js';
import { compareRuns } from '../stats/welch.js';
import { isColdRatio, ratioBetween } from './ratio-between.js';
import { comparedOf, differencesOf, type ScenarioPair, scenarioPairs } from './run-differences.js';

/** Of two saved runs nobody looked at one to stop the other: the plain 5 %. */
const ALPHA = 0.05;

/** A run and what it is called. */
export interface NamedRun {
  readonly name: string;
  readonly report: Report;
}

/**
 * What changed from one run to another: for each scenario and executor the ratio to a baseline that both have, each
 * measured within its own run. Throughputs of two runs are not compared: a machine that is 5 % slower on the second day
 * would be found in them. Pure.
 *
 * @param isForced compare whatever differs
 */
export function changesBetween(base: NamedRun, next: NamedRun, isForced: boolean): RunChanges {
  const differences = differencesOf(base.report, next.report);
  const isRefused = !isForced && differences.some(({ isGrave }) => isGrave);
  const pairs = scenarioPairs(base.report, next.report);
  return {
    base: runOf(base),
    next: runOf(next),
    differences,
    isRefused,
    scenarios: isRefused ? [] : judged(pairs.map(pair => changesOfScenario(pair, isForced))),
    scenariosOnlyIn: onlyIn(
      comparedOf(base.report).map(({ scenario: { id } }) => id),
      comparedOf(next.report).map(({ scenario: { id } }) => id),
    ),
  };
}

function runOf({ name, report: { startedAt, environment } }: NamedRun) {
  return { name, startedAt, node: environment.node };
}

function onlyIn(base: readonly string[], next: readonly string[]): OnlyIn {
  return { base: base.filter(id => !next.includes(id)), next: next.filter(id => !base.includes(id)) };
}

function changesOfScenario(pair: ScenarioPair, isForced: boolean): ScenarioChanges {
  const { base, next } = pair;
  const { id, title, axis } = next.scenario;
  const baseline = commonBaseline(pair);
  const without = whyNot(pair, baseline);
  const ids = without === null ? commonIds(pair).filter(one => one !== baseline) : [];
  const ratios = ids.map(executor => ({
    executor,
    before: ratioOf(base, executor, baseline!),
    after: ratioOf(next, executor, baseline!),
    coldIn: isForced ? null : coldIn(pair, executor, baseline!),
  }));
  return {
    id,
    title,
    axis,
    of: ofOf(next),
    baseline,
    without,
    changes: ratios.flatMap(({ executor, before, after, coldIn }) =>
      before === null || after === null || coldIn !== null
        ? []
        : [changeOf(executor, before, after, stepLogOf(next))],
    ),
    leftOut: ratios.flatMap(({ executor, before, after, coldIn }): ScenarioChanges['leftOut'] => {
      if (before === null || after === null)
        return [{ executor, run: missingIn(before, after), reason: reasonOf(pair, executor) }];
      return coldIn === null ? [] : [{ executor, run: coldIn, reason: 'cold' }];
    }),
    executorsOnlyIn: onlyIn(idsOf(base), idsOf(next)),
    itself: itselfOf(pair, baseline ?? commonIds(pair)[0] ?? null),
    validity: { base: base.validity, next: next.validity },
  };
}

function whyNot(pair: ScenarioPair, baseline: string | null): ScenarioChanges['without'] {
  const both = [pair.base, pair.next];
  if (commonIds(pair).length === 0) return 'no common executor';
  if (both.some(({ executors }) => executors.length < 2)) return 'one executor';
  if (both.some(({ validity }) => validity === 'INVALID')) return 'INVALID';
  if (ofOf(pair.base) !== ofOf(pair.next)) return 'other ratios';
  return baseline === null ? 'no common baseline' : null;
}

function ofOf({ comparisons }: ScenarioResult): ScenarioChanges['of'] {
  return comparisons[0]?.of ?? 'throughput';
}

function idsOf({ executors }: ScenarioResult): string[] {
  return executors.map(({ variant: { id } }) => id);
}

function commonIds({ base, next }: ScenarioPair): string[] {
  const later = idsOf(next);
  return idsOf(base).filter(id => later.includes(id));
}

/** The earlier run's; where the later has no ratio to that (it was lost, INVALID), the later's, or any that both have. */
function commonBaseline(pair: ScenarioPair): string | null {
  const { base, next } = pair;
  const common = commonIds(pair);
  const candidates = [base.baseline, next.baseline, ...common].filter(id => common.includes(id));
  const hasRatios = (id: string) =>
    [base, next].every(result => common.some(one => ratioOf(result, one, id) !== null));
  return candidates.find(hasRatios) ?? null;
}

function ratioOf(result: ScenarioResult, executor: string, other: string): RunRatio | null {
  const found = ratioBetween(result, executor, other);
  if (found === null) return null;
  const { ratio, low, high, forkLogRatios } = found;
  return { ratio, low, high, forkLogRatios };
}

function isInvalid({ validity }: ExecutorResult): boolean {
  return validity === 'INVALID';
}

/** The one run whose ratio is one of cold trials: of cold and warm isolates one cannot be compared with the other. */
function coldIn({ base, next }: ScenarioPair, executor: string, baseline: string): 'base' | 'next' | null {
  const [before, after] = [base, next].map(result => isColdRatio(result, executor, baseline));
  if (before === after) return null;
  return before === true ? 'base' : 'next';
}

function missingIn(before: RunRatio | null, after: RunRatio | null): 'base' | 'next' | 'both' {
  if (before === null && after === null) return 'both';
  return before === null ? 'base' : 'next';
}

function reasonOf({ base, next }: ScenarioPair, id: string): 'INVALID' | 'no ratio' {
  const invalid = [base, next].some(({ executors }) =>
    executors.some(one => one.variant.id === id && isInvalid(one)),
  );
  return invalid ? 'INVALID' : 'no ratio';
}

/** What it did itself in both runs. */
function itselfOf({ base, next }: ScenarioPair, executor: string | null): ScenarioChanges['itself'] {
  const of = ({ executors }: ScenarioResult) => executors.find(({ variant: { id } }) => id === executor);
  const [before, after] = [of(base), of(next)];
  if (executor === null || before === undefined || after === undefined) return null;
  return { executor, before: before.tasksPerSecond, after: after.tasksPerSecond };
}

/** Percentiles are those of a histogram: each of the two ratios is known to a step of it. */
function stepLogOf(result: ScenarioResult): number {
  return ofOf(result) === 'throughput' ? 0 : 2 * RATIO_STEP_LOG;
}

function changeOf(executor: string, before: RunRatio, after: RunRatio, stepLog: number): RatioChange {
  const found = compareRuns(before.forkLogRatios, after.forkLogRatios, stepLog);
  const { ratio, low, high, degreesOfFreedom, p } = found;
  return {
    executor,
    before,
    after,
    change: ratio,
    low,
    high,
    degreesOfFreedom,
    p,
    verdict: 'no change shown',
  };
}

/**
 * Holm's correction is over all changes between the two runs: where nothing changed, anything at all is said to have
 * changed in 5 % of comparisons, however many scenarios there are.
 */
function judged(scenarios: readonly ScenarioChanges[]): ScenarioChanges[] {
  const tested = scenarios.flatMap(({ changes }) => changes.map(({ change, p }) => ({ ratio: change, p })));
  const significant = significantAmong(tested, ALPHA).values();
  return scenarios.map(scenario => ({
    ...scenario,
    changes: scenario.changes.map(one => ({
      ...one,
      verdict: verdictOf(one, significant.next().value === true),
    })),
  }));
}

function verdictOf({ change, p }: RatioChange, isSignificant: boolean): RatioChange['verdict'] {
  if (change === null || p === null) return 'too few forks to say';
  if (!isSignificant) return 'no change shown';
  return change > 1 ? 'gained' : 'lost';
}
