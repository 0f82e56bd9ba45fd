import type { ExecutorResult, MeasuredTrial, Scenario } from '../schema/index.js';
import { counted, percent } from './validity/evidence.js';
import { type Subjects, sayTogether } from './validity/shared.js';

/** Shorter trials have too few samples in them. */
const SHORTEST_MS = 1_000;
const TOLERANCE = 0.02;
/** Of the sampler's mean: what chance alone does in 3 of 1,000 cases is no finding. */
const STANDARD_ERRORS = 3;
/** Between a task's stamp and its count lies some code: tasks not much longer than that cannot be counted so. */
const SHORTEST_TASK_MS = 0.05;

export interface LittleCheck {
  /** Trials of at least a second that somebody counted in. */
  readonly checked: number;
  /** Of these, off by more than 2 % beyond chance. */
  readonly off: number;
  /** The largest difference, in words; null where none is off. */
  readonly worst: string | null;
  /** Of the stamps. */
  readonly worstShare: number;
}

/**
 * Little's law (L = λ W; Little, 1961) in every trial of at least a second: throughput × mean service time, from the
 * stamps, must be the mean number in flight, from a thread that counts and knows no stamps; and the origin, which counts
 * for itself, cannot have had more requests in it than there were tasks in flight. What is off has wrong stamps, lost
 * tasks, or a clock that jumps. (Both sides from the same stamps would agree by algebra.)
 */
export function checkLittle(executor: ExecutorResult, scenario: Scenario): LittleCheck {
  const trials = counted(executor).filter(
    ({ wallMs, inFlight, serviceMs }) =>
      wallMs >= SHORTEST_MS && inFlight.sampled !== null && (serviceMs.mean ?? 0) >= SHORTEST_TASK_MS,
  );
  const findings = trials.flatMap(trial => [...sampledOff(trial), ...originOff(trial, scenario)]);
  const worst = findings.reduce((a, b) => (b.share > a.share ? b : a), { share: 0, text: '' });
  return {
    checked: trials.length,
    off: trials.filter(trial => [...sampledOff(trial), ...originOff(trial, scenario)].length > 0).length,
    worst: worst.share > 0 ? worst.text : null,
    worstShare: worst.share,
  };
}

interface Finding {
  readonly share: number;
  readonly text: string;
}

function sampledOff({ inFlight }: MeasuredTrial): Finding[] {
  const { fromStamps, sampled, standardError } = inFlight;
  if (sampled === null) return [];
  const difference = Math.abs(fromStamps - sampled);
  if (difference <= TOLERANCE * fromStamps + STANDARD_ERRORS * (standardError ?? 0)) return [];
  return [finding(difference, fromStamps, `${rounded(sampled)} counted`)];
}

/** A request lies within its task. */
function originOff(
  { inFlight: { fromStamps }, origin, wallMs }: MeasuredTrial,
  { workload }: Scenario,
): Finding[] {
  if (origin === null || workload.requestsPerTask !== 1) return [];
  const inOrigin = (origin.meanConcurrency * origin.elapsedMs) / wallMs;
  if (inOrigin <= fromStamps * (1 + TOLERANCE)) return [];
  return [finding(inOrigin - fromStamps, fromStamps, `${rounded(inOrigin)} in the origin`)];
}

function finding(difference: number, fromStamps: number, other: string): Finding {
  const share = difference / fromStamps;
  return {
    share,
    text: `${rounded(fromStamps)} in flight by the stamps, ${other} (${percent(share)} apart)`,
  };
}

function rounded(tasks: number): number {
  return Number(tasks.toPrecision(3));
}

/** Executors in which the law does not hold, in words. */
export function littleNotes(executors: readonly ExecutorResult[], scenario: Scenario): string[] {
  const findings = executors.flatMap(executor => {
    const { checked, off, worst, worstShare } = checkLittle(executor, scenario);
    if (worst === null) return [];
    const say = ({ names, upTo }: Subjects) =>
      `Little's law is off in ${upTo}${off} of ${checked} trials of ${names}, at worst ${worst}`;
    return [{ rule: "Little's law", executor: executor.id, size: worstShare, say }];
  });
  return sayTogether(findings);
}
