import { articleSections } from './articles/section.js';
import { type RunEvent, reportOf } from './measure/events.js';
import { type MeasureDeps, measurePlan } from './measure/measure.js';
import { makePlan, type PlanInput } from './plan/plan.js';
import { renderTerminal } from './report/terminal/terminal.js';
import type { Report } from './schema/index.js';

/**
 * Plans and measures: what the CLI's `run` does, without files. Takes minutes; end it early by `deps.signal`, and the
 * report holds what was finished. Whoever wants to follow it takes `measure`.
 *
 * @throws UsageError for input that cannot be run, before anything is measured
 */
export async function run(input: PlanInput = {}, deps: MeasureDeps = {}): Promise<Report> {
  return reportOf(measure(input, deps));
}

/**
 * The same, event by event; the last one, `done`, has the report. Events come between trials alone, and the next trial
 * waits until the event is dealt with. `break` ends the run and its processes.
 *
 * @example
 * for await (const event of measure({ targets: ['cpu'] }))
 *   if (event.type === 'fork') console.log(`fork ${event.fork} after ${event.elapsedMs} ms`);
 *
 * @throws UsageError for input that cannot be run, before anything is measured
 */
export async function* measure(
  input: PlanInput = {},
  deps: MeasureDeps = {},
): AsyncGenerator<RunEvent, void> {
  yield* measurePlan(await makePlan(input), deps);
}

/** A report as text, as the CLI prints it. */
export function render(report: Report, options: { width?: number; colour?: boolean } = {}): string {
  const { width = 80, colour = false } = options;
  return renderTerminal(report, { width, colour, sections: articleSections });
}
