import type { ExecutorResult, ScenarioResult } from '../model.js';
import { percent } from './format.js';
import { equalText, listed, nameOf, rateText, workersOf } from './labels.js';
import { isOverloaded, type Pair, pairOf, ranking, ratioText, timesText, WORTHWHILE } from './pairs.js';
import { comparedFigure, isAhead, ratioOfText } from './wording.js';

export type ConclusionKind =
  /** The figures must not be believed. */
  | 'invalid'
  | 'nothing measured'
  /** One executor: nothing to compare it with. */
  | 'alone'
  | 'too few forks'
  /** The two that matter were not compared within rounds. */
  | 'not compared'
  | 'use the loop'
  | 'use threads'
  /** Threads are ahead, surely, and by less than is worth a thread. */
  | 'little in it'
  | 'no difference'
  /** Shown to differ by less than was asked about. */
  | 'equal'
  /** Tasks came faster than some or all of the executors could end them. */
  | 'overloaded'
  /** Some failed tasks that others finished: who is fast by failing is not faster. */
  | 'failing'
  /** Only loops or only pools were compared, and one is ahead of all. */
  | 'fastest';

export interface Conclusion {
  readonly kind: ConclusionKind;
  /** One sentence, without a full stop. */
  readonly headline: string;
  /** A ratio that the headline leaves out: `queue ×2 ÷ limited 0.99 [0.97, 1.01]`. */
  readonly aside: string | null;
  /** The executors that it is about, the loop first; the reasons are told of these. */
  readonly about: readonly ExecutorResult[];
}

/**
 * The verdict on one scenario: what it says follows from ratios, intervals and kinds of executors, never from names.
 * Who is called faster is so after Holm's correction. Pure.
 */
export function conclude(scenario: ScenarioResult): Conclusion {
  const ranked = ranking(scenario).filter(executor => !isOverloaded(executor));
  const loop = ranked.find(({ kind }) => kind === 'loop');
  const pool = ranked.find(({ kind }) => kind !== 'loop');
  const about = [loop, pool].filter(executor => executor !== undefined);
  if (scenario.validity.state === 'INVALID') {
    const reason = scenario.validity.reasons[0] ?? 'the figures are not valid';
    return { kind: 'invalid', headline: `No verdict: ${reason}`, aside: null, about };
  }
  const failing = whoFails(scenario, ranked);
  if (failing !== null) return failing;
  const [first, second] = ranked;
  const overloaded = scenario.executors.filter(isOverloaded);
  if (overloaded.length > 0 && (first === undefined || second === undefined))
    return whoKeepsUp(scenario, ranked, overloaded);
  if (first === undefined) {
    const headline = whyNothing(scenario);
    return { kind: 'nothing measured', headline, aside: null, about };
  }
  if (second === undefined) {
    const headline = `No comparison: only ${nameOf(first)} was measured`;
    return { kind: 'alone', headline, aside: null, about };
  }
  const conclusion =
    loop !== undefined && pool !== undefined
      ? loopAgainstPool(scenario, loop, pool)
      : amongAlike(scenario, ranked);
  if (overloaded.length === 0) return conclusion;
  return { ...conclusion, headline: `${conclusion.headline}; overloaded: ${listed(overloaded.map(nameOf))}` };
}

/** Where all were lost that is what there is to say; not that forks were too few. */
function whyNothing({ executors, warnings }: ScenarioResult): string {
  const stopped = warnings.find(({ code }) => code === 'stopped');
  if (stopped !== undefined) return `Nothing measured: ${stopped.message}`;
  const trials = executors.flatMap(executor => executor.trials);
  const reasons = [...new Set(trials.flatMap(trial => (trial.state === 'lost' ? [trial.reason] : [])))];
  const allLost = executors.every(({ lostTrials }) => lostTrials > 0);
  if (!allLost || reasons[0] === undefined) return 'No verdict: no executor has a trial that counts';
  const others = reasons.length === 2 ? '1 other reason' : `${reasons.length - 1} other reasons`;
  const more = reasons.length > 1 ? ` (and ${others})` : '';
  const who = executors.length === 1 ? `${nameOf(executors[0]!)} was` : 'all executors were';
  return `Nothing measured: ${who} lost: ${reasons[0]}${more}`;
}

/** From this share on the failures of one executor are what there is to say of it. */
const FAILING = 0.01;

