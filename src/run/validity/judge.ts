import type { Validity } from '../../model.js';
import type { Evidence } from './evidence.js';
import { busyReasons, coarseClockFindings, poolFindings, switchFindings } from './machine.js';
import { originFindings } from './origin.js';
import { pacerFindings } from './pacing.js';
import { driftFindings, forkReasons, sampleReasons } from './sampling.js';
import { sayTogether } from './shared.js';
import { countFindings, failureFindings, mismatchFinding } from './work.js';

export interface Judgement {
  readonly validity: Validity;
  /** What would make an INVALID scenario WEAK if it were not INVALID already. */
  readonly asides: readonly string[];
}

/** Whether the figures of a scenario may be believed, with numbers. Pure. */
export function judge(evidence: Evidence): Judgement {
  const { executors, scenario } = evidence;
  const invalid = sayTogether([
    ...evidence.mismatches.map(mismatchFinding),
    ...executors.flatMap(countFindings),
    ...executors.flatMap(executor => failureFindings(executor, scenario)),
    ...executors.flatMap(originFindings),
    ...executors.flatMap(pacerFindings),
  ]);
  // Without a figure there is none that could be weak.
  const weak = hasFigures(evidence) ? weakReasons(evidence) : [];
  if (!hasFigures(evidence) && invalid.length === 0) invalid.push(nothingMeasured(evidence));
  if (invalid.length > 0) return { validity: { state: 'INVALID', reasons: invalid }, asides: weak };
  return { validity: { state: weak.length > 0 ? 'WEAK' : 'VALID', reasons: weak }, asides: [] };
}

function weakReasons(evidence: Evidence): string[] {
  const { executors, scenario, machine } = evidence;
  return [
    ...forkReasons(evidence),
    ...sampleReasons(executors, scenario),
    ...busyReasons(evidence),
    ...sayTogether([
      ...executors.flatMap(executor => switchFindings(executor, scenario, machine)),
      ...executors.flatMap(executor => coarseClockFindings(executor, machine)),
      ...executors.flatMap(poolFindings),
      ...executors.flatMap(driftFindings),
    ]),
  ];
}

function hasFigures({ executors }: Evidence): boolean {
  return executors.some(({ rounds }) => rounds > 0);
}

/** A scenario whose executors were all lost, or that was stopped before their first trial. */
function nothingMeasured({ executors, stoppedBy }: Evidence): string {
  const lost = executors.filter(({ lostTrials }) => lostTrials > 0).length;
  const why =
    stoppedBy === 'interrupted' && lost === 0
      ? 'stopped before the first trial'
      : 'no executor has a trial that counts';
  return `nothing measured: ${why}`;
}
