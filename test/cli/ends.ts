import type { RunEvent } from '../../src/measure/events.js';
import type { MeasureDeps } from '../../src/measure/measure.js';
import type { Plan, Report } from '../../src/schema/index.js';

/** What stands in for `measurePlan`. */
export type MeasurePlan = (plan: Plan, deps: MeasureDeps) => AsyncGenerator<RunEvent, void>;

/** A run that tells nothing but its end. */
export function ends(measured: (plan: Plan, deps: MeasureDeps) => Report | Promise<Report>): MeasurePlan {
  return async function* (plan, deps) {
    yield { type: 'done', report: await measured(plan, deps) };
  };
}