/** Failures that the scenario expects, where some executors are spared them and others not. */
function whoFails(scenario: ScenarioResult, ranked: readonly ExecutorResult[]): Conclusion | null {
  const { expectedFailures } = scenario;
  const shareOf = ({ outcomes }: ExecutorResult) =>
    expectedFailures.reduce((sum, kind) => sum + (outcomes.failed[kind] ?? 0), 0) /
    Math.max(1, outcomes.issued);
  const failing = ranked.filter(executor => shareOf(executor) > FAILING);
  const spared = ranked.filter(executor => shareOf(executor) <= FAILING);
  if (failing.length === 0 || spared.length === 0) return null;
  const finish = spared.length === 1 ? 'finishes' : 'finish';
  const fails = failing.map(executor => `${nameOf(executor)} fails ${percent(shareOf(executor))}`);
  const headline = `Only ${listed(spared.map(nameOf))} ${finish} all tasks: ${listed(fails)} of them`;
  return { kind: 'failing', headline, aside: null, about: spared.slice(0, 1) };
}

/** At a rate that is too high for all, or for all but one. */
function whoKeepsUp(
  { load }: ScenarioResult,
  kept: readonly ExecutorResult[],
  overloaded: readonly ExecutorResult[],
): Conclusion {
  const rate = load.kind === 'rate' ? rateText(load.perSecond) : 'the rate';
  const names = listed(overloaded.map(nameOf));
  const headline =
    kept[0] === undefined
      ? `Nobody keeps up with ${rate}: ${names} ${overloaded.length === 1 ? 'is' : 'are'} overloaded`
      : `Only ${nameOf(kept[0])} keeps up with ${rate}: ${names} ${overloaded.length === 1 ? 'is' : 'are'} overloaded`;
  return { kind: 'overloaded', headline, aside: null, about: kept.slice(0, 1) };
}

function loopAgainstPool(scenario: ScenarioResult, loop: ExecutorResult, pool: ExecutorResult): Conclusion {
  const about = [loop, pool];
  const pair = pairOf(scenario, pool.id, loop.id);
  const unclear = undecided(pair, pool, loop);
  if (unclear !== null || pair === null) return { ...unclear!, about };

  const [loopName, poolName] = [nameOf(loop), nameOf(pool)];
  if (pair.equalWithin !== null) {
    const headline = `${equalText(pair.equalWithin)}${ofWhat(scenario)}: ${poolName} ÷ ${loopName} ${ratioText(pair)}; the loop is simpler`;
    return { kind: 'equal', headline, aside: aheadOfBaseline(scenario, loop)?.text ?? null, about };
  }
  const overBaseline = aheadOfBaseline(scenario, loop);
  const overLoop = isAhead(scenario, pool, pair, { name: 'the loop', note: ` (${loopName})` });
  if (pair.significant && pair.ratio > 1) {
    const aside = overBaseline?.text ?? null;
    if (pair.ratio < WORTHWHILE) {
      const headline = `Little in it: ${overLoop}, which is simpler`;
      return { kind: 'little in it', headline, aside, about };
    }
    const headline = `Use ${workersOf(pool)}: ${overLoop}`;
    return { kind: 'use threads', headline, aside: fewerThreads(scenario, pool) ?? aside, about };
  }

  const aside = ratioOfText(scenario, pool, loop, pair);
  const threads = pool.kind === 'processes' ? 'processes' : 'threads';
  if (overBaseline?.ahead === true) {
    const rest = isAhead(scenario, loop, overBaseline.pair, { name: overBaseline.name });
    return {
      kind: 'use the loop',
      headline: `Use the loop: ${rest}; ${whatThreadsAdd(pair, threads)}`,
      aside,
      about,
    };
  }
  if (pair.significant) {
    const headline = `Use the loop: ${isAhead(scenario, loop, pairOf(scenario, loop.id, pool.id)!, { name: poolName })}`;
    return { kind: 'use the loop', headline, aside: overBaseline?.text ?? null, about };
  }
  const headline = `No difference shown${ofWhat(scenario)} between ${loopName} and ${poolName}; the loop is simpler`;
  return { kind: 'no difference', headline, aside, about };
}

/** Whoever reads "use 4 threads" must know that 2 were not told apart from them. */
function fewerThreads(scenario: ScenarioResult, pool: ExecutorResult): string | null {
  const fewer = ranking(scenario)
    .filter(({ name, kind, threads }) => name === pool.name && kind === pool.kind && threads < pool.threads)
    .filter(({ id }) => pairOf(scenario, id, pool.id)?.significant === false)
    .sort((a, b) => a.threads - b.threads);
  const [fewest] = fewer;
  if (fewest === undefined) return null;
  return `no difference shown from ${nameOf(fewest)}: ${ratioText(pairOf(scenario, fewest.id, pool.id)!)}`;
}

