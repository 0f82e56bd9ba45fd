import type { HalfDone, Loss, Plan, Report, Scenario, ScenarioResult, TrialResult } from '../schema/index.js';

/** One executor's place so far. */
export interface RankedExecutor {
  readonly id: string;
  readonly tasksPerSecond: number | null;
  /** To the baseline; null without one. */
  readonly ratio: number | null;
}

export interface TrialEvent {
  readonly type: 'trial';
  readonly scenario: Scenario;
  /** From 1. */
  readonly fork: number;
  /** Fixed number or the most there can be. */
  readonly ofForks: number;
  readonly ofRounds: number;
  /** Id of the executor. */
  readonly executor: string;
  readonly trial: TrialResult;
}

export interface ForkEvent {
  readonly type: 'fork';
  readonly scenario: Scenario;
  /** From 1. */
  readonly fork: number;
  readonly ofForks: number;
  readonly elapsedMs: number;
  /** Fastest first. */
  readonly ranking: readonly RankedExecutor[];
  /** Whether they are those of first trials in fresh processes. */
  readonly isCold: boolean;
  /** What the ratios are to: the scenario's baseline, or another where that one is overloaded. */
  readonly baseline: string;
}

/** What a scenario tells while it is measured. */
export type ScenarioEvent =
  /** What it will take is known. `forMs`: from now on. */
  | { readonly type: 'scenario-planned'; readonly scenario: Scenario; readonly forMs: number }
  | TrialEvent
  | ForkEvent
  /** After each fork: what there is so far. `halfDone`: to go on with; null: its results differ, and have to be compared anew. */
  | { readonly type: 'scenario-partial'; readonly result: ScenarioResult; readonly halfDone: HalfDone | null }
  /** The last one. After an abort the result is that of the forks that were finished. */
  | { readonly type: 'scenario-finished'; readonly result: ScenarioResult };

/**
 * What a run tells, between trials alone: whoever takes an event holds the next trial up, and disturbs none.
 * The last one is `done`.
 */
export type RunEvent =
  | { readonly type: 'run-started'; readonly plan: Plan }
  | {
      readonly type: 'scenario-started';
      readonly scenario: Scenario;
      readonly purpose: ScenarioResult['purpose'];
      /** From 1. */
      readonly number: number;
      readonly ofScenarios: number;
    }
  | Exclude<ScenarioEvent, { readonly type: 'scenario-partial' }>
  /** Something beside the measurements went wrong, such as a `teardown`: what was measured is in the report all the same. A text is somebody else's. */
  | { readonly type: 'fault'; readonly reason: Loss | string }
  /** After each fork: the report so far, so that a crash loses little. */
  | { readonly type: 'partial'; readonly report: Report }
  | { readonly type: 'done'; readonly report: Report };

/** Takes all events of a run. */
export async function reportOf(events: AsyncIterable<RunEvent>): Promise<Report> {
  for await (const event of events) if (event.type === 'done') return event.report;
  throw new Error('a run ended without its report');
}

/** Takes all events of a scenario. */
export async function resultOf(events: AsyncIterable<ScenarioEvent>): Promise<ScenarioResult> {
  for await (const event of events) if (event.type === 'scenario-finished') return event.result;
  throw new Error('a scenario ended without its result');
}
