import { MOST_RECORDED_TASKS, type Scenario } from '../schema/index.js';
import type { ById } from './rounds.js';
import { asBatch } from './trial-spec.js';

/** Of a scenario's budget: what one trial that nobody asked for may take, and all of them together. */
const TRIAL_SHARE = 0.1;
const ALL_SHARE = 0.2;

export interface KnownTrials {
  /** Wall time of a typical trial by id, ms; null: all were lost. */
  readonly walls: readonly (readonly [id: string, wallMs: number | null])[];
  readonly budgetMs: number;
  /** Warm rounds by id: who has none shows its cold trial where a timeline was asked for. */
  readonly rounds: ById;
}

/** Of whom a trial of its own is recorded, those first that take least. Of a load by duration none, unless somebody chose some. */
export function trialsToRecord(scenario: Scenario, { walls, budgetMs, rounds }: KnownTrials): string[] {
  if (scenario.load.kind === 'duration' && scenario.recorded === undefined) return [];
  const running = walls.flatMap(([id, wallMs]) => (wallMs === null ? [] : [{ id, wallMs }]));
  if (scenario.timeline) return running.map(({ id }) => id).filter(id => (rounds[id] ?? 1) > 0);
  let leftMs = ALL_SHARE * budgetMs;
  return running
    .filter(({ id, wallMs }) => scenario.recorded?.includes(id) && wallMs <= TRIAL_SHARE * budgetMs)
    .sort((a, b) => a.wallMs - b.wallMs)
    .flatMap(({ id, wallMs }) => {
      leftMs -= wallMs;
      return leftMs < 0 ? [] : [id];
    });
}

/**
 * A load by duration, whose hosts have no room for all tasks, as a batch of as many as the slowest ended in a trial, the same
 * for all.
 *
 * @param completed tasks of a typical trial of each that is recorded
 */
export function batchToRecord(scenario: Scenario, completed: readonly number[]): Scenario {
  return asBatch(scenario, Math.max(1, Math.min(MOST_RECORDED_TASKS, ...completed)));
}
