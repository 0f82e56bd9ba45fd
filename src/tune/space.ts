import { boundsOf } from '../analysis/bounds.js';
import { idealOf } from '../analysis/ideal.js';
import { usesPool } from '../analysis/nature.js';
import type { AloneMeasured, ExecutorVariant, MachineFacts, Scenario, TunePoint } from '../schema/index.js';
import { sameSeries } from './point.js';

/** What was asked for; null: as far as it makes sense. */
export interface TuneRanges {
  readonly threads: readonly number[] | null;
  readonly inFlight: readonly number[] | null;
  /** Options that were set: they are left as they are. */
  readonly options: readonly string[];
}

/** The points of a search, and how each is run. */
export interface TuneSpace {
  readonly points: readonly TunePoint[];
  readonly variants: ReadonlyMap<string, ExecutorVariant>;
}

export interface SpaceRequest {
  /** Its executors are what is searched, at one or two in flight and one thread. */
  readonly scenario: Scenario;
  readonly ranges: TuneRanges;
  readonly alone: AloneMeasured | null;
  readonly machine: MachineFacts;
  /** Threads that there is memory for. */
  readonly mostThreads: number;
}

/** So short a task costs a pool about as much as it computes. */
const SHORT_TASK_MS = 1;
/** Of such a task: one that waits needs a loop that is awake. */
const MOST_WAITING = 0.1;
/** Of an executor's thread with nothing in it. */
const THREAD_BYTES = 12e6;
const MEMORY_SHARE = 0.5;

/** Threads that there is memory for. */
export function threadsWithin(freeMemoryBytes: number): number {
  return Math.floor((MEMORY_SHARE * freeMemoryBytes) / THREAD_BYTES);
}

/** Threads up to so many times the cores are searched from the start. */
const FIRST_THREADS_PER_CORE = 4;
const FIRST_IN_FLIGHT = 256;
/** And up to these where the best lies on that edge. */
const MOST_THREADS_PER_CORE = 16;
const MOST_IN_FLIGHT = 1_024;
/** Times as much in flight as its bound takes: more only waits longer, and a trial with it. */
const MOST_OVER_NEEDED = 16;
/** libuv's own default, and more of them. */
const UV_THREADS = [4, 8, 16, 32];

/** Every point that may be the answer, with what a task alone says that it can do at most. */
export function tuneSpace(asked: SpaceRequest): TuneSpace {
  const { scenario, alone, machine, ranges } = asked;
  const bounds = boundsOf(alone, machine, []);
  const bases = scenario.executors.flatMap(base => [base, ...dispatchedOtherwise(base, asked)]);
  const variants = bases.flatMap(base => variantsOf(base, asked));
  const unique = new Map(variants.map(one => [one.variant.id, one]));
  const points = [...unique.values()].map(({ variant, beyond }): TunePoint => {
    const ideal = idealOf(scenario, variant, bounds.alone, bounds.resources, null);
    const { id, name, capabilities, threads, inFlightPerWorker, uvThreads } = variant;
    return {
      id,
      executor: name,
      workers: capabilities.workers ? threads : 0,
      ...(capabilities.hasBroker === true && { hasBroker: true }),
      inFlightPerWorker,
      uvThreads,
      setting: settingOf(variant, bases),
      bound: boundUnder(scenario, ideal?.perSecond ?? null),
      tier: beyond ? 1 : 0,
    };
  });
  return {
    points: points.map(point => withoutExcess(point, points, ranges)),
    variants: new Map([...unique.values()].map(({ variant }) => [variant.id, variant])),
  };
}

/** Where tasks come at a rate, to keep up with it is all that can be done: 1; who cannot do so much does not. */
function boundUnder({ load }: Scenario, perSecond: number | null): number | null {
  if (perSecond === null || !Number.isFinite(perSecond)) return null;
  if (load.kind !== 'rate') return perSecond;
  return perSecond < load.perSecond ? perSecond / load.perSecond : 1;
}

/** The same executor with other ways to hand out tasks, where these are so short that it matters. */
function dispatchedOtherwise(base: ExecutorVariant, { alone, ranges, scenario }: SpaceRequest) {
  const isShort =
    alone?.parts != null &&
    alone.serviceMs <= SHORT_TASK_MS &&
    alone.parts.waitsMs <= MOST_WAITING * alone.serviceMs;
  // Several of one executor differ in what was asked for.
  const isAlone = scenario.executors.every(other => other === base || other.name !== base.name);
  if (!isShort || !isAlone) return [];
  return Object.entries(base.capabilities.dispatchOptions ?? {})
    .filter(([option, value]) => base.options[option] !== value && !ranges.options.includes(option))
    .map(([option, value]): ExecutorVariant => {
      const series = `${base.series} ${option}=${String(value)}`;
      return { ...base, series, options: { ...base.options, [option]: value } };
    });
}

