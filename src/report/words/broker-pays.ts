import { groupBy } from '../../group-by.js';
import type { Broker, ExecutorResult, Report, ScenarioResult } from '../../schema/index.js';
import { duration } from '../format.js';
import { isInvalid, isMeasured, isPool, ranking } from '../pairs.js';
import { brokerName } from './brokers.js';
import { labelOf, nameOf, quoted } from './labels.js';
import type { Note } from './notes.js';

/** Where tasks ran, and through what. */
export interface BrokerPlace {
  /** Of the controller's machine. */
  readonly cores: number;
  readonly brokers: readonly Broker[];
}

export function brokerPlace({ environment, brokers = [] }: Report): BrokerPlace {
  return { cores: environment.cores, brokers };
}

/** What a task costs through a broker. */
export interface JobCost {
  /** CPU time more than on one loop, of all that take part, ms. */
  readonly overheadMs: number;
  /** What the controller's loop is busy for, job by job, ms. */
  readonly controllerMs: number;
}

/** An executor through a broker beside the best loop. */
interface Priced {
  readonly executor: ExecutorResult;
  readonly loop: ExecutorResult;
  readonly cost: JobCost;
  /** Null: whatever its tasks compute, it does not more than the loop. */
  readonly fromMs: number | null;
}

const LABEL = 'broker';

/**
 * Computing per task from which on n workers behind a broker do more than one loop, ms: they share what a job costs, so
 * that it takes cost ÷ (n − 1), and the controller hands out one job after the other. Null: they never do.
 */
export function brokerPaysFromMs({ overheadMs, controllerMs }: JobCost, workers: number): number | null {
  return workers < 2 ? null : Math.max(overheadMs / (workers - 1), controllerMs);
}

/** A line for each executor through a broker: what that costs, and from what size of task on it is gained. */
export function brokerNotes(result: ScenarioResult, place: BrokerPlace): Note[] {
  return pricedIn(result, place).map(({ executor, loop, cost, fromMs }) => ({
    label: LABEL,
    text: `a task costs ${duration(cost.overheadMs)} more CPU time in ${nameOf(executor)} than in ${nameOf(loop)}: ${paysText(executor.variant.threads, placeOf(executor, place), spanText(fromMs === null ? [] : [fromMs]))}`,
  }));
}

/** The same along an axis, a line for each executor. */
export function brokerNotesAlong(results: readonly ScenarioResult[], place: BrokerPlace): Note[] {
  const priced = results.flatMap(result => pricedIn(result, place));
  return [...groupBy(priced, ({ executor }) => labelOf(executor))].map(([label, alike]) => {
    const [{ executor }] = alike as [Priced];
    const from = alike.flatMap(({ fromMs }) => fromMs ?? []);
    return {
      label: LABEL,
      text: `${quoted(label)}, ${paysText(executor.variant.threads, placeOf(executor, place), spanText(from))}`,
    };
  });
}

/** `about 340 µs`, `300 µs to 2 ms`; null for none. */
function spanText(ms: readonly number[]): string | null {
  if (ms.length === 0) return null;
  const [least, most] = [duration(Math.min(...ms)), duration(Math.max(...ms))];
  return least === most ? `about ${least}` : `${least} to ${most}`;
}

/** Of warm code alone: what a task costs a fresh process says nothing of a service. */
function pricedIn(result: ScenarioResult, place: BrokerPlace): Priced[] {
  const { state } = result.steadiness;
  if (result.validity === 'INVALID' || (state !== 'steady' && state !== 'as asked')) return [];
  const loop = ranking(result).find(one => !isPool(one) && isWarm(one));
  if (loop === undefined) return [];
  return result.executors.filter(isWarm).flatMap(executor => {
    const cost = goesThroughBroker(executor) ? jobCost(executor, loop) : null;
    if (cost === null) return [];
    return [
      { executor, loop, cost, fromMs: brokerPaysFromMs(cost, workersOf(executor.variant.threads, place)) },
    ];
  });
}

function goesThroughBroker({ variant }: ExecutorResult): boolean {
  return variant.capabilities.hasBroker === true;
}

function isWarm(executor: ExecutorResult): boolean {
  return isMeasured(executor) && !isInvalid(executor) && !executor.coldOnly;
}

/** Null where the loop has no less to do, or nobody knows. */
export function jobCost(executor: ExecutorResult, loop: ExecutorResult): JobCost | null {
  const [own, other] = [executor.cpuMsPerTask, loop.cpuMsPerTask];
  const perSecond = executor.tasksPerSecond.median;
  if (own === null || other === null || own <= other || perSecond === null) return null;
  return { overheadMs: own - other, controllerMs: ((executor.loop?.utilization ?? 0) / perSecond) * 1_000 };
}

/** With the broker that it went through, of several: the one that its option asked for. */
function placeOf({ variant }: ExecutorResult, place: BrokerPlace): BrokerPlace {
  const own = place.brokers.filter(({ backend }) => backend === variant.options.backend);
  return own.length === 0 ? place : { ...place, brokers: own };
}

/** Workers that compute at the same time. */
export function workersOf(threads: number, place: BrokerPlace): number {
  return Math.min(threads, coresOf(place));
}

/** Those of the machines where the workers are. */
function coresOf({ cores, brokers }: BrokerPlace): number {
  const elsewhere = brokers.flatMap(({ workers = [] }) => workers);
  return elsewhere.length === 0 ? cores : elsewhere.reduce((sum, one) => sum + one.cores, 0);
}

/**
 * `on 2 cores through Redis 7.0 (appendonly) a broker pays above about 340 µs of computing per task`.
 *
 * @param threads of its workers
 * @param from null: it never does
 */
export function paysText(threads: number, place: BrokerPlace, from: string | null): string {
  const workers = workersOf(threads, place);
  const through = new Set(place.brokers.map(brokerName));
  const where = through.size === 0 ? '' : ` through ${[...through].join(' or ')}`;
  if (from === null) return `with one worker${where} a broker does no more than the loop`;
  const on = threads > workers ? `${workers} cores` : `${workers} workers`;
  return `on ${on}${where} a broker pays above ${from} of computing per task`;
}
