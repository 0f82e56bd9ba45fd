import type { Executor } from '../executors/executor.js';
import {
  type ExecutorVariant,
  type Finding,
  type Params,
  type ParamValue,
  RESULTS_KEPT,
  type ResultsKept,
} from '../schema/index.js';
import { roundToMultiple } from './in-flight.js';
import { checkParams } from './params.js';
import { axisPoint, type Choice, combinations, type Dimension, variantId, varying } from './product.js';
import type { LoadedExecutor } from './requested-executors.js';

export interface VariantsRequest {
  readonly executors: readonly LoadedExecutor[];
  readonly threads: readonly number[];
  /** Whether `threads` beats what an executor was asked for with. */
  readonly threadsForAll: boolean;
  /** Already divisible by every thread count. */
  readonly inFlight: readonly number[];
  readonly inFlightForAll: boolean;
  /** Threads of libuv's pool; empty: as the environment has it. */
  readonly uvThreads: readonly number[];
  /** What becomes of results; empty: they are let go of. */
  readonly results: readonly ResultsKept[];
  /** Null: as many as there is time for. */
  readonly tasks: number | null;
  /** Whether tasks share connections, of which there are in-flight many. */
  readonly connections: boolean;
  /** Each goes to the executors that have it. */
  readonly options: Readonly<Record<string, readonly ParamValue[]>>;
  /** Of these, those that beat what an executor was asked for with. */
  readonly optionsForAll: Readonly<Record<string, readonly ParamValue[]>>;
}

export function hasWorkers({ capabilities }: Executor): boolean {
  return capabilities.workers;
}

/**
 * Every variant of every executor. A loop has no threads to vary, `sequential` no in-flight limit. The axis is one for
 * the whole scenario: the first of threads, in-flight and options that varies.
 */
export function executorVariants(asked: VariantsRequest): readonly ExecutorVariant[] {
  const planned = asked.executors.map(loaded => ({ loaded, dimensions: dimensionsOf(loaded, asked) }));
  const axis = axisOf(planned.map(({ dimensions }) => dimensions));
  return planned.flatMap(({ loaded, dimensions }) =>
    combinations(dimensions).map(choice => variantOf(loaded, dimensions, choice, axis, asked)),
  );
}

function dimensionsOf(loaded: LoadedExecutor, asked: VariantsRequest): readonly Dimension[] {
  const { executor } = loaded;
  const given = [
    ...Object.entries(forThis(executor, asked.options, asked)),
    ...Object.entries(loaded.options),
    ...Object.entries(forThis(executor, asked.optionsForAll, asked)),
  ];
  const options = checkParams('option', executor.name, executor.options, Object.fromEntries(given));
  const uvThreads = { name: 'uvThreads', label: 'uv-threads', values: asked.uvThreads };
  return [
    ...[...options].map(([key, values]) => ({ name: `option.${key}`, label: key, values })),
    { name: 'threads', label: 'threads', values: threadsOf(loaded, asked) },
    { name: 'inFlight', label: 'in-flight', values: inFlightOf(loaded, asked) },
    ...(asked.uvThreads.length === 0 ? [] : [uvThreads]),
    ...(asked.results.length === 0 ? [] : [{ name: 'results', label: 'results', values: asked.results }]),
  ];
}

type OptionLists = VariantsRequest['options'];

/** Of options that are meant for all: those that this executor has, with the values that it knows, if others know the rest. */
function forThis(executor: Executor, options: OptionLists, { executors }: VariantsRequest): OptionLists {
  const known = Object.entries(options).flatMap(([key, values]) => {
    if (!Object.hasOwn(executor.options, key)) return [];
    const kept = values.filter(
      value => knows(executor, key, value) || !executors.some(one => knows(one.executor, key, value)),
    );
    return kept.length === 0 ? [] : [[key, kept] as const];
  });
  return Object.fromEntries(known);
}

