import type { Clock } from '../clock.js';
import type { Launcher } from '../hosts/launcher.js';
import { resultOf } from '../measure/events.js';
import { Session } from '../measure/session.js';
import { hash32 } from '../random.js';
import type { Outcome } from './evaluate.js';
import type { Experiment, Level } from './experiments.js';

export interface SelfCheckDeps {
  readonly launcher: Launcher;
  readonly clock: Clock;
  readonly signal: AbortSignal;
  readonly seed: number;
  /** Called before each experiment. */
  onExperiment(experiment: Experiment, number: number, leftMs: number): void;
}

/** What an experiment takes beside its budget: a task alone, processes that end. */
const BESIDE_MS = 1_000;

/** At most what the experiments take: each its budget. */
export function estimateMs(level: Level, experiments: number): number {
  return experiments * (level.budgetMs + BESIDE_MS);
}

/** Runs one experiment after the other; an abort ends it with those that were finished. */
export async function runExperiments(
  level: Level,
  experiments: readonly Experiment[],
  deps: SelfCheckDeps,
): Promise<Outcome[]> {
  const { clock, signal, seed, onExperiment } = deps;
  const outcomes: Outcome[] = [];
  const startedMs = clock.nowMs();
  const session = new Session(deps);
  await session.calibrate();
  for (const [at, experiment] of experiments.entries()) {
    if (signal.aborted) break;
    const spentMs = clock.nowMs() - startedMs;
    const left = experiments.length - at;
    onExperiment(experiment, at + 1, at === 0 ? estimateMs(level, left) : (spentMs / at) * left);
    // Another order and other forks in each.
    const events = session.measure(experiment.scenario, { seed: hash32(seed, 'selfcheck', at) });
    const result = await resultOf(events);
    if (result.stoppedBy === 'interrupted') break;
    outcomes.push({ known: experiment.known, executor: experiment.executor, result });
  }
  return outcomes;
}
