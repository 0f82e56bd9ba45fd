import { reportOf } from '../../src/measure/events.js';
import { measurePlan } from '../../src/measure/measure.js';
import { makePlan, type PlanInput } from '../../src/plan/plan.js';
import type { MeasuredTrial, Report } from '../../src/schema/index.js';

/** What goes wrong without a rule of docs/methodology.md, in figures of a real run. */
export interface Example {
  readonly rule: string;
  readonly right: string;
  readonly wrong: string;
}

/** The same numbers of random choices each time; figures differ with the machine. */
const SEED = 7;

export async function measure(input: PlanInput): Promise<Report> {
  return reportOf(measurePlan(await makePlan({ seed: SEED, ...input })));
}

/** The warm trials of an executor of the first scenario. */
export function warmTrials(report: Report, executor: string): MeasuredTrial[] {
  const { trials } = report.scenarios[0]!.executors.find(({ variant: { id } }) => id === executor)!;
  return trials.filter(trial => trial.state === 'measured').filter(trial => !trial.cold);
}

export function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
