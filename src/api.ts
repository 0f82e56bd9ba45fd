import { createRequire } from 'node:module';
import type * as Library from './library.js';
import type { RunEvent } from './measure/events.js';
import type { MeasureDeps } from './measure/measure.js';
import type { PlanInput, PlanOptions } from './plan/plan.js';
import type { Plan, Report } from './schema/index.js';

let loaded: typeof Library | undefined;

/**
 * Every thread loads this module with a workload, and its start-up is measured: what plans, measures and reports is
 * loaded when it is called for. By `require`, since some of these functions return at once.
 */
function library(): typeof Library {
  loaded ??= createRequire(import.meta.url)('./library.js') as typeof Library;
  return loaded;
}

/**
 * Plans and measures: what the CLI's `run` does, without files. Takes minutes; end it early by `deps.signal`, and the
 * report holds what was finished. Whoever wants to follow it takes `measure`.
 *
 * @throws UsageError for input that cannot be run, before anything is measured
 */
export async function run(input: PlanInput = {}, deps: MeasureDeps = {}): Promise<Report> {
  return library().reportOf(measure(input, deps));
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
  yield* library().measurePlan(await makePlan(input), deps);
}

/**
 * What would be measured: input checked, and all that it leaves out filled in.
 *
 * @throws UsageError for input that cannot be run
 */
export async function makePlan(input: PlanInput, options: PlanOptions = {}): Promise<Plan> {
  return library().makePlan(input, options);
}

/** A report as text, as the CLI prints it. */
export function render(report: Report, options: { width?: number; colour?: boolean } = {}): string {
  const { width = 80, colour = false } = options;
  const { renderTerminal, articleSections } = library();
  return renderTerminal(report, { width, colour, sections: articleSections });
}

/**
 * Reads a results file.
 *
 * @param file what to call it in messages
 * @throws UsageError for text that is no JSON, is of another version, or is no results file
 */
export function parseReport(text: string, file: string): Report {
  return library().parseReport(text, file);
}
