import type { Finding, Validity } from '../../schema/index.js';
import type { Evidence } from './evidence.js';
import { busyFindings, coarseClockFindings, poolFindings, switchFindings } from './machine.js';
import { repeatedFindings, slowBrokerFindings } from './repetitions.js';
import { driftFindings, forkFindings, sampleFindings } from './sampling.js';
import { steadyFindings } from './steady.js';
import { together } from './together.js';
import { isAnswered, isInvalid, judgeVariants, ownFindings } from './variants.js';
import { mismatchFinding, strayFindings } from './work.js';

export interface Judgement {
  readonly validity: Validity;
  /** The gravest first: `invalid` ones of executors that are left out, where the scenario itself is not INVALID. */
  readonly findings: readonly Finding[];
}

/**
 * Whether the figures of a scenario may be believed, with numbers. One executor that is INVALID is left out; the scenario
 * is so only where the others answer nothing. Pure.
 */
export function judge(unjudged: Evidence): Judgement {
  const evidence = { ...unjudged, executors: judgeVariants(unjudged) };
  const { executors, scenario, mismatches } = evidence;
  const invalid = together([
    ...mismatches.map(mismatch => mismatchFinding(mismatch, scenario)),
    ...executors.filter(isInvalid).flatMap(executor => ownFindings(executor, evidence)),
  ]);
  if (executors.every(({ rounds }) => rounds === 0)) {
    // Without a figure there is none that could be weak.
    const findings = invalid.length > 0 ? invalid : [nothingMeasured(evidence)];
    return { validity: 'INVALID', findings };
  }
  if (!isAnswered(evidence))
    // What it would take to be warm is no help there.
    return { validity: 'INVALID', findings: [...invalid, ...otherWeak(evidence)] };
  const fit = { ...evidence, executors: executors.filter(executor => !isInvalid(executor)) };
  const findings = [...invalid, ...steadyFindings(fit), ...otherWeak(fit)];
  return { validity: findings.length > 0 ? 'WEAK' : 'VALID', findings };
}

function otherWeak(evidence: Evidence): Finding[] {
  const { executors, scenario, machine } = evidence;
  return [
    ...forkFindings(evidence),
    ...sampleFindings(executors, scenario),
    ...busyFindings(evidence),
    ...together([
      ...executors.flatMap(executor => switchFindings(executor, evidence)),
      ...executors.flatMap(executor => coarseClockFindings(executor, machine)),
      ...poolFindings(executors, machine),
      ...driftFindings(executors),
      ...executors.flatMap(strayFindings),
      ...executors.flatMap(repeatedFindings),
      ...executors.flatMap(slowBrokerFindings),
    ]),
  ];
}

/** A scenario whose executors were all lost, or that was stopped before their first trial. */
function nothingMeasured({ executors, stoppedBy }: Evidence): Finding {
  const lost = executors.filter(({ lostTrials }) => lostTrials > 0).length;
  const why = stoppedBy === 'interrupted' && lost === 0 ? 'stopped' : 'no-trial-counts';
  return { code: 'nothing-measured', severity: 'invalid', subjects: [], values: { why } };
}
