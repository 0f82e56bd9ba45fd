import type { Scenario } from '../schema/index.js';

/** What a trial means for those who watch. */
export interface TrialProgress {
  readonly scenario: Scenario;
  /** From 1. */
  readonly fork: number;
  /** Fixed number or the most there can be. */
  readonly ofForks: number;
  /** From 0, the cold round. */
  readonly round: number;
  readonly ofRounds: number;
  readonly executorId: string;
  /** Tasks per second; null for a lost trial. */
  readonly throughputPerSecond: number | null;
}

/** One executor's place so far. */
export interface Standing {
  readonly id: string;
  readonly throughputPerSecond: number | null;
  /** To the baseline; null without one. */
  readonly ratio: number | null;
}

export interface ForkProgress {
  readonly scenario: Scenario;
  /** From 1. */
  readonly fork: number;
  readonly ofForks: number;
  readonly elapsedMs: number;
  /** Fastest first. */
  readonly standing: readonly Standing[];
  /** Whether they are those of first trials in fresh processes. */
  readonly isCold: boolean;
  /** What the ratios are to: the scenario's baseline, or another where that one is overloaded. */
  readonly baseline: string;
}

/** Follows a run. Called between trials only, so that drawing never disturbs one. */
export interface Progress {
  /** @param number from 1 */
  scenarioStarted(scenario: Scenario, number: number, ofScenarios: number): void;
  /** What it will take is known. @param forMs from now on */
  scenarioPlanned(scenario: Scenario, forMs: number): void;
  trialFinished(trial: TrialProgress): void;
  forkFinished(fork: ForkProgress): void;
  scenarioFinished(scenario: Scenario): void;
  /** The run is over, however it ended: give the terminal back. */
  finished(): void;
}

export const silentProgress: Progress = {
  scenarioStarted() {},
  scenarioPlanned() {},
  trialFinished() {},
  forkFinished() {},
  scenarioFinished() {},
  finished() {},
};
