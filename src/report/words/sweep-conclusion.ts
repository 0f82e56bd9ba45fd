import type { AxisPoint, ScenarioResult } from '../../schema/index.js';
import { type AxisRatio, crossing } from '../../stats/crossing.js';
import { times } from '../format.js';
import { firstOfKinds, type Pair, pairOf, ranking, WORTHWHILE } from '../pairs.js';
import { whyInvalid } from './findings.js';
import { axisPhrase, axisRange, axisValue, axisValues, nameOf } from './labels.js';
import { steadyAlong } from './steadiness.js';
import { leadsAlong } from './sweep-leads.js';

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
    const { axis } = result.scenario;
    if (axis === null) return [];
    const { loop, pool } = firstOfKinds(ranking(result));
    const pair =
      loop === undefined || pool === undefined ? null : pairOf(result, pool.variant.id, loop.variant.id);
    if (pair === null) return [{ result, axis, pair }];
    const ahead = (pair.ratio > 1 ? pool : loop)!.variant.id;
    const significant = pair.significant && leads.overOtherKind(place, ahead);
    return [{ result, axis, pair: { ...pair, significant } }];
  });
}

/** Where loop and threads were compared. */
type ComparedPoint = Pick<SweepPoint, 'axis'> & { readonly pair: Pair };

/** Where along the axis threads pay: claimed only where their lead holds after Holm's correction. Pure. */
export function sweepHeadline(scenarios: readonly ScenarioResult[]): string {
  return steadyAlong(scenarios, ratiosHeadline);
}

/** The same of the figures as they are, whatever they are figures of: for whom the headline of all has said that. */
export function ratiosHeadline(scenarios: readonly ScenarioResult[]): string {
  const valid = sweepPoints(scenarios).filter(({ result }) => result.validity !== 'INVALID');
  if (valid.length === 0) return `No verdict: ${whyInvalid(scenarios[0])}`;
  const compared = valid.flatMap(({ axis, pair }) => (pair === null ? [] : [{ axis, pair }]));
  if (compared.length === 0) return leaders(valid, scenarios);
  const judged = compared.filter(({ pair: { low, high } }) => low !== null && high !== null);
  if (judged.length === 0) return 'Too few forks to say where threads pay; the table has the ratios';
  const won = judged.filter(({ pair }) => isWon(pair));
  if (won.length === judged.length) return `Threads pay everywhere from ${span(judged)}`;
  return won.length > 0 ? whereThreadsPay(judged, won) : noGain(judged);
}

/** Where threads are ahead, if at all, they are by less than is worth one. */
function noGain(judged: readonly ComparedPoint[]): string {
  const along = `from ${span(judged)}`;
  const open = judged.filter(({ pair }) => !addsNothing(pair)).map(({ axis }) => axis);
  const undecided = open.length === 0 ? '' : `; undecided at ${axisValues(open)}`;
  const little = judged.flatMap(({ pair }) => (isLittle(pair) ? [pair.ratio] : []));
  if (little.length > 0) {
    // The words of a single scenario.
    const ahead = `threads are at most ${times(Math.max(...little))} the loop, which is simpler`;
    return `Little in it ${along}: ${ahead}${undecided}`;
  }
  if (open.length === 0) return `Use the loop: no gain from threads shown anywhere ${along}`;
  if (open.length === judged.length) return `Undecided ${along}: the intervals leave room for a gain`;
  return `No gain from threads shown ${along}${undecided}`;
}

function whereThreadsPay(judged: readonly ComparedPoint[], won: readonly ComparedPoint[]): string {
  const decided = judged.filter(({ pair }) => isWon(pair) || addsNothing(pair));
  const numeric = decided.every(({ axis }) => typeof axis.value === 'number');
  const place = numeric ? crossing(decided.map(ratioAt)) : null;
  if (place === null) {
    const oneSide = numeric && decided.length === won.length ? paysOnOneSide(judged) : null;
    const at = axisValues(won.map(({ axis }) => axis));
    return oneSide ?? `Threads are shown to pay at ${at}, of ${span(judged)}`;
  }
  const side = isWon(decided.at(-1)!.pair) ? 'above' : 'below';
  const { name } = judged[0]!.axis;
  const about = axisPhrase({ name, value: Number(place.x.toPrecision(2)) });
  const [from, to] = place.between;
  const between = axisRange({ name, value: from }, { name, value: to });
  return `Threads pay ${side} about ${about} (${between})`;
}

function paysOnOneSide(judged: readonly ComparedPoint[]): string | null {
  const pays = judged.map(({ pair }) => isWon(pair));
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
function ratioAt({ axis, pair }: ComparedPoint): AxisRatio {
  const { ratio, low, high } = pair;
  // Significant at a corrected level, the lead has an interval above 1 at its own.
  return { x: Number(axis.value), ratio, low: isWon(pair) ? low : Math.min(low!, 1), high };
}

function span(points: readonly Pick<SweepPoint, 'axis'>[]): string {
  const [first, last] = [points[0]!.axis, points.at(-1)!.axis];
  if (points.length === 1) return axisPhrase(first);
  return axisPhrase(last).replace(axisValue(last), axisRange(first, last));
}

function leaders(points: readonly SweepPoint[], scenarios: readonly ScenarioResult[]): string {
  const leads = leadsAlong(scenarios);
  const winners = points.map(({ result }) => {
    const winner = result.executors.find(({ variant: { id } }) => id === result.winner);
    const place = scenarios.indexOf(result);
    return winner !== undefined && leads.overAll(place, winner.variant.id) ? winner : undefined;
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
