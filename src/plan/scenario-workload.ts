import type { Params, ResultsCompared, ScenarioWorkload } from '../schema/index.js';
import { originOf } from '../workloads/origin-of.js';
import type { Workload } from '../workloads/workload.js';
import type { LoadedWorkload } from './loaded-workload.js';

/** What a plan says of a workload that is given these parameters. */
export function scenarioWorkloadOf(
  { workload, moduleUrl, made }: LoadedWorkload,
  params: Params,
): ScenarioWorkload {
  return {
    name: workload.name,
    moduleUrl,
    kind: workload.kindOf?.(params) ?? workload.kind,
    needsCalibration: workload.needsCalibration ?? false,
    hasSetup: workload.setup !== undefined || workload.teardown !== undefined,
    resultsCompared: comparisonOf(workload),
    ...made,
    requestsPerTask: originOf(workload, params) === null ? 0 : requestsPerTask(workload, params),
  };
}

/** What it says of its results, the plainest first. */
function comparisonOf({ results, sameResult, digest }: Workload): ResultsCompared {
  if (results !== undefined) return results;
  if (sameResult !== undefined) return 'sameResult';
  return digest === undefined ? 'contents' : 'digest';
}

export function requestsPerTask({ requestsPerTask: number = 0 }: Workload, params: Params): number {
  return typeof number === 'number' ? number : number(params);
}
