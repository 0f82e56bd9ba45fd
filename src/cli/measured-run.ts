import type { RunEvent } from '../measure/events.js';
import { measurePlan } from '../measure/measure.js';
import { faultText } from '../report/words/losses.js';
import type { CommandLine, Plan, Report, ScenarioResult } from '../schema/index.js';
import { commitOf } from './checkout.js';
import type { CliDeps } from './deps.js';
import type { OutputFolder } from './output-folder.js';

export interface MeasuredRunOptions {
  readonly plan: Plan;
  readonly signal: AbortSignal;
  /** What the report says that it was made by. */
  readonly command: CommandLine;
  /** Whoever takes an event holds the next trial up. */
  follow(event: RunEvent): void | Promise<void>;
  /** Before an error goes on: what ends a run takes nothing from what it has measured. @param latest null: nothing yet */
  rescue?(latest: Report | null): Promise<void>;
}

export interface Measured {
  readonly report: Report;
  readonly forksDone: number;
  /** What went wrong beside the measurements. */
  readonly faults: readonly string[];
}

/** Measures a plan, and keeps after each fork what there is. @param folder null: nothing is kept */
export async function measureInto(
  folder: OutputFolder | null,
  { plan, signal, command, follow, rescue }: MeasuredRunOptions,
  { clock, launcher, resolveHost, cwd }: CliDeps,
): Promise<Measured> {
  let forksDone = 0;
  let latest: Report | null = null;
  const faults: string[] = [];
  try {
    const events = measurePlan(plan, {
      signal,
      clock,
      command,
      commit: commitOf(cwd),
      ...(launcher && { launcher }),
      ...(resolveHost && { resolveHost }),
    });
    for await (const event of events) {
      await follow(event);
      if (event.type === 'done') latest = event.report;
      if (event.type === 'fault') faults.push(faultText(event.reason));
      if (event.type !== 'partial') continue;
      forksDone++;
      latest = event.report;
      folder?.savePartial(latest);
    }
  } catch (error) {
    await rescue?.(latest);
    throw error;
  }
  return { report: latest!, forksDone, faults };
}

/** It was interrupted before there was a trial. */
export function hasNothing({ interrupted, scenarios }: Report): boolean {
  return (
    interrupted &&
    scenarios.every(
      ({ stoppedBy, executors }) =>
        stoppedBy === 'interrupted' && executors.every(({ trials }) => trials.length === 0),
    )
  );
}

/** Else `latest.json` is worth more. */
export function hasWholeFork({ report, forksDone }: Measured): boolean {
  return !report.interrupted || forksDone > 0 || report.scenarios.some(isFinished);
}

function isFinished({ stoppedBy }: ScenarioResult): boolean {
  return stoppedBy !== 'interrupted';
}
