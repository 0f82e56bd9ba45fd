import type { ExecutorResult, ScenarioResult } from '../../schema/index.js';
import { exactNumber } from '../format.js';
import {
  firstOfKinds,
  isInvalid,
  isOverloaded,
  isPool,
  type Pair,
  pairOf,
  ranking,
  timesText,
} from '../pairs.js';
import { amongAlternatives } from './alternatives.js';
import { decisionOf, isPrecise } from './decision.js';
import { inFlightText, invalidHeadline, whoFails, whoKeepsUp } from './failing-executors.js';
import { sentenceOf } from './findings.js';
import { familyOf, listed, nameOf, rateText, workersOf } from './labels.js';
import { loadOf } from './load.js';
import { lossReason } from './notes.js';
import { comparedFigure, isAhead, quotientText, ratioOfText } from './ratios.js';
import { amongVariants, areAlongAxis, loopAmongVariants, smallestText } from './smallest-as-good.js';
import { withSteadiness } from './steadiness.js';

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
  /** The interval leaves room for a gain and for a loss, both large. */
  | 'not precise'
  /** What was measured is the cold answer: isolates had no time to become warm. */
  | 'not warm'
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

function conclusionOf(
  kind: ConclusionKind,
  headline: string,
  about: readonly ExecutorResult[],
  aside: string | null = null,
): Conclusion {
  return { kind, headline, aside, about };
}

/**
 * The verdict on one scenario: what it says follows from ratios, intervals and kinds of executors, never from names.
 * Who is called faster is so after Holm's correction. Pure.
 */
export function conclude(result: ScenarioResult): Conclusion {
  return withSteadiness(result, concludeRatios(result));
}

function concludeRatios(result: ScenarioResult): Conclusion {
  const ranked = ranking(result).filter(executor => !isOverloaded(executor));
  const { loop, pool } = firstOfKinds(ranked);
  const about = [loop, pool].filter(executor => executor !== undefined);
  if (result.validity === 'INVALID') return conclusionOf('invalid', invalidHeadline(result), about);
  const failing = whoFails(result, ranked);
  if (failing !== null) return failing;
  const [first, second] = ranked;
  const overloaded = result.executors.filter(isOverloaded);
  if (overloaded.length > 0 && (first === undefined || second === undefined))
    return whoKeepsUp(result, ranked, overloaded);
  if (first === undefined) return conclusionOf('nothing measured', whyNothing(result), about);
  const limit = inFlightText(result);
  if (second === undefined) {
    const is = result.executors.some(isInvalid) ? 'is valid' : 'was measured';
    return conclusionOf('alone', limit ?? `No comparison: only ${nameOf(first)} ${is}`, about);
  }
  const alternatives = result.alternatives.length > 1 ? amongAlternatives(result, ranked) : null;
  if (alternatives !== null) return alternatives;
  const isMixed = loop !== undefined && pool !== undefined;
  const conclusion = isMixed ? loopAgainstPool(result, loop, pool) : amongAlike(result, ranked);
  const statements = isMixed ? [conclusion.headline, limit] : [limit, conclusion.headline];
  if (overloaded.length > 0) statements.push(`overloaded: ${listed(overloaded.map(nameOf))}`);
  return { ...conclusion, headline: statements.filter(statement => statement !== null).join('; ') };
}

/** Where all were lost that is what there is to say; not that forks were too few. */
function whyNothing({ executors, findings }: ScenarioResult): string {
  const stopped = findings.find(({ code }) => code === 'stopped');
  if (stopped !== undefined) return `Nothing measured: ${sentenceOf(stopped)}`;
  const reason = executors.every(({ lostTrials }) => lostTrials > 0) ? lossReason(executors) : null;
  if (reason === null) return 'No verdict: no executor has a trial that counts';
  const who = executors.length === 1 ? `${nameOf(executors[0]!)} was` : 'all executors were';
  return `Nothing measured: ${who} lost: ${reason}`;
}