function knows({ options }: Executor, key: string, value: ParamValue): boolean {
  const spec = options[key];
  return spec !== undefined && (spec.kind !== 'choice' || spec.choices.includes(String(value)));
}

/** Values of options that an executor was to have and does not know, in words. */
export function unknownOptions({
  executors,
  optionsForAll,
}: Pick<VariantsRequest, 'executors' | 'optionsForAll'>): Finding[] {
  return executors.flatMap(({ executor, called }) =>
    Object.entries(optionsForAll).flatMap(([option, values]): Finding[] => {
      const unknown = values.filter(
        value => Object.hasOwn(executor.options, option) && !knows(executor, option, value),
      );
      if (unknown.length === 0) return [];
      const about = { severity: 'note', subjects: [called] } as const;
      return [{ code: 'unknown-option', ...about, values: { option, unknown } }];
    }),
  );
}

/** Whether its in-flight is its number of workers. */
export function hasOneEach(
  { executor, inFlightPerWorker }: LoadedExecutor,
  { inFlightForAll }: Pick<VariantsRequest, 'inFlightForAll'>,
): boolean {
  return executor.maxInFlightPerWorker === 1 || (inFlightPerWorker === 1 && !inFlightForAll);
}

export function threadsOf(
  { executor, threads }: LoadedExecutor,
  asked: Pick<VariantsRequest, 'threads' | 'threadsForAll'>,
): readonly number[] {
  if (!hasWorkers(executor)) return [1];
  return threads === null || asked.threadsForAll ? asked.threads : [threads];
}

function inFlightOf(loaded: LoadedExecutor, asked: VariantsRequest): readonly number[] {
  const { executor, inFlight } = loaded;
  if (executor.maxInFlight === 1 || hasOneEach(loaded, asked)) return [1];
  return inFlight === null || asked.inFlightForAll ? asked.inFlight : [inFlight];
}

function axisOf(all: readonly (readonly Dimension[])[]): string | null {
  const names = new Set(all.flatMap(varying).map(({ name }) => name));
  return ['threads', 'inFlight'].find(name => names.has(name)) ?? [...names][0] ?? null;
}

function variantOf(
  loaded: LoadedExecutor,
  dimensions: readonly Dimension[],
  choice: Choice,
  axis: string | null,
  asked: VariantsRequest,
): ExecutorVariant {
  const { moduleUrl, executor, called, params } = loaded;
  const { tasks, connections } = asked;
  const options: Params = Object.fromEntries(
    Object.keys(executor.options).map(key => [key, choice.get(`option.${key}`)!]),
  );
  const threads = Number(choice.get('threads'));
  const inFlight = hasOneEach(loaded, asked) ? threads : inFlightFor(threads, choice);
  const uvThreads = choice.get('uvThreads');
  return {
    name: executor.name,
    moduleUrl,
    id: variantId(called, dimensions, choice),
    label: variantId(called, dimensions, choice, 'threads'),
    series: variantId(called, dimensions, choice, axis),
    capabilities: executor.capabilities,
    sync: executor.needsTaskSync === true,
    options,
    threads,
    inFlight,
    inFlightPerWorker: inFlight / threads,
    concurrency:
      executor.concurrency?.({ options, inFlight, tasks: tasks ?? inFlight, connections }) ?? inFlight,
    // A variant that cannot vary along the axis has no place on it: a loop is the same at any number of threads.
    axis: axisPoint(varying(dimensions).some(({ name }) => name === axis) ? axis : null, choice),
    params,
    uvThreads: uvThreads === undefined ? null : Number(uvThreads),
    results: RESULTS_KEPT.find(kept => kept === choice.get('results')) ?? 'drop',
  };
}

/** A limit of an executor's own is for one number of threads: with another, each gets at least one. */
function inFlightFor(threads: number, choice: Choice): number {
  return roundToMultiple(Number(choice.get('inFlight')), threads);
}
