import { inFlightLimits } from '../../in-flight-limit.js';
import type { ExecutorResult } from '../../schema/index.js';
import { counted, type Evidence } from './evidence.js';
import { originFindings } from './origin.js';
import { pacerFindings } from './pacing.js';
import { remoteFindings } from './remote.js';
import { differingFindings } from './repetitions.js';
import { type Found, together } from './together.js';
import { countFindings, failureFindings } from './work.js';

/** What is known of the variants before they are compared. */
export type VariantEvidence = Pick<Evidence, 'scenario' | 'executors' | 'mismatches'> & {
  readonly machine: Pick<Evidence['machine'], 'cores'>;
};

/** Every executor with its own validity: what makes one unfit says nothing of the others. Pure. */
export function judgeVariants(evidence: VariantEvidence): ExecutorResult[] {
  return evidence.executors.map(executor => {
    const findings = together(ownFindings(executor, evidence));
    return findings.length === 0 ? executor : { ...executor, validity: 'INVALID' as const, findings };
  });
}

/** What makes its own figures unfit. */
export function ownFindings(
  executor: ExecutorResult,
  { scenario, machine }: Pick<VariantEvidence, 'scenario' | 'machine'>,
): Found[] {
  return [
    ...countFindings(executor),
    ...failureFindings(executor, scenario),
    ...differingFindings(executor, scenario),
    ...originFindings(executor),
    ...remoteFindings(executor, scenario),
    ...pacerFindings(executor, machine),
  ];
}

export function isInvalid({ validity }: Pick<ExecutorResult, 'validity'>): boolean {
  return validity === 'INVALID';
}

/**
 * Whether those that are left answer what was asked: two can be compared, one can meet an objective, and variants along
 * in-flight show how many are too many. Results that differ void all: nobody knows whose are right.
 *
 * @param executors with their own validity
 */
export function isAnswered({ scenario, executors, mismatches }: VariantEvidence): boolean {
  if (mismatches.length > 0) return false;
  if (!executors.some(isInvalid)) return true;
  const fit = executors.filter(executor => !isInvalid(executor) && counted(executor).length > 0);
  if (fit.length >= 2) return true;
  return fit.length === 1 && (scenario.slo.length > 0 || inFlightLimits(executors).length > 0);
}
