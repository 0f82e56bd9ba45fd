import type { Validity } from '../../model.js';
import type { Evidence } from './evidence.js';
import { busyReasons, coarseClockReasons, poolReasons, switchReasons } from './machine.js';
import { originReasons } from './origin.js';
import { pacerReasons } from './pacing.js';
import { driftReasons, forkReasons, sampleReasons } from './sampling.js';
import { strayReasons } from './strays.js';
import { countReasons, failureReasons, mismatchReason } from './work.js';

export interface Judgement {
  readonly validity: Validity;
  /** What would make an INVALID scenario WEAK if it were not INVALID already. */
  readonly asides: readonly string[];
}

/** Whether the figures of a scenario may be believed, with numbers. Pure. */
export function judge(evidence: Evidence): Judgement {
  const { executors, scenario, machine } = evidence;
  const invalid = [
    ...evidence.mismatches.map(mismatch => mismatchReason(mismatch, scenario)),
    ...executors.flatMap(countReasons),
    ...executors.flatMap(executor => failureReasons(executor, scenario)),
    ...executors.flatMap(originReasons),
    ...executors.flatMap(pacerReasons),
  ];
  const weak = [
    ...forkReasons(evidence),
    ...sampleReasons(executors, scenario),
    ...busyReasons(evidence),
    ...executors.flatMap(executor => switchReasons(executor, scenario, machine)),
    ...executors.flatMap(executor => coarseClockReasons(executor, machine)),
    ...executors.flatMap(poolReasons),
    ...executors.flatMap(driftReasons),
    ...executors.flatMap(strayReasons),
  ];
  if (invalid.length > 0) return { validity: { state: 'INVALID', reasons: invalid }, asides: weak };
  return { validity: { state: weak.length > 0 ? 'WEAK' : 'VALID', reasons: weak }, asides: [] };
}
