import type { ExecutorResult, ScenarioResult } from '../../schema/index.js';
import { alternativeOf, asPeer, peerOf } from '../alternatives.js';
import { firstOfKinds, isPool, type Pair, pairOf, ranking, ratioText, timesText } from '../pairs.js';
import { truncate } from '../text.js';
import type { Conclusion, ConclusionKind } from './conclusion.js';
import { isPrecise } from './decision.js';
import { whyInvalid } from './findings.js';
import { axisPhrase, LONGEST_NAME, listed, nameOf, quoted } from './labels.js';
import { comparedFigure, isAhead } from './ratios.js';
import { steadyAlong } from './steadiness.js';

/** One executor with two alternatives. */
interface Peers {
  readonly one: ExecutorResult;
  readonly other: ExecutorResult;
  readonly pair: Pair;
}

/**
 * Which version or value is faster, on the best loop and on the best pool; null where no executor ran two of them.
 *
 * @param ranked the best first
 */
export function amongAlternatives(
  result: ScenarioResult,
  ranked: readonly ExecutorResult[],
): Conclusion | null {
  const peers = peersToTell(result, ranked);
  const [first] = peers;
  if (first === undefined) return null;
  const { kind, text } = statement(result, peers);
  const same = doTheSame(result) && result.scenario.workload.resultsCompared !== 'may differ';
  const { one, other } = first;
  return {
    kind,
    headline: `${text}${same ? '; same results' : ''}`,
    aside: null,
    // The cold answer is that of the second of two loops to the first.
    about: isPool(one) ? [one, other] : [other, one],
  };
}

/** `new ÷ old on limited: 1.4 [1.38, 1.43] at size 1, 1.3 [1.28, 1.32] at size 10`: along an axis, on the best loop of each place. */
export function alternativesAlong(scenarios: readonly ScenarioResult[]): string {
  return steadyAlong(scenarios, peersAlong);
}

function peersAlong(scenarios: readonly ScenarioResult[]): string {
  const clauses = new Map<string, string[]>();
  for (const result of scenarios) {
    const [first] = peersToTell(result, ranking(result));
    const { axis } = result.scenario;
    if (first === undefined || axis === null || result.validity === 'INVALID') continue;
    const of = `${quotientOf(result, first.one, first.other)} on ${whereOf(first)}`;
    clauses.set(of, [...(clauses.get(of) ?? []), `${ratioText(first.pair)} at ${axisPhrase(axis)}`]);
  }
  if (clauses.size === 0) return `No verdict: ${whyInvalid(scenarios[0])}`;
  return [...clauses].map(([of, ratios]) => `${of}: ${ratios.join(', ')}`).join('; ');
}

/** Of what else the same results are wanted than of values of parameters. */
const SAME_WORK: readonly string[] = ['version', 'node', 'worktree'];

function doTheSame({ executors }: ScenarioResult): boolean {
  return executors.some(executor => SAME_WORK.includes(alternativeOf(executor).of));
}

/** One of two is what the other is to be compared with. */
function areOldAndNew(result: ScenarioResult): boolean {
  return result.alternatives.length === 2 && doTheSame(result);
}

/** The two that are named: the second of two versions or Nodes against the first, else the fastest against the next. */
function peersToTell(result: ScenarioResult, ranked: readonly ExecutorResult[]): readonly Peers[] {
  const inOrder = [...new Set(ranked.map(executor => alternativeOf(executor).name))];
  const [a, b] = areOldAndNew(result) ? result.alternatives.map(({ name }) => name).toReversed() : inOrder;
  if (a === undefined || b === undefined) return [];
  const known = ranked.filter(
    executor => alternativeOf(executor).name === a && peerOf(ranked, executor, b) !== undefined,
  );
  const { loop, pool } = firstOfKinds(known);
  return [loop, pool].flatMap(one => {
    const other = one === undefined ? undefined : peerOf(ranked, one, b);
    if (one === undefined || other === undefined) return [];
    const pair = pairOf(result, one.variant.id, other.variant.id);
    return pair === null ? [] : [{ one, other, pair }];
  });
}

function statement(
  result: ScenarioResult,
  peers: readonly Peers[],
): { readonly kind: ConclusionKind; readonly text: string } {
  const shown = peers.filter(({ pair }) => pair.significant);
  const open = peers.filter(({ pair }) => !pair.significant);
  if (peers.every(({ pair }) => pair.low === null))
    return { kind: 'too few forks', text: `Too few forks to say: ${aheadText(result, peers)}` };
  if (shown.length > 0) {
    const rest = open.map(one => `; no difference shown on ${whereOf(one)}: ${ratioText(one.pair)}`);
    const { length } = result.alternatives;
    const lead = length > 2 ? `Fastest of ${length}: ` : '';
    return { kind: 'fastest', text: `${lead}${aheadText(result, shown)}${rest.join('')}` };
  }
  const { one, other } = open[0]!;
  const ratios = open.map(each => `${ratioText(each.pair)} on ${whereOf(each)}`);
  const quotient = `${quotientOf(result, one, other)} ${ratios.join(', ')}`;
  const within = open.map(({ pair }) => pair.equalWithin);
  if (within.every(share => share !== null))
    return {
      kind: 'equal',
      text: `Equal within ±${Number((within[0]! * 100).toPrecision(6))} %: ${quotient}`,
    };
  if (open.some(({ pair }) => !isPrecise(pair)))
    return { kind: 'not precise', text: `Not measured precisely enough: ${quotient}` };
  const names = listed([labelOf(other), labelOf(one)]);
  return { kind: 'no difference', text: `No difference shown between ${names}: ${quotient}` };
}

/** `new is 1.4× [1.38, 1.43] old on limited, 1.39× [1.3, 1.5] on queue`. */
function aheadText(result: ScenarioResult, [first, ...others]: readonly Peers[]): string {
  const { one, other, pair } = first!;
  const more = others.map(each => `, ${timesText(each.pair)} on ${whereOf(each)}`);
  return `${isAhead(result, called(one), pair, labelOf(other))} on ${whereOf(first!)}${more.join('')}`;
}

/** `new ÷ old`; of latencies the other way round, so that above 1 is better. */
function quotientOf(result: ScenarioResult, one: ExecutorResult, other: ExecutorResult): string {
  const figure = comparedFigure(result);
  if (figure === 'throughput') return `${labelOf(one)} ÷ ${labelOf(other)}`;
  return `${figure} of ${labelOf(other)} ÷ ${labelOf(one)}`;
}

function whereOf({ one }: Peers): string {
  return nameOf(asPeer(one));
}

function labelOf(executor: ExecutorResult): string {
  return quoted(truncate(alternativeOf(executor).label, LONGEST_NAME));
}

/** By its alternative alone. */
function called(executor: ExecutorResult): ExecutorResult {
  const { label } = alternativeOf(executor);
  return { ...executor, variant: { ...executor.variant, id: label, label } };
}
