import type { ExecutorResult, Finding, FindingOf, MeasuredTrial, Scenario } from '../schema/index.js';
import { counted } from './validity/evidence.js';
import { type Found, found, together } from './validity/together.js';

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
  /** The largest difference; null where none is off. */
  readonly worst: Difference | null;
}

type Difference = Pick<
  FindingOf<'littles-law'>['values'],
  'fromStamps' | 'counted' | 'countedBy' | 'differenceShare'
>;

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
  const off = trials.map(trial => [...sampledOff(trial), ...originOff(trial, scenario)]);
  const [worst = null] = off.flat().toSorted((a, b) => b.differenceShare - a.differenceShare);
  return { checked: trials.length, off: off.filter(({ length }) => length > 0).length, worst };
}

function sampledOff({ inFlight }: MeasuredTrial): Difference[] {
  const { fromStamps, sampled, standardError } = inFlight;
  if (sampled === null) return [];
  const difference = Math.abs(fromStamps - sampled);
  if (difference <= TOLERANCE * fromStamps + STANDARD_ERRORS * (standardError ?? 0)) return [];
  return [{ fromStamps, counted: sampled, countedBy: 'sampler', differenceShare: difference / fromStamps }];
}

/** A request lies within its task. */
function originOff(
  { inFlight: { fromStamps }, origin, wallMs }: MeasuredTrial,
  { workload }: Scenario,
): Difference[] {
  if (origin === null || workload.requestsPerTask !== 1) return [];
  const inOrigin = (origin.meanConcurrency * origin.elapsedMs) / wallMs;
  if (inOrigin <= fromStamps * (1 + TOLERANCE)) return [];
  const differenceShare = (inOrigin - fromStamps) / fromStamps;
  return [{ fromStamps, counted: inOrigin, countedBy: 'origin', differenceShare }];
}

/** Executors in which the law does not hold. */
export function littleFindings(executors: readonly ExecutorResult[], scenario: Scenario): Finding[] {
  return together(
    executors.flatMap((executor): Found[] => {
      const { checked, off, worst } = checkLittle(executor, scenario);
      if (worst === null) return [];
      const values = { offTrials: off, checkedTrials: checked, ...worst };
      return [found('littles-law', 'note', executor.variant.id, values, worst.differenceShare)];
    }),
  );
}
