import { makePlan, type PlanInput } from './plan/plan.js';
import { renderTerminal } from './report/terminal.js';
import { runSuite, type SuiteDeps } from './run/suite.js';
import type { Report } from './schema/index.js';

/**
 * Plans and measures: what the CLI's `run` does, without files and progress (pass `progress` to follow it).
 *
 * Takes minutes; end it early by `deps.signal`, and the report holds what was finished.
 *
 * @throws UsageError for input that cannot be run, before anything is measured
 */
export async function run(input: PlanInput = {}, deps: SuiteDeps = {}): Promise<Report> {
  return runSuite(await makePlan(input), deps);
}

/** A report as text, as the CLI prints it. */
export function render(report: Report, options: { width?: number; colour?: boolean } = {}): string {
  return renderTerminal(report, { width: options.width ?? 80, colour: options.colour ?? false });
}
