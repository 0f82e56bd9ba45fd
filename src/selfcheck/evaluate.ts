import { DEFAULT_MEASUREMENT } from '../plan/measurement.js';
import type { Comparison, ScenarioResult } from '../schema/index.js';
import { binomialAcceptance, binomialUpperBound } from '../stats/binomial.js';
import { standardDeviationOf } from '../stats/comparison.js';
import { resolvableShare } from '../stats/power.js';
import { median } from '../stats/quantile.js';
import { type KnownAnswer, SLOW_DOWNS, type WorkKind } from './experiments.js';

/** One experiment as it came out. */
export interface Outcome {
  readonly known: KnownAnswer;
  readonly executor: string;
  readonly result: ScenarioResult;
}

/** How often something happened. */
export interface Tally {
  readonly times: number;
  readonly of: number;
}

export interface SelfCheck {
  /** Verdicts "faster" or "slower" of executors against themselves, in all and by executor. */
  readonly falseClaims: Tally & {
    /** 95 % upper bound of the rate of false claims. */
    readonly atMostShare: number;
    /** The most that a correct program makes in 99 of 100 such checks. */
    readonly accepted: number;
    readonly byExecutor: Readonly<Record<string, Tally>>;
  };
  readonly slowDowns: readonly {
    readonly share: number;
    /** Verdict "slower". */
    readonly found: Tally;
    /** The interval held the truth, 1 ÷ (1 + share). */
    readonly covered: Tally;
    /** Verdict "faster": wrong whatever the noise. */
    readonly reversed: number;
  }[];
  /** The most intervals of all slow-downs that a correct program has beside the truth. */
  readonly acceptedMisses: number;
  /** limited ÷ a bare loop of timers; null when it was not measured. */
  readonly timers: Pick<Comparison, 'ratio' | 'low' | 'high'> | null;
  /** Of a task of `cpuMs` alone; null when it was not measured. */
  readonly computing: { readonly cpuMs: number; readonly serviceMs: number } | null;
  /** The smallest difference found in 9 of 10 runs of the default budget, by kind of work; null where unknown. */
  readonly resolution: Readonly<Record<WorkKind, number | null>>;
  /** Experiments that gave no comparison. */
  readonly unmeasured: number;
  /** What was not as promised, in words; empty when all was. */
  readonly failures: readonly string[];
}

/** What an interval of 95 % and a test at 5 % promise. */
const PROMISED = 0.05;
const KNOWN_ANSWER_TIMERS = 0.05;
const KNOWN_ANSWER_COMPUTING = 0.1;

/** What the experiments say, and whether it is as promised. Pure. */
export function evaluate(outcomes: readonly Outcome[]): SelfCheck {
  const same = withComparison(outcomes, 'same');
  const slower = withComparison(outcomes, 'slower');
  const check = {
    falseClaims: falseClaimsOf(same),
    slowDowns: SLOW_DOWNS.map(share => slowDownOf(share, slower)),
    acceptedMisses: binomialAcceptance(slower.length, PROMISED),
    timers: withComparison(outcomes, 'timers')[0]?.comparison ?? null,
    computing: computingOf(outcomes),
    resolution: { waiting: resolutionOf('waiting', same), computing: resolutionOf('computing', same) },
    unmeasured: outcomes.filter(({ known, result }) => known.kind !== 'computing' && decided(result) === null)
      .length,
  };
  return { ...check, failures: failuresOf(check) };
}

interface Compared extends Outcome {
  readonly comparison: Comparison;
}

function withComparison(outcomes: readonly Outcome[], kind: KnownAnswer['kind']): Compared[] {
  return outcomes.flatMap(outcome => {
    const comparison = outcome.known.kind === kind ? decided(outcome.result) : null;
    return comparison === null ? [] : [{ ...outcome, comparison }];
  });
}

/** The comparison of an experiment, if it has an interval. */
function decided({ comparisons, baseline, validity }: ScenarioResult): Comparison | null {
  const comparison = comparisons.find(one => one.baseline === baseline);
  return comparison?.low == null || validity === 'INVALID' ? null : comparison;
}