function loopAgainstPool(result: ScenarioResult, loop: ExecutorResult, pool: ExecutorResult): Conclusion {
  const about = [loop, pool];
  const pair = pairOf(result, pool.variant.id, loop.variant.id);
  if (pair === null || pair.low === null) return undecided(pair, pool, loop);

  const loopName = nameOf(loop);
  const { text: overBaseline, gain } = aheadOfBaseline(result, loop);
  const overLoop = isAhead(result, pool, pair, 'the loop', ` (${loopName})`);
  const say = (kind: ConclusionKind, headline: string, aside = overBaseline) =>
    conclusionOf(kind, headline, about, aside);
  // The headline has that gain, or it stands beside it.
  const sayWithGain = (kind: ConclusionKind, headline: string) =>
    say(kind, headline + gain, gain === '' ? overBaseline : null);
  switch (decisionOf(pair)) {
    case 'equal':
      return say('equal', `${equalText(result, pool, loop, pair)}; the loop is simpler`);
    case 'ahead': {
      const beside = smallestText(result, pool) ?? overBaseline;
      return say('use threads', `Use ${workersOf(pool.variant)}: ${overLoop}`, beside);
    }
    case 'little in it':
      return say('little in it', `Little in it: ${overLoop}, which is simpler`);
    case 'behind': {
      const reversed = pairOf(result, loop.variant.id, pool.variant.id)!;
      return sayWithGain('use the loop', `Use the loop: ${isAhead(result, loop, reversed, nameOf(pool))}`);
    }
    case 'no gain': {
      const ratio = isAhead(result, pool, pair, loopName);
      return sayWithGain('use the loop', `Use the loop: ${familyOf(pool.variant)} add nothing, ${ratio}`);
    }
    case 'no difference':
      return sayWithGain('no difference', `Undecided: ${overLoop}, ${notShown(pair)}`);
    case 'not precise':
      return sayWithGain('not precise', `Undecided, not measured precisely enough: ${overLoop}`);
  }
}

/** Where 1 lies outside the interval it is Holm's correction that takes the claim away. */
function notShown({ low, high }: Pair): string {
  return low! > 1 || high! < 1 ? 'which may be chance among so many comparisons' : 'no difference shown';
}

/** The loop against a baseline that is another loop: what concurrency gains, which is no answer about threads. */
function aheadOfBaseline(result: ScenarioResult, loop: ExecutorResult) {
  const baseline = result.executors.find(({ variant: { id } }) => id === result.baseline);
  const nothing = { text: null, gain: '' };
  if (baseline === undefined || isPool(baseline) || baseline === loop) return nothing;
  const pair = pairOf(result, loop.variant.id, baseline.variant.id);
  if (pair === null) return nothing;
  const text = quotientText(loop, baseline, pair);
  if (pair.low === null || decisionOf(pair) !== 'ahead') return { text, gain: '' };
  const pays = baseline.variant.inFlight === 1 ? 'concurrency pays: ' : '';
  const gain = loopAmongVariants(result, loop) ?? `${pays}${isAhead(result, loop, pair, nameOf(baseline))}`;
  return { text, gain: `; ${gain}` };
}

/** Why the two cannot be judged: there is no interval. */
function undecided(pair: Pair | null, executor: ExecutorResult, other: ExecutorResult): Conclusion {
  const about = isPool(executor) && !isPool(other) ? [other, executor] : [executor, other];
  const [name, otherName] = [nameOf(executor), nameOf(other)];
  if (pair === null || pair.forks === 0) {
    const ratio = pair === null ? '' : `; through the baseline ${name} is ${timesText(pair)} ${otherName}`;
    const headline = `No verdict: ${name} and ${otherName} were not compared in the same rounds${ratio}`;
    return conclusionOf('not compared', headline, about);
  }
  const forks = pair.forks === 1 ? 'its only fork' : `${pair.forks} forks`;
  const headline = `Too few forks to say: ${name} is ${timesText(pair)} ${otherName} in ${forks}`;
  return conclusionOf('too few forks', headline, about);
}

