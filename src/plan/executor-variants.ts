import type { Executor } from '../executors/executor.js';
import { type ExecutorVariant, type Finding, type ParamValue, RESULTS_KEPT } from '../schema/index.js';
import type { ValueLists } from '../settings/checks.js';
import { type AlternativesRequest, alternativeDimensions, planWork } from './alternatives.js';
import type { ScenarioDraft } from './draft.js';
import { roundInFlight, roundToMultiple } from './in-flight.js';
import { checkParams } from './params.js';
import {
  axisPoint,
  type Choice,
  chosen,
  combinations,
  type Dimension,
  variantId,
  varying,
} from './product.js';
import type { LoadedExecutor } from './requested-executors.js';

interface VariantsRequest {
  /** Its overrides beat what an executor was asked for with. */
  readonly draft: ScenarioDraft;
  readonly alternatives: AlternativesRequest;
  readonly threads: readonly number[];
  readonly inFlight: readonly number[];
  /** Null: as many as there is time for. */
  readonly tasks: number | null;
}

const THREADS_UNUSED: Finding = { code: 'threads-unused', severity: 'note', subjects: [], values: {} };

/** Every variant of every executor, their in-flight limits rounded to what all thread counts divide. */
export function planExecutors(asked: VariantsRequest): {
  executors: readonly ExecutorVariant[];
  findings: readonly Finding[];
} {
  const { executors, settings, overrides, layers } = asked.draft;
  // Those with a limit of their own have no part in the common one.
  const sharing = executors.filter(
    one => !hasOneEach(one, asked) && (one.inFlight === null || overrides.inFlight !== undefined),
  );
  const threadCounts = [...new Set(sharing.flatMap(one => threadsOf(one, asked)))];
  const { totals, findings } = roundInFlight(asked.inFlight, threadCounts.length === 0 ? [1] : threadCounts);
  const hasThreads = executors.some(({ executor }) => executor.capabilities.workers);
  // What a config says is not meant for this scenario alone.
  const asksForThreads = settings.threads !== undefined && layers.get('threads') !== 'config';
  const unused = asksForThreads && !hasThreads ? [THREADS_UNUSED] : [];
  return {
    executors: executorVariants({ ...asked, inFlight: totals }),
    findings: [...findings, ...unused, ...unknownOptions(asked.draft)],
  };
}

/**
 * A loop has no threads to vary, `sequential` no in-flight limit. The axis is one for the whole scenario: the first of
 * threads, in-flight, options and what they run that varies.
 */
function executorVariants(asked: VariantsRequest): readonly ExecutorVariant[] {
  const planned = asked.draft.executors.map(loaded => ({ loaded, dimensions: dimensionsOf(loaded, asked) }));
  const axis = axisOf(planned.map(({ dimensions }) => dimensions));
  return planned.flatMap(({ loaded, dimensions }) =>
    combinations(dimensions).map(choice => variantOf(loaded, dimensions, choice, axis, asked)),
  );
}

function dimensionsOf(loaded: LoadedExecutor, asked: VariantsRequest): readonly Dimension[] {
  const { executor } = loaded;
  const { executors, settings, overrides } = asked.draft;
  const given = {
    ...forThis(executor, executors, settings.options),
    ...loaded.options,
    ...forThis(executor, executors, overrides.options),
  };
  const options = checkParams('option', executor.name, executor.options, given);
  const { uvThreads, results } = settings;
  return [
    ...Object.entries(options).map(([key, values]) => ({ name: `option.${key}`, label: key, values })),
    { name: 'threads', label: 'threads', values: threadsOf(loaded, asked) },
    { name: 'inFlight', label: 'in-flight', values: inFlightOf(loaded, asked) },
    ...(uvThreads === undefined ? [] : [{ name: 'uvThreads', label: 'uv-threads', values: uvThreads }]),
    ...(results === undefined ? [] : [{ name: 'results', label: 'results', values: results }]),
    ...alternativeDimensions(asked.alternatives, loaded.params),
  ];
}

/** Of options that are meant for all: those that this executor has, with the values that it knows, if others know the rest. */
function forThis(
  executor: Executor,
  executors: readonly LoadedExecutor[],
  options: ValueLists = {},
): ValueLists {
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

/** Of values of options that an executor was to have and does not know. */
function unknownOptions({ executors, overrides }: ScenarioDraft): Finding[] {
  return executors.flatMap(({ executor, called }) =>
    Object.entries(overrides.options ?? {}).flatMap(([option, values]): Finding[] => {
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
function hasOneEach({ executor, inFlightPerWorker }: LoadedExecutor, { draft }: VariantsRequest): boolean {
  const isOwn = inFlightPerWorker === 1 && draft.overrides.inFlight === undefined;
  return executor.maxInFlightPerWorker === 1 || isOwn;
}

function threadsOf({ executor, threads }: LoadedExecutor, asked: VariantsRequest): readonly number[] {
  if (!executor.capabilities.workers) return [1];
  return threads === null || asked.draft.overrides.threads !== undefined ? asked.threads : [threads];
}

function inFlightOf(loaded: LoadedExecutor, asked: VariantsRequest): readonly number[] {
  const { executor, inFlight } = loaded;
  if (executor.maxInFlight === 1 || hasOneEach(loaded, asked)) return [1];
  return inFlight === null || asked.draft.overrides.inFlight !== undefined ? asked.inFlight : [inFlight];
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
  const { moduleUrl, executor, called, params: own } = loaded;
  const { tasks } = asked;
  const { hasConnections, ...work } = planWork(asked.alternatives, choice, { called, own, dimensions, axis });
  const options = chosen(executor.options, 'option', choice);
  const threads = Number(choice.get('threads'));
  // A limit of an executor's own is for one number of threads: with another, each gets at least one.
  const limit = roundToMultiple(Number(choice.get('inFlight')), threads);
  const inFlight = hasOneEach(loaded, asked) ? threads : limit;
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
      executor.concurrency?.({
        options,
        inFlight,
        tasks: tasks ?? inFlight,
        connections: hasConnections,
      }) ?? inFlight,
    // A variant that cannot vary along the axis has no place on it: a loop is the same at any number of threads.
    axis: axisPoint(varying(dimensions).some(({ name }) => name === axis) ? axis : null, choice),
    ...work,
    uvThreads: uvThreads === undefined ? null : Number(uvThreads),
    results: RESULTS_KEPT.find(kept => kept === choice.get('results')) ?? 'drop',
  };
}