function falseClaimsOf(same: readonly Compared[]): SelfCheck['falseClaims'] {
  const names = [...new Set(same.map(({ executor }) => executor))];
  const claims = ({ comparison: { verdict } }: Compared) => verdict === 'faster' || verdict === 'slower';
  const tally = (of: readonly Compared[]) => ({ times: of.filter(claims).length, of: of.length });
  const total = tally(same);
  return {
    ...total,
    atMostShare: total.of === 0 ? 1 : binomialUpperBound(total.times, total.of),
    accepted: binomialAcceptance(total.of, PROMISED),
    byExecutor: Object.fromEntries(
      names.map(name => [name, tally(same.filter(({ executor }) => executor === name))]),
    ),
  };
}

function slowDownOf(share: number, slower: readonly Compared[]): SelfCheck['slowDowns'][number] {
  const of = slower.filter(({ known }) => known.kind === 'slower' && known.share === share);
  const truth = 1 / (1 + share);
  const verdicts = (verdict: Comparison['verdict']) =>
    of.filter(({ comparison }) => comparison.verdict === verdict).length;
  const covered = of.filter(({ comparison: { low, high } }) => low! <= truth && truth <= high!).length;
  return {
    share,
    found: { times: verdicts('slower'), of: of.length },
    covered: { times: covered, of: of.length },
    reversed: verdicts('faster'),
  };
}

function computingOf(outcomes: readonly Outcome[]): SelfCheck['computing'] {
  for (const { known, result } of outcomes) {
    if (known.kind === 'computing' && result.alone !== null)
      return { cpuMs: known.cpuMs, serviceMs: result.alone.serviceMs };
  }
  return null;
}

/** From the spread of forks that ought to be equal, and the number of them that the default budget has time for. */
function resolutionOf(work: WorkKind, same: readonly Compared[]): number | null {
  const of = same.filter(({ known }) => known.kind === 'same' && known.work === work);
  if (of.length === 0) return null;
  const variances = of.map(({ comparison }) => standardDeviationOf(comparison.forkLogRatios) ** 2);
  const variance = variances.reduce((sum, one) => sum + one, 0) / variances.length;
  const { minForks, maxForks, budgetMs } = DEFAULT_MEASUREMENT;
  const forkMs = median(of.map(({ result, comparison }) => result.elapsedMs / comparison.forks))!;
  return resolvableShare({
    forkStandardDeviation: Math.sqrt(variance),
    forks: Math.min(maxForks, Math.max(minForks, Math.floor(budgetMs / forkMs))),
    confidence: 'stopping',
  });
}

function failuresOf(check: Omit<SelfCheck, 'failures'>): string[] {
  const { falseClaims, slowDowns, acceptedMisses, timers, computing } = check;
  const failures: string[] = [];
  if (falseClaims.times > falseClaims.accepted)
    failures.push(
      `${falseClaims.times} false claims in ${falseClaims.of} experiments of executors against themselves, a correct program makes at most ${falseClaims.accepted}`,
    );
  const misses = slowDowns.reduce((sum, { covered }) => sum + covered.of - covered.times, 0);
  if (misses > acceptedMisses)
    failures.push(
      `${misses} intervals missed the known slow-down, a correct program misses at most ${acceptedMisses}`,
    );
  for (const { share, reversed } of slowDowns)
    if (reversed > 0) failures.push(`${reversed} times what is ${share * 100} % slower was called faster`);
  if (timers !== null && !touches(timers, KNOWN_ANSWER_TIMERS))
    failures.push('limited is not within ±5 % of a bare loop of timers');
  if (computing !== null && Math.abs(computing.serviceMs / computing.cpuMs - 1) > KNOWN_ANSWER_COMPUTING)
    failures.push(`a task of ${computing.cpuMs} ms of computing is not within ±10 % of that`);
  return failures;
}

/** Whether the interval has something in common with 1 ± share. */
function touches({ low, high }: Pick<Comparison, 'low' | 'high'>, share: number): boolean {
  return low !== null && high !== null && low <= 1 + share && high >= 1 / (1 + share);
}
