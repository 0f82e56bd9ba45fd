import { reportOf } from '../../../src/measure/events.js';
import { measurePlan } from '../../../src/measure/measure.js';
import { makePlan } from '../../../src/plan/plan.js';
import type { ScenarioResult, TunePoint } from '../../../src/schema/index.js';
import { inFlightOf } from '../../../src/tune/point.js';
import type { TuneCase } from './cases.js';
import type { Seen } from './size.js';

export interface Measurement {
  readonly forks: number;
  readonly rounds: number;
  readonly durationMs: number;
  /** One host for all limits in flight of an executor and its threads, as there are dozens. */
  readonly sharesHosts: boolean;
}

const THREADS = [1, 2, 4, 8];
const IN_FLIGHT = [1, 2, 4, 8, 16, 32, 64];
/** Of a loop: as many as all threads of others together. */
const LOOP_IN_FLIGHT = [1, 2, 4, 8, 16, 32, 64, 128, 256, 512];

/** What somebody without a tuner would try. */
export const GRID: readonly TunePoint[] = [
  ...LOOP_IN_FLIGHT.map(inFlight => pointOf('limited', 0, inFlight)),
  ...THREADS.flatMap(threads => IN_FLIGHT.map(inFlight => pointOf('piscina', threads, inFlight))),
];

function pointOf(executor: string, workers: number, inFlightPerWorker: number): TunePoint {
  const id = `${executor} ${workers}x${inFlightPerWorker}`;
  return { id, executor, workers, inFlightPerWorker, uvThreads: null, setting: '', bound: null, tier: 0 };
}

/** Measures exactly these points, beside one another in every round. Each executor has the id of its point. */
export async function measurePoints(
  { target, params }: TuneCase,
  points: readonly TunePoint[],
  { forks, rounds, durationMs, sharesHosts }: Measurement,
): Promise<ScenarioResult> {
  const executors = points.map(point => ({
    executor: point.executor,
    as: point.id,
    inFlight: inFlightOf(point),
    ...(point.workers > 0 && { threads: point.workers }),
  }));
  const plan = await makePlan({ targets: [target], params, executors, durationMs, forks, rounds });
  const scenarios = plan.scenarios.map(scenario => ({
    ...scenario,
    sharesHosts,
    executors: scenario.executors.map((variant, at) => ({
      ...variant,
      uvThreads: points[at]!.uvThreads ?? variant.uvThreads,
    })),
  }));
  const report = await reportOf(measurePlan({ ...plan, scenarios }));
  return report.scenarios[0]!;
}

/** Those of which a trial counts. */
export function seenOf(points: readonly TunePoint[], { executors }: ScenarioResult): Seen[] {
  return points.flatMap((point, at) => {
    const tasksPerSecond = executors[at]?.tasksPerSecond.median ?? null;
    return tasksPerSecond === null ? [] : [{ point, tasksPerSecond }];
  });
}
