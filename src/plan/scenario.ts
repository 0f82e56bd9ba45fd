import type {
  ExecutorVariant,
  Finding,
  Params,
  Predicate,
  ResultsCompared,
  Scenario,
  ScenarioWorkload,
} from '../schema/index.js';
import { originOf } from '../workloads/origin-of.js';
import type { Workload } from '../workloads/workload.js';
import { chooseBaseline } from './baseline.js';
import type { ScenarioDraft } from './draft.js';
import {
  executorVariants,
  hasOneEach,
  hasWorkers,
  threadsOf,
  unknownOptions,
  type VariantsRequest,
} from './executor-variants.js';
import { roundInFlight } from './in-flight.js';
import { measurementOf } from './measurement.js';
import { checkParams } from './params.js';
import { loadFindings, planLoad } from './planned-load.js';
import { axisPoint, type Choice, combinations, type Dimension, variantId, varying } from './product.js';

const DEFAULT_IN_FLIGHT = 64;
const DEFAULT_TASK_TIMEOUT_MS = 30_000;
const DEFAULT_MAX_FAILED: Predicate = { metric: 'failed', operator: '<=', value: 0.01 };

const THREADS_UNUSED: Finding = { code: 'threads-unused', severity: 'note', subjects: [], values: {} };

/** @throws UsageError for parameters that the workload has not, or not in these limits */
export function expandScenario(draft: ScenarioDraft, defaultThreads: number): readonly Scenario[] {
  const { workload, settings } = draft;
  const params = checkParams('parameter', workload.name, workload.params, settings.params ?? {});
  const rates = settings.load?.kind === 'rate' ? settings.load.rates : [];
  const dimensions: readonly Dimension[] = [
    ...(rates.length === 0 ? [] : [{ name: 'rate', label: 'rate', values: rates }]),
    { name: 'tasks', label: 'tasks', values: settings.tasks ?? [workload.defaults.tasks] },
    { name: 'payload', label: 'payload', values: settings.payloadBytes ?? [0] },
    ...[...params].map(([key, values]) => ({ name: `param.${key}`, label: key, values })),
  ];
  const axis = varying(dimensions)[0]?.name ?? null;
  return combinations(dimensions).map(choice =>
    planVariant(draft, variantId(draft.name, dimensions, choice), choice, axis, defaultThreads),
  );
}

function planVariant(
  draft: ScenarioDraft,
  id: string,
  choice: Choice,
  axis: string | null,
  defaultThreads: number,
): Scenario {
  const { workload, settings } = draft;
  const load = planLoad(draft, choice);
  const { tasks } = load;
  const params = paramsOf(workload, choice);
  checkWorkload(draft, params);
  const origin = originOf(workload, params);
  const inFlight = settings.inFlight ?? [Math.min(load.atOnce, DEFAULT_IN_FLIGHT)];
  const { executors, findings } = planExecutors(draft, {
    tasks,
    inFlight,
    inFlightForAll: draft.overrides.inFlight !== undefined,
    threads: settings.threads ?? [defaultThreads],
    threadsForAll: draft.overrides.threads !== undefined,
    uvThreads: settings.uvThreads ?? [],
    results: settings.results ?? [],
    connections: requestsPerTask(workload, params) > 0,
  });
  const baseline = chooseBaseline(draft, executors);
  const measurement = measurementOf(draft, load, executors.length);
  return {
    name: draft.name,
    id,
    title: draft.title,
    workload: workloadOf(draft, params, origin !== null),
    params,
    tasks,
    load: load.load,
    // With several limits to compare, what the scenario has to offer is the largest.
    inFlight: Math.max(...inFlight),
    executors,
    baseline: baseline.id,
    axis: axisPoint(axis, choice),
    payloadBytes: Number(choice.get('payload')),
    expectedFailures: settings.expectedFailures ?? [],
    timeline: settings.timeline ?? false,
    attachment: draft.attachment,
    taskTimeoutMs: settings.taskTimeoutMs ?? DEFAULT_TASK_TIMEOUT_MS,
    maxFailed: settings.maxFailed ?? DEFAULT_MAX_FAILED,
    slo: settings.slo ?? [],
    origin,
    findings: [
      ...findings,
      ...baseline.findings,
      ...loadFindings(load, executors, settings.timeline ?? false),
    ],
    measurement,
  };
}

/** What the workload has to say of its parameters, and of those in which an executor differs. */
function checkWorkload({ workload, executors }: ScenarioDraft, params: Params): void {
  workload.check?.(params);
  for (const { params: own } of executors) {
    if (Object.keys(own).length === 0) continue;
    const lists = Object.fromEntries(
      Object.entries({ ...params, ...own }).map(([key, value]) => [key, [value]]),
    );
    const checked = checkParams('parameter', workload.name, workload.params, lists);
    workload.check?.(Object.fromEntries([...checked].map(([key, [value]]) => [key, value!])));
  }
}

function paramsOf(workload: Workload, choice: Choice): Params {
  return Object.fromEntries(Object.keys(workload.params).map(key => [key, choice.get(`param.${key}`)!]));
}

function workloadOf(
  { workload, moduleUrl }: ScenarioDraft,
  params: Params,
  hasOrigin: boolean,
): ScenarioWorkload {
  return {
    name: workload.name,
    moduleUrl,
    kind: workload.kindOf?.(params) ?? workload.kind,
    needsCalibration: workload.needsCalibration ?? false,
    resultsCompared: comparisonOf(workload),
    requestsPerTask: hasOrigin ? requestsPerTask(workload, params) : 0,
  };
}

/** What it says of its results, the plainest first. */
function comparisonOf({ results, sameResult, digest }: Workload): ResultsCompared {
  if (results !== undefined) return results;
  if (sameResult !== undefined) return 'sameResult';
  return digest === undefined ? 'contents' : 'digest';
}

function requestsPerTask({ requestsPerTask: number = 0 }: Workload, params: Params): number {
  return typeof number === 'number' ? number : number(params);
}

function planExecutors(
  { executors, settings, overrides }: ScenarioDraft,
  asked: Omit<VariantsRequest, 'executors' | 'options' | 'optionsForAll'>,
): { executors: readonly ExecutorVariant[]; findings: readonly Finding[] } {
  const threaded = executors.some(({ executor }) => hasWorkers(executor));
  // Those with a limit of their own have no part in the common one.
  const sharing = executors.filter(
    one => !hasOneEach(one, asked) && (one.inFlight === null || asked.inFlightForAll),
  );
  const threadCounts = [...new Set(sharing.flatMap(one => threadsOf(one, asked)))];
  const { totals, findings } = roundInFlight(asked.inFlight, threadCounts.length === 0 ? [1] : threadCounts);
  const variants = executorVariants({
    ...asked,
    executors,
    options: settings.options ?? {},
    optionsForAll: overrides.options ?? {},
    inFlight: totals,
  });
  const unknown = unknownOptions({ executors, optionsForAll: overrides.options ?? {} });
  const unused = settings.threads !== undefined && !threaded ? [THREADS_UNUSED] : [];
  return { executors: variants, findings: [...findings, ...unused, ...unknown] };
}
