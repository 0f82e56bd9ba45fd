import type { AxisPoint, ScenarioResult } from '../../schema/index.js';
import { type AxisRatio, crossing } from '../../stats/crossing.js';
import { times } from '../format.js';
import { firstOfKinds, type Pair, pairOf, ranking, WORTHWHILE } from '../pairs.js';
import { whyInvalid } from './findings.js';
import { axisPhrase, axisValue, axisValues, listed, nameOf } from './labels.js';
import { type Lead, leadsAlong } from './sweep-leads.js';

/** The best pool beside the best loop at one place of an axis. */
export interface SweepPoint {
  readonly result: ScenarioResult;
  readonly axis: AxisPoint;
  /** Null where one of the two kinds was not measured, or the two not compared. */
  readonly pair: Pair | null;
}

/** A pair is significant here when that holds after Holm's correction over the whole sweep. */
export function sweepPoints(scenarios: readonly ScenarioResult[]): SweepPoint[] {
  const leads = leadsAlong(scenarios);
  return scenarios.flatMap((result, place): SweepPoint[] => {
    if (result.scenario.axis === null) return [];
    const ranked = ranking(result);
    const { loop, pool } = firstOfKinds(ranked);
    const pair =
      loop === undefined || pool === undefined ? null : pairOf(result, pool.variant.id, loop.variant.id);
    if (pair === null) return [{ result, axis: result.scenario.axis, pair: null }];
    const ahead: Lead = { place, executor: (pair.ratio > 1 ? pool : loop)!.variant.id };
    const significant = pair.significant && leads.overOtherKind(ahead);
    return [{ result, axis: result.scenario.axis, pair: { ...pair, significant } }];
  });
}

export type SweepKind =
  | 'crossing'
  | 'threads everywhere'
  | 'threads nowhere'
  /** Ahead, surely, and nowhere by as much as is worth a thread. */
  | 'little in it'
  /** From a place on, or up to one; what lies on the other side is undecided. */
  | 'threads on one side'
  | 'threads at some'
  | 'too few forks'
  | 'invalid'
  | 'one kind only';

export interface SweepConclusion {
  readonly kind: SweepKind;
  readonly headline: string;
}

/** Where along the axis threads pay: claimed only where their lead holds after Holm's correction. Pure. */
export function concludeSweep(scenarios: readonly ScenarioResult[]): SweepConclusion {
  const points = sweepPoints(scenarios);
  const valid = points.filter(({ result }) => result.validity !== 'INVALID');
  if (valid.length === 0) {
    return { kind: 'invalid', headline: `No verdict: ${whyInvalid(scenarios[0])}` };
  }
  const compared = valid.filter(({ pair }) => pair !== null);
  if (compared.length === 0) return { kind: 'one kind only', headline: leaders(valid, scenarios) };
  const judged = compared.filter(({ pair }) => pair?.low !== null && pair?.high !== null);
  if (judged.length === 0) {
    const headline = 'Too few forks to say where threads pay; the table has the ratios';
    return { kind: 'too few forks', headline };
  }
  const won = judged.filter(({ pair }) => isWon(pair!));
  if (won.length === judged.length)
    return { kind: 'threads everywhere', headline: `Threads pay everywhere from ${span(judged)}` };
  if (won.length > 0) return whereThreadsPay(judged, won);
  const little = judged.filter(({ pair }) => isLittle(pair!));
  if (little.length > 0) return { kind: 'little in it', headline: littleGain(judged, little) };
  return { kind: 'threads nowhere', headline: noGain(judged) };
}

/** The words of a single scenario, where threads are ahead by less than 5 %. */
function littleGain(judged: readonly SweepPoint[], little: readonly SweepPoint[]): string {
  const open = judged.filter(({ pair }) => !addsNothing(pair!)).map(({ axis }) => axis);
  const most = little.reduce((a, b) => (b.pair!.ratio > a.pair!.ratio ? b : a));
  const where = `from ${span(judged)}`;
  const ahead = `threads are at most ${times(most.pair!.ratio)} the loop, which is simpler`;
  const rest = open.length === 0 ? '' : `; undecided at ${axisValues(open, listed)}`;
  return `Little in it ${where}: ${ahead}${rest}`;
}

