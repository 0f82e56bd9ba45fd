import type { Validity } from '../../schema/index.js';
import type { Evidence } from './evidence.js';
import { busyReasons, coarseClockFindings, poolFindings, switchFindings } from './machine.js';
import { driftFindings, forkReasons, sampleReasons } from './sampling.js';
import { sayTogether } from './shared.js';
import { steadyReasons } from './steady.js';
import { strayReasons } from './strays.js';
import { isAnswered, isInvalid, judgeVariants, ownFindings } from './variants.js';
import { mismatchFinding } from './work.js';

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
  const reasons = sayTogether([
    ...evidence.mismatches.map(mismatch => mismatchFinding(mismatch, evidence.scenario)),
    ...invalid.flatMap(executor => ownFindings(executor, evidence)),
  ]);
  // Without a figure there is none that could be weak.
  const weak = hasFigures(evidence) ? weakReasons : () => [];
  if (!hasFigures(evidence) && reasons.length === 0) reasons.push(nothingMeasured(evidence));
  if (!hasFigures(evidence) || !isAnswered(evidence))
    return { validity: { state: 'INVALID', reasons }, asides: weak(evidence) };
  const fit = { ...evidence, executors: evidence.executors.filter(executor => !isInvalid(executor)) };
  const all = [...reasons.map(reason => `left out: ${reason}`), ...weak(fit)];
  return { validity: { state: all.length > 0 ? 'WEAK' : 'VALID', reasons: all }, asides: [] };
}

function weakReasons(evidence: Evidence): string[] {
  const { executors, scenario, machine } = evidence;
  return [
    ...steadyReasons(evidence),
    ...forkReasons(evidence),
    ...sampleReasons(executors, scenario),
    ...busyReasons(evidence),
    ...sayTogether([
      ...executors.flatMap(executor => switchFindings(executor, evidence)),
      ...executors.flatMap(executor => coarseClockFindings(executor, machine)),
      ...poolFindings(executors, machine),
      ...driftFindings(executors),
    ]),
    ...executors.flatMap(strayReasons),
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
