import type { Params, Predicate, ResultsCompared, Scenario, ScenarioWorkload } from '../schema/index.js';
import { firstValues, listsOf } from '../settings/checks.js';
import { originOf } from '../workloads/origin-of.js';
import type { Workload } from '../workloads/workload.js';
import { chooseBaseline } from './baseline.js';
import type { ScenarioDraft } from './draft.js';
import { planExecutors } from './executor-variants.js';
import { measurementOf } from './measurement.js';
import { checkParams } from './params.js';
import { loadFindings, planLoad } from './planned-load.js';
import {
  axisPoint,
  type Choice,
  chosen,
  combinations,
  type Dimension,
  variantId,
  varying,
} from './product.js';

const DEFAULT_IN_FLIGHT = 64;
const DEFAULT_TASK_TIMEOUT_MS = 30_000;
const DEFAULT_MAX_FAILED: Predicate = { metric: 'failed', operator: '<=', value: 0.01 };

/** @throws UsageError for parameters that the workload has not, or not in these limits */
export function expandScenario(draft: ScenarioDraft, defaultThreads: number): readonly Scenario[] {
  const { workload, settings } = draft;
  const params = checkParams('parameter', workload.name, workload.params, settings.params ?? {});
  const rates = settings.load?.kind === 'rate' ? settings.load.rates : [];
  const dimensions: readonly Dimension[] = [
    ...(rates.length === 0 ? [] : [{ name: 'rate', label: 'rate', values: rates }]),
    { name: 'tasks', label: 'tasks', values: settings.tasks ?? [workload.defaults.tasks] },
    { name: 'payload', label: 'payload', values: settings.payloadBytes ?? [0] },
    ...Object.entries(params).map(([key, values]) => ({ name: `param.${key}`, label: key, values })),
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
  const params = chosen(workload.params, 'param', choice);
  checkWorkload(draft, params);
  const origin = originOf(workload, params);
  const inFlight = settings.inFlight ?? [Math.min(load.atOnce, DEFAULT_IN_FLIGHT)];
  const { executors, findings } = planExecutors({
    draft,
    threads: settings.threads ?? [defaultThreads],
    inFlight,
    tasks: load.tasks,
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
    tasks: load.tasks,
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
    const lists = listsOf({ ...params, ...own });
    const checked = checkParams('parameter', workload.name, workload.params, lists);
    workload.check?.(firstValues(checked));
  }
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
    hasSetup: workload.setup !== undefined || workload.teardown !== undefined,
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
