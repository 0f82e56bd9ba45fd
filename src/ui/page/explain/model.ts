import { predictedCrossingMs, predictedRatio } from '../../../map/model.js';
import type { Entrant, RaceResult } from '../../protocol.js';

/** Where threads are said to pay: they do this much more than the loop. */
export const PAYS = 1.05;

/** What the ideals know of a machine and a choice. */
export interface Setting {
  readonly cores: number;
  readonly inFlight: number;
  readonly threads: number;
  /** CPU time that a task takes besides its own computing, ms. */
  readonly loopCostMs: number;
  readonly threadCostMs: number;
}

/** Of a task that does next to nothing, on machines of today: until a race has told better. */
export const USUAL_COSTS = { loopCostMs: 0.01, threadCostMs: 0.02 } as const;

/**
 * What a task cost more than it computes, on the loop and on threads: the least of the race's entrants of that kind, which comes
 * closest to what cannot be avoided. Null: the race does not tell.
 */
export function costsOf({
  entrants,
  task,
}: Pick<RaceResult, 'entrants' | 'task'>): Pick<Setting, 'loopCostMs' | 'threadCostMs'> | null {
  if (task === null) return null;
  const least = (family: Entrant['family']) => {
    const known = entrants.flatMap(one =>
      one.family === family && one.cpuMsPerTask !== null ? [one.cpuMsPerTask] : [],
    );
    return known.length === 0 ? null : Math.max(0, Math.min(...known) - task.computesMs);
  };
  const [loop, threads] = [least('loop'), least('threads')];
  if (loop === null || threads === null) return null;
  return { loopCostMs: loop, threadCostMs: threads };
}

/** How many times as much threads would do as the loop, by the ideals: a model, no measurement. */
export function ratioAt(setting: Setting, waitMs: number, computeMs: number): number {
  return predictedRatio(fitOf(setting), shapeOf(setting), waitMs, computeMs);
}

/** From how much computing per task on threads pay; null: nowhere in the range, or everywhere. */
export function breakEvenMs(
  setting: Setting,
  waitMs: number,
  { lowMs, highMs }: { readonly lowMs: number; readonly highMs: number },
): number | null {
  if (ratioAt(setting, waitMs, highMs) <= PAYS || ratioAt(setting, waitMs, lowMs) > PAYS) return null;
  return predictedCrossingMs(fitOf(setting), shapeOf(setting), { waitMs, lowMs, highMs, ratio: PAYS });
}

/** The same numbers as the model of `map`, with nothing fitted but the costs. */
function fitOf({ cores, threads, loopCostMs, threadCostMs }: Setting) {
  return {
    loopOverheadMs: Math.max(1e-5, loopCostMs),
    threadOverheadMs: Math.max(1e-5, threadCostMs),
    cores: Math.max(1, Math.min(cores, threads)),
    timerLateMs: 0,
  };
}

function shapeOf({ cores, inFlight, threads }: Setting) {
  return { inFlight, threadCount: threads, cores };
}
