import type {
  ExecutorResult,
  Scenario,
  ScenarioResult,
  StopReason,
  TrialResult,
  Validity,
} from '../model.js';
import { FORKS_FOR_INTERVAL } from '../stats/comparison.js';
import { driftOf } from '../stats/drift.js';

/** Past this share of its loop or of a core the origin, not the executor, is what is measured. */
const ORIGIN_SATURATED = 0.9;
/** Share of the machine's CPU time that others may take. */
const BUSY_SHARE = 0.1;
const WIDE_FORKS = 5;
/** Below this a slope is the rounding of equal figures. */
const SMALLEST_DRIFT_PERCENT = 0.1;

export interface DigestMismatch {
  readonly executor: string;
  readonly other: string;
  readonly fork: number;
  readonly different: number;
  readonly compared: number;
  readonly firstIndex: number;
}

export interface Evidence {
  readonly scenario: Scenario;
  readonly executors: readonly ExecutorResult[];
  readonly mismatches: readonly DigestMismatch[];
  readonly stoppedBy: StopReason;
  readonly comparisons: ScenarioResult['comparisons'];
  /** CPU time used by others than this run while it ran, as a share of the machine's; null where unknown. */
  readonly outsideShare: number | null;
  /** Stolen by the hypervisor. */
  readonly stealShare: number | null;
}

export interface Judgement {
  readonly validity: Validity;
  /** What would make an INVALID scenario WEAK if it were not INVALID already. */
  readonly asides: readonly string[];
}

/** Whether the figures of a scenario may be believed, with numbers. Pure. */
export function judge(evidence: Evidence): Judgement {
  const invalid = [
    ...evidence.mismatches.map(mismatchReason),
    ...evidence.executors.flatMap(countReasons),
    ...evidence.executors.flatMap(executor => failureReasons(executor, evidence.scenario)),
    ...evidence.executors.flatMap(originReasons),
  ];
  const weak = [
    ...forkReasons(evidence),
    ...busyReasons(evidence),
    ...evidence.executors.flatMap(driftReasons),
  ];
  if (invalid.length > 0) return { validity: { state: 'INVALID', reasons: invalid }, asides: weak };
  return { validity: { state: weak.length > 0 ? 'WEAK' : 'VALID', reasons: weak }, asides: [] };
}

function mismatchReason({ executor, other, fork, different, compared, firstIndex }: DigestMismatch): string {
  return `results differ: ${executor} and ${other} disagree on ${different} of ${compared} tasks in fork ${fork + 1}, the first is task ${firstIndex}`;
}

function countReasons({ id, trials }: ExecutorResult): string[] {
  const faulty = measured(trials).filter(trial => trial.faults.length > 0);
  const first = faulty[0];
  if (first === undefined) return [];
  return [`counts disagree: ${id}, ${faulty.length} of ${trials.length} trials, e.g. ${first.faults[0]}`];
}

function failureReasons({ id, outcomes }: ExecutorResult, scenario: Scenario): string[] {
  const failed = Object.values(outcomes.failed).reduce((sum, count) => sum + count, 0);
  const share = outcomes.issued === 0 ? 0 : (failed + outcomes.cancelled) / outcomes.issued;
  const allowed = scenario.maxFailed.value;
  if (share <= allowed) return [];
  const kinds = Object.entries(outcomes.failed).map(([kind, count]) => `${count} ${kind}`);
  if (outcomes.cancelled > 0) kinds.push(`${outcomes.cancelled} cancelled`);
  return [
    `too many failed tasks: ${id}, ${percent(share)} of ${outcomes.issued} (${kinds.join(', ')}), at most ${percent(allowed)} allowed (--max-failed)`,
  ];
}

function originReasons({ id, trials, coldOnly }: ExecutorResult): string[] {
  const counted = measured(trials).filter(trial => trial.cold === coldOnly && trial.origin !== null);
  const saturated = counted.filter(({ origin }) => (origin?.loopUtilization ?? 0) > ORIGIN_SATURATED);
  // One late timer in a short trial is no saturation: half of the trials are.
  if (saturated.length * 2 <= counted.length) return [];
  const worst = Math.max(...saturated.map(({ origin }) => origin?.loopUtilization ?? 0));
  return [
    `origin saturated: its loop was busy ${percent(worst)} of the time under ${id}, at most ${percent(ORIGIN_SATURATED)} allowed; give it longer waits or fewer in flight`,
  ];
}

function forkReasons({ executors, stoppedBy, scenario, comparisons }: Evidence): string[] {
  const reasons: string[] = [];
  const forks = Math.max(0, ...executors.map(executor => executor.forks));
  const needed = scenario.measurement.forks ?? scenario.measurement.minForks;
  if (forks < FORKS_FOR_INTERVAL)
    reasons.push(`too few forks: ${forks}, an interval needs ${FORKS_FOR_INTERVAL}${moreTime(stoppedBy)}`);
  else if (forks < WIDE_FORKS)
    reasons.push(
      `few forks: ${forks}, so the intervals are wide; ${Math.max(needed, WIDE_FORKS)} are usual${moreTime(stoppedBy)}`,
    );
  const once = executors.filter(executor => executor.coldOnly).map(executor => executor.id);
  if (once.length > 0)
    reasons.push(
      `once a fork: ${once.join(', ')} took so much of the budget that its cold trials are its only ones; a longer --budget gives it warm ones`,
    );
  if (stoppedBy === 'budget' && forks >= FORKS_FOR_INTERVAL) {
    const wide = comparisons.filter(
      c => c.low !== null && Math.log(c.high! / c.low) / 2 > Math.log1p(scenario.measurement.precision),
    );
    if (wide.length > 0 && forks < scenario.measurement.minForks)
      reasons.push(
        `the budget of ${scenario.measurement.budgetMs / 1000} s ended before the wanted precision of ${percent(scenario.measurement.precision)}`,
      );
  }
  return reasons;
}

function moreTime(stoppedBy: StopReason): string {
  return stoppedBy === 'budget' ? '; a longer --budget gives more' : '';
}

function busyReasons({ outsideShare, stealShare }: Evidence): string[] {
  const reasons: string[] = [];
  if (outsideShare !== null && outsideShare > BUSY_SHARE)
    reasons.push(
      `machine busy: other programs took ${percent(outsideShare)} of its CPU time; close them and run again`,
    );
  if (stealShare !== null && stealShare > BUSY_SHARE)
    reasons.push(`machine busy: the hypervisor took ${percent(stealShare)} of its CPU time`);
  return reasons;
}

function driftReasons({ id, trials, coldOnly }: ExecutorResult): string[] {
  const forks = new Map<number, { round: number; value: number }[]>();
  for (const trial of measured(trials).filter(trial => trial.cold === coldOnly)) {
    const values = forks.get(trial.fork) ?? [];
    values.push({ round: trial.round, value: trial.throughputPerSecond });
    forks.set(trial.fork, values);
  }
  const drift = driftOf([...forks.values()]);
  if (drift === null || !drift.shown || Math.abs(drift.percentPerRound) < SMALLEST_DRIFT_PERCENT) return [];
  return [
    `drift: ${id} changes by ${drift.percentPerRound.toFixed(1)} % a round within a fork; more tasks or rounds let it settle`,
  ];
}

function measured(trials: readonly TrialResult[]) {
  return trials.filter(trial => trial.state === 'measured');
}

/** Reasons are sentences of the results file, which no reporter formats again. */
function percent(share: number): string {
  return `${Number((share * 100).toPrecision(2))} %`;
}