function whatThreadsAdd(pair: Pair, threads: string): string {
  if (pair.significant) return `${threads} are slower`;
  // Not shown is not the same as not there: a wide interval leaves room for a gain.
  return pair.high !== null && pair.high <= WORTHWHILE
    ? `${threads} add nothing`
    : `no gain from ${threads} shown`;
}

/** The loop against a baseline that is another loop. */
function aheadOfBaseline(scenario: ScenarioResult, loop: ExecutorResult) {
  const baseline = scenario.executors.find(({ id }) => id === scenario.baseline);
  if (baseline === undefined || baseline.kind !== 'loop' || baseline.id === loop.id) return null;
  const pair = pairOf(scenario, loop.id, baseline.id);
  if (pair === null) return null;
  const name = nameOf(baseline);
  const ahead = pair.significant && pair.ratio > 1;
  return { pair, name, ahead, text: `${nameOf(loop)} ÷ ${name} ${ratioText(pair)}` };
}

/** Why the two cannot be judged; null when they can. */
function undecided(
  pair: Pair | null,
  executor: ExecutorResult,
  other: ExecutorResult,
): Pick<Conclusion, 'kind' | 'headline' | 'aside'> | null {
  const [name, otherName] = [nameOf(executor), nameOf(other)];
  if (pair === null || pair.forks === 0) {
    const ratio = pair === null ? '' : `; through the baseline ${name} is ${timesText(pair)} ${otherName}`;
    const headline = `No verdict: ${name} and ${otherName} were not compared in the same rounds${ratio}`;
    return { kind: 'not compared', headline, aside: null };
  }
  if (pair.low !== null && pair.high !== null) return null;
  const forks = pair.forks === 1 ? 'its only fork' : `${pair.forks} forks`;
  const headline = `Too few forks to say: ${name} is ${timesText(pair)} ${otherName} in ${forks}`;
  return { kind: 'too few forks', headline, aside: null };
}

/** Only loops, or only pools: who is ahead of all, or who is not told apart from the first. */
function amongAlike(scenario: ScenarioResult, ranked: readonly ExecutorResult[]): Conclusion {
  const [first, second] = [ranked[0]!, ranked[1]!];
  const about = [first, second];
  const pair = pairOf(scenario, first.id, second.id);
  const unclear = undecided(pair, first, second);
  if (unclear !== null || pair === null) return { ...unclear!, about };

  const lost = scenario.executors.filter(executor => !ranked.includes(executor)).map(nameOf);
  const without = lost.length === 0 ? '' : `; not measured: ${listed(lost)}`;
  const baseline = ranked.find(({ id }) => id === scenario.baseline);
  const overBaseline =
    baseline === undefined || baseline.id === first.id ? null : pairOf(scenario, first.id, baseline.id);
  if (scenario.winner === first.id) {
    const headline = `${best(scenario, first, second, pair)}${without}`;
    const aside =
      overBaseline === null || baseline!.id === second.id
        ? null
        : `${nameOf(first)} ÷ ${nameOf(baseline!)} ${ratioText(overBaseline)}`;
    return { kind: 'fastest', headline, aside, about };
  }
  if (ranked.length === 2 && pair.equalWithin !== null) {
    const headline = `${equalText(pair.equalWithin)}${ofWhat(scenario)}: ${nameOf(first)} ÷ ${nameOf(second)} ${ratioText(pair)}${without}`;
    return { kind: 'equal', headline, aside: null, about };
  }
  const tied = ranked.filter(({ id }) => id === first.id || !pairOf(scenario, first.id, id)?.significant);
  const rest =
    overBaseline?.significant === true
      ? `; ${isAhead(scenario, first, overBaseline, { name: nameOf(baseline!) })}`
      : '';
  const headline = `No difference shown${ofWhat(scenario)} between ${listed(tied.map(nameOf))}${rest}${without}`;
  const aside = ratioOfText(scenario, first, second, pair);
  return { kind: 'no difference', headline, aside, about };
}

function best(scenario: ScenarioResult, first: ExecutorResult, second: ExecutorResult, pair: Pair): string {
  if (comparedFigure(scenario) === 'throughput')
    return `${nameOf(first)} is fastest: ${timesText(pair)} ${nameOf(second)}`;
  return `Shortest: ${isAhead(scenario, first, pair, { name: nameOf(second) })}`;
}

/** ` in p99 latency at 500/s`: nothing where throughput is meant, as everybody expects. */
function ofWhat(scenario: ScenarioResult): string {
  const figure = comparedFigure(scenario);
  if (figure === 'throughput' || scenario.load.kind !== 'rate') return '';
  return ` in ${figure} at ${rateText(scenario.load.perSecond)}`;
}