function variantsOf(base: ExecutorVariant, asked: SpaceRequest) {
  const { machine, alone, scenario, ranges } = asked;
  const pooled =
    alone !== null && usesPool(scenario.workload.kind, alone.serviceMs, alone.parts) && !base.sync;
  const threads = threadCounts(base, asked);
  const limits = base.inFlight === 1 ? [1] : inFlightLimits(base, asked);
  const pools = pooled && base.uvThreads === null ? UV_THREADS : [base.uvThreads];
  const mostOpen = ranges.inFlight === null ? mostInFlight(machine) : Number.POSITIVE_INFINITY;
  return threads.flatMap(count =>
    limits
      .filter(perWorker => count * perWorker <= mostOpen)
      .flatMap(perWorker =>
        pools.map(uvThreads => ({
          variant: variantAt(base, count, perWorker, uvThreads === machine.uvThreads ? null : uvThreads),
          beyond: isBeyond(base, count, perWorker, asked),
        })),
      ),
  );
}

/** A task may have a connection open, or a file: threads share what their process may have. */
const OPEN_FILE_SHARE = 0.5;

function mostInFlight({ openFiles }: MachineFacts): number {
  return openFiles == null ? Number.POSITIVE_INFINITY : Math.floor(OPEN_FILE_SHARE * openFiles);
}

function threadCounts({ capabilities }: ExecutorVariant, { ranges, machine, mostThreads }: SpaceRequest) {
  if (!capabilities.workers) return [1];
  if (ranges.threads !== null) return ranges.threads;
  const { cores } = machine;
  const counts = new Set([...powersOfTwo(MOST_THREADS_PER_CORE * cores), cores]);
  return [...counts].filter(count => count <= Math.max(1, mostThreads)).sort((a, b) => a - b);
}

/** Not searched from the start. What was asked for is. */
function isBeyond(
  { capabilities }: ExecutorVariant,
  threads: number,
  inFlight: number,
  { ranges, machine }: SpaceRequest,
): boolean {
  const firstThreads = FIRST_THREADS_PER_CORE * machine.cores;
  const beyondThreads = capabilities.workers && ranges.threads === null && threads > firstThreads;
  const firstInFlight = FIRST_IN_FLIGHT * (capabilities.workers ? 1 : firstThreads);
  return beyondThreads || (ranges.inFlight === null && inFlight > firstInFlight);
}

/** Of each worker. A loop has as many in flight as all workers of others together, or it would lose by that alone. */
function inFlightLimits(
  base: ExecutorVariant,
  { ranges, machine, scenario }: SpaceRequest,
): readonly number[] {
  if (base.capabilities.workers) return ranges.inFlight ?? powersOfTwo(MOST_IN_FLIGHT);
  const firstThreads = FIRST_THREADS_PER_CORE * machine.cores;
  if (ranges.inFlight === null && ranges.threads === null) return powersOfTwo(MOST_IN_FLIGHT * firstThreads);
  const perWorker = ranges.inFlight ?? powersOfTwo(FIRST_IN_FLIGHT);
  const others = scenario.executors.some(({ capabilities }) => capabilities.workers);
  const threads = others ? (ranges.threads ?? powersOfTwo(firstThreads)) : [1];
  const totals = new Set(threads.flatMap(count => perWorker.map(limit => count * limit)));
  return [...totals].sort((a, b) => a - b);
}

/** Far more in flight than what brings its series to its bound is looked at only where the best lies on that edge. */
function withoutExcess(point: TunePoint, points: readonly TunePoint[], ranges: TuneRanges): TunePoint {
  if (ranges.inFlight !== null || point.bound === null) return point;
  const series = points.filter(other => sameSeries(other, point));
  const highest = Math.max(...series.map(({ bound }) => bound ?? 0));
  const needed = Math.min(
    ...series
      .filter(({ bound }) => bound! >= 0.99 * highest)
      .map(({ inFlightPerWorker }) => inFlightPerWorker),
  );
  return point.inFlightPerWorker > MOST_OVER_NEEDED * needed ? { ...point, tier: 1 } : point;
}

function powersOfTwo(most: number): number[] {
  return Array.from({ length: Math.floor(Math.log2(most)) + 1 }, (_, power) => 2 ** power);
}

function variantAt(
  base: ExecutorVariant,
  threads: number,
  inFlightPerWorker: number,
  uvThreads: number | null,
): ExecutorVariant {
  const inFlight = threads * inFlightPerWorker;
  const parts = [
    base.series,
    ...(base.capabilities.workers ? [`threads=${threads}`] : []),
    ...(inFlight === threads ? [] : [`in-flight=${inFlight}`]),
    ...(uvThreads === null || base.uvThreads !== null ? [] : [`uv-threads=${uvThreads}`]),
  ];
  const id = parts.join(' ');
  const label = parts.filter(part => !part.startsWith('threads=')).join(' ');
  const limits = { threads, inFlight, inFlightPerWorker, concurrency: inFlight };
  const { limitOption } = base.capabilities;
  const options = limitOption === undefined ? base.options : { ...base.options, [limitOption]: inFlight };
  return { ...base, ...limits, options, id, label, series: id, axis: null, uvThreads };
}

/** What tells the options of a variant from those of others of its executor. */
function settingOf({ name, options }: ExecutorVariant, all: readonly ExecutorVariant[]): string {
  const alike = all.filter(other => other.name === name);
  return Object.entries(options)
    .filter(([key]) => key !== alike[0]?.capabilities.limitOption)
    .filter(([key, value]) => alike.some(other => other.options[key] !== value))
    .map(([key, value]) => `${key}=${String(value)}`)
    .join(' ');
}