/** Only loops, or only pools: who is ahead of all, or who is not told apart from the first. */
function amongAlike(result: ScenarioResult, ranked: readonly ExecutorResult[]): Conclusion {
  const [first, second] = [ranked[0]!, ranked[1]!];
  const about = [first, second];
  const over = (other: ExecutorResult) => pairOf(result, first.variant.id, other.variant.id);
  const pair = over(second);
  if (pair === null || pair.low === null) return undecided(pair, first, second);

  const isLost = (executor: ExecutorResult) => !ranked.includes(executor) && !isInvalid(executor);
  const lost = result.executors.filter(isLost).map(nameOf);
  const without = lost.length === 0 ? '' : `; not measured: ${listed(lost)}`;
  const baseline = ranked.find(({ variant: { id } }) => id === result.baseline);
  const overBaseline = baseline === undefined || baseline === first ? null : over(baseline);
  if (result.winner === first.variant.id) {
    const aside =
      overBaseline === null || baseline === second ? null : quotientText(first, baseline!, overBaseline);
    return conclusionOf('fastest', best(result, first, second, pair) + without, about, aside);
  }
  const gained =
    overBaseline?.significant === true ? isAhead(result, first, overBaseline, nameOf(baseline!)) : null;
  const variants = amongVariants(result, ranked);
  if (variants !== null)
    return conclusionOf('no difference', variants.headline + without, variants.about, gained);
  if (ranked.length === 2 && pair.equalWithin !== null)
    return conclusionOf('equal', equalText(result, first, second, pair) + without, about);
  const tied = ranked.filter(one => one === first || !over(one)?.significant);
  const isOfAxis = baseline !== undefined && areAlongAxis(baseline, first);
  const more = (isOfAxis ? smallestText(result, first) : null) ?? gained;
  const rest = `${more === null ? '' : `; ${more}`}${without}`;
  const names = listed(tied.map(nameOf));
  const wide = tied.find(one => one !== first && isWide(over(one)));
  if (wide !== undefined) {
    const ratio = isAhead(result, first, over(wide)!, nameOf(wide));
    const apart = tied.length > 2 ? ` to tell ${names} apart` : '';
    return conclusionOf('not precise', `Not measured precisely enough${apart}: ${ratio}${rest}`, about);
  }
  const headline = `No difference shown${ofWhat(result)} between ${names}${rest}`;
  return conclusionOf('no difference', headline, about, ratioOfText(result, first, second, pair));
}

function isWide(pair: Pair | null): boolean {
  return pair !== null && pair.low !== null && !isPrecise(pair) && pair.equalWithin === null;
}

function best(result: ScenarioResult, first: ExecutorResult, second: ExecutorResult, pair: Pair): string {
  if (comparedFigure(result) === 'throughput')
    return `${nameOf(first)} is fastest: ${timesText(pair)} ${nameOf(second)}`;
  return `Shortest: ${isAhead(result, first, pair, nameOf(second))}`;
}

/** `Equal within ±2 % in p99 latency at 500/s: queue ÷ limited 0.99 [0.98, 1.00]`. */
function equalText(result: ScenarioResult, one: ExecutorResult, other: ExecutorResult, pair: Pair): string {
  const share = exactNumber(Number((pair.equalWithin! * 100).toPrecision(6)));
  return `Equal within ±${share} %${ofWhat(result)}: ${quotientText(one, other, pair)}`;
}

/** ` in p99 latency at 500/s`: nothing where throughput is meant, as everybody expects. */
function ofWhat(result: ScenarioResult): string {
  const figure = comparedFigure(result);
  const { perSecond } = loadOf(result.scenario);
  return figure === 'throughput' || perSecond === null ? '' : ` in ${figure} at ${rateText(perSecond)}`;
}
