import type { Executor } from '../executors/executor.js';
import type { ExecutorVariant, Params, ParamValue } from '../model.js';
import type { Entry } from './catalogue.js';
import { checkParams } from './params.js';
import { axisPoint, type Choice, combinations, type Dimension, variantId, varying } from './product.js';

export interface LoadedExecutor {
  readonly entry: Entry<Executor>;
  readonly executor: Executor;
}

export interface VariantsAsked {
  readonly executors: readonly LoadedExecutor[];
  readonly threads: readonly number[];
  /** Already divisible by every thread count. */
  readonly inFlight: readonly number[];
  /** Null: as many as there is time for. */
  readonly tasks: number | null;
  /** Whether tasks share connections, of which there are in-flight many. */
  readonly connections: boolean;
  /** Each goes to the executors that have it. */
  readonly options: Readonly<Record<string, readonly ParamValue[]>>;
}

export function hasWorkers({ kind }: Executor): boolean {
  return kind !== 'loop';
}

/**
 * Every variant of every executor. A loop has no threads to vary, `sequential` no in-flight limit. The axis is one for
 * the whole scenario: the first of threads, in-flight and options that varies.
 */
export function executorVariants(asked: VariantsAsked): readonly ExecutorVariant[] {
  const planned = asked.executors.map(loaded => ({
    loaded,
    dimensions: dimensionsOf(loaded.executor, asked),
  }));
  const axis = axisOf(planned.map(({ dimensions }) => dimensions));
  return planned.flatMap(({ loaded, dimensions }) =>
    combinations(dimensions).map(choice => variantOf(loaded, dimensions, choice, axis, asked)),
  );
}

function dimensionsOf(executor: Executor, asked: VariantsAsked): readonly Dimension[] {
  const given = Object.entries(asked.options).filter(([key]) => Object.hasOwn(executor.options, key));
  const options = checkParams('option', executor.name, executor.options, Object.fromEntries(given));
  return [
    ...[...options].map(([key, values]) => ({ name: `option.${key}`, label: key, values })),
    { name: 'threads', label: 'threads', values: hasWorkers(executor) ? asked.threads : [1] },
    { name: 'inFlight', label: 'in-flight', values: executor.maxInFlight === 1 ? [1] : asked.inFlight },
  ];
}

function axisOf(all: readonly (readonly Dimension[])[]): string | null {
  const names = new Set(all.flatMap(varying).map(({ name }) => name));
  return ['threads', 'inFlight'].find(name => names.has(name)) ?? [...names][0] ?? null;
}

function variantOf(
  { entry, executor }: LoadedExecutor,
  dimensions: readonly Dimension[],
  choice: Choice,
  axis: string | null,
  { tasks, connections }: VariantsAsked,
): ExecutorVariant {
  const options: Params = Object.fromEntries(
    Object.keys(executor.options).map(key => [key, choice.get(`option.${key}`)!]),
  );
  const threads = Number(choice.get('threads'));
  const inFlight = Number(choice.get('inFlight'));
  return {
    name: executor.name,
    moduleUrl: entry.moduleUrl,
    id: variantId(executor.name, dimensions, choice),
    kind: executor.kind,
    options,
    threads,
    inFlight,
    inFlightPerWorker: inFlight / threads,
    concurrency:
      executor.concurrency?.({ options, inFlight, tasks: tasks ?? inFlight, connections }) ?? inFlight,
    // A variant that cannot vary along the axis has no place on it: a loop is the same at any number of threads.
    axis: axisPoint(varying(dimensions).some(({ name }) => name === axis) ? axis : null, choice),
    params: {},
  };
}
