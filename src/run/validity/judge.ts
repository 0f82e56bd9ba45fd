import type { Validity } from '../../model.js';
import type { Evidence } from './evidence.js';
import { busyReasons, coarseClockReasons, poolReasons, switchReasons } from './machine.js';
import { driftReasons, forkReasons, sampleReasons } from './sampling.js';
import { steadyReasons } from './steady.js';
import { isAnswered, isInvalid, judgeVariants } from './variants.js';
import { mismatchReason } from './work.js';

export interface Judgement {
  readonly validity: Validity;
  /** What would make an INVALID scenario WEAK if it were not INVALID already. */
  readonly asides: readonly string[];
}

/**
 * Whether the figures of a scenario may be believed, with numbers. One executor that is INVALID is left out; the scenario
 * is so only where the others answer nothing. Pure.
 */
export function judge(unjudged: Evidence): Judgement {
  const evidence = { ...unjudged, executors: judgeVariants(unjudged) };
  const invalid = evidence.executors.filter(isInvalid);
  const reasons = [
    ...evidence.mismatches.map(mismatchReason),
    ...invalid.flatMap(({ validity }) => validity.reasons),
  ];
  if (!isAnswered(evidence))
    return { validity: { state: 'INVALID', reasons }, asides: weakReasons(evidence) };
  const fit = { ...evidence, executors: evidence.executors.filter(executor => !isInvalid(executor)) };
  const weak = [...reasons.map(reason => `left out: ${reason}`), ...weakReasons(fit)];
  return { validity: { state: weak.length > 0 ? 'WEAK' : 'VALID', reasons: weak }, asides: [] };
}

function weakReasons(evidence: Evidence): string[] {
  const { executors, scenario, machine } = evidence;
  return [
    ...steadyReasons(evidence),
    ...forkReasons(evidence),
    ...sampleReasons(executors, scenario),
    ...busyReasons(evidence),
    ...executors.flatMap(executor => switchReasons(executor, scenario, machine)),
    ...executors.flatMap(executor => coarseClockReasons(executor, machine)),
    ...executors.flatMap(poolReasons),
    ...executors.flatMap(driftReasons),
  ];
}
