import type { Params, Predicate, Scenario, ScenarioWorkload } from '../schema/index.js';
import { firstValues, type ValueLists } from '../settings/checks.js';
import { DEFAULTS } from '../settings/defaults.js';
import { originOf } from '../workloads/origin-of.js';
import { countAlternatives, splitParams } from './alternatives.js';
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
import { scenarioWorkloadOf } from './scenario-workload.js';

const DEFAULT_MAX_FAILED: Predicate = { metric: 'failed', operator: '<=', value: DEFAULTS.maxFailed };

/**
 * Numbers make scenarios, categories variants of the executors in each.
 *
 * @throws UsageError for parameters that the workload has not, or not in these limits
 */
export function expandScenario(draft: ScenarioDraft, defaultThreads: number): readonly Scenario[] {
  const { workload, settings } = draft;
  const params = checkParams('parameter', workload.name, workload.params, settings.params ?? {});
  const rates = settings.load?.kind === 'rate' ? settings.load.rates : [];
  const { swept, compared } = splitParams(workload, params, draft.overrides.baseline ?? settings.baseline);
  const dimensions: readonly Dimension[] = [
    ...(rates.length === 0 ? [] : [{ name: 'rate', label: 'rate', values: rates }]),
    { name: 'tasks', label: 'tasks', values: settings.tasks ?? [workload.defaults.tasks] },
    { name: 'payload', label: 'payload', values: settings.payloadBytes ?? [0] },
    ...Object.entries(swept).map(([key, values]) => ({ name: `param.${key}`, label: key, values })),
  ];
  const axis = varying(dimensions)[0]?.name ?? null;
  return combinations(dimensions).map(choice =>
    planVariant({ draft, compared, defaultThreads }, variantId(draft.name, dimensions, choice), choice, axis),
  );
}

/** What all variants of a scenario have in common. */
interface CommonRequest {
  readonly draft: ScenarioDraft;
  /** Values that are variants of executors in each. */
  readonly compared: ValueLists;
  readonly defaultThreads: number;
}

function planVariant(
  { draft, compared, defaultThreads }: CommonRequest,
  id: string,
  choice: Choice,
  axis: string | null,
): Scenario {
  const { workload, settings } = draft;
  const load = planLoad(draft, choice);
  const params = { ...chosen(workload.params, 'param', choice), ...firstValues(compared) };
  const alternatives = { draft, params, compared };
  const origin = originOf(workload, params);
  const inFlight = settings.inFlight ?? [Math.min(load.atOnce, DEFAULTS.inFlight)];
  const { executors, findings } = planExecutors({
    draft,
    alternatives,
    threads: settings.threads ?? [defaultThreads],
    inFlight,
    tasks: load.tasks,
  });
  const baseline = chooseBaseline(draft, executors);
  const measurement = measurementOf(draft, load, executors.length, countAlternatives(alternatives));
  return {
    name: draft.name,
    id,
    title: draft.title,
    workload: workloadOf(draft, params),
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
    taskTimeoutMs: settings.taskTimeoutMs ?? DEFAULTS.taskTimeoutMs,
    maxFailed: settings.maxFailed ?? DEFAULT_MAX_FAILED,
    slo: settings.slo ?? [],
    origin,
    findings: [
      ...draft.findings,
      ...findings,
      ...baseline.findings,
      ...loadFindings(load, executors, settings.timeline ?? false),
    ],
    measurement,
  };
}

/** As all of its versions have it: results that may differ in one are not compared. */
function workloadOf(draft: ScenarioDraft, params: Params): ScenarioWorkload {
  const own = scenarioWorkloadOf(draft, params);
  const { versions } = draft;
  const mayDiffer = versions.some(({ workload }) => workload.results === 'may differ');
  return {
    ...own,
    needsCalibration:
      own.needsCalibration || versions.some(({ workload }) => workload.needsCalibration === true),
    hasSetup: own.hasSetup,
    resultsCompared: mayDiffer ? 'may differ' : own.resultsCompared,
  };
}