function noGain(judged: readonly SweepPoint[]): string {
  const open = judged.filter(({ pair }) => !addsNothing(pair!)).map(({ axis }) => axis);
  if (open.length === 0) return `Use the loop: no gain from threads shown anywhere from ${span(judged)}`;
  if (open.length === judged.length)
    return `Undecided from ${span(judged)}: the intervals leave room for a gain`;
  return `No gain from threads shown from ${span(judged)}; undecided at ${axisValues(open, listed)}`;
}

function whereThreadsPay(judged: readonly SweepPoint[], won: readonly SweepPoint[]): SweepConclusion {
  const decided = judged.filter(({ pair }) => isWon(pair!) || addsNothing(pair!));
  const numeric = decided.every(({ axis }) => typeof axis.value === 'number');
  const place = numeric ? crossing(decided.map(ratioAt)) : null;
  const oneSide = place === null && numeric && decided.length === won.length ? paysOnOneSide(judged) : null;
  if (oneSide !== null) return { kind: 'threads on one side', headline: oneSide };
  if (place === null) {
    const at = axisValues(
      won.map(({ axis }) => axis),
      listed,
    );
    return { kind: 'threads at some', headline: `Threads are shown to pay at ${at}, of ${span(judged)}` };
  }
  const side = isWon(decided.at(-1)!.pair!) ? 'above' : 'below';
  const name = judged[0]!.axis.name;
  const about = axisPhrase({ name, value: Number(place.x.toPrecision(2)) });
  const between = axisValues(
    place.between.map(value => ({ name, value })),
    values => values.join(' to '),
  );
  const headline = `Threads pay ${side} about ${about} (${between})`;
  return { kind: 'crossing', headline };
}

function paysOnOneSide(judged: readonly SweepPoint[]): string | null {
  const pays = judged.map(({ pair }) => isWon(pair!));
  const [first, last] = [pays.indexOf(true), pays.lastIndexOf(true)];
  if (pays.slice(first, last + 1).includes(false)) return null;
  if (last === pays.length - 1)
    return `Threads pay from ${axisPhrase(judged[first]!.axis)} on; below it is undecided`;
  return first === 0 ? `Threads pay up to ${axisPhrase(judged[last]!.axis)}; above it is undecided` : null;
}

/** A lead as large as one scenario calls worth a thread. */
function isWon({ ratio, significant, equalWithin }: Pair): boolean {
  return significant && ratio >= WORTHWHILE && equalWithin === null;
}

function isLittle({ ratio, significant, equalWithin }: Pair): boolean {
  return significant && ratio > 1 && ratio < WORTHWHILE && equalWithin === null;
}

/** A wide interval that leaves room for a gain is no evidence that threads do not pay. */
function addsNothing(pair: Pair): boolean {
  const { high, equalWithin } = pair;
  return equalWithin !== null || (high !== null && high <= WORTHWHILE) || isLittle(pair);
}

/** A lead that Holm's correction does not confirm, or that is not worth a thread, is none, whatever its own interval says. */
function ratioAt({ axis, pair }: SweepPoint): AxisRatio {
  const { ratio, low, high } = pair!;
  // Significant at a corrected level, the lead has an interval above 1 at its own.
  return { x: Number(axis.value), ratio, low: isWon(pair!) ? low : Math.min(low!, 1), high };
}

function span(points: readonly SweepPoint[]): string {
  const [first, last] = [points[0]!.axis, points.at(-1)!.axis];
  if (points.length === 1) return axisPhrase(first);
  return axisPhrase(last).replace(
    axisValue(last),
    axisValues([first, last], values => values.join(' to ')),
  );
}

function leaders(points: readonly SweepPoint[], scenarios: readonly ScenarioResult[]): string {
  const leads = leadsAlong(scenarios);
  const winners = points.map(({ result }) => {
    const winner = result.executors.find(({ variant: { id } }) => id === result.winner);
    const place = scenarios.indexOf(result);
    return winner !== undefined && leads.overAll({ place, executor: winner.variant.id }) ? winner : undefined;
  });
  const [first] = winners;
  if (first !== undefined && winners.every(winner => winner?.variant.id === first.variant.id))
    return `${nameOf(first)} is fastest everywhere from ${span(points)}`;
  const ahead = points.flatMap(({ axis }, at) => {
    const winner = winners[at];
    return winner === undefined ? [] : [`${nameOf(winner)} at ${axisValue(axis)}`];
  });
  return ahead.length === 0
    ? `No executor is shown to be fastest from ${span(points)}`
    : `Fastest: ${ahead.join(', ')}`;
}
