import type { Clock } from '../clock.js';
import { hash32 } from '../random.js';
import { readMachine } from '../run/environment.js';
import type { Launcher } from '../run/launcher.js';
import { silentProgress } from '../run/progress.js';
import { ScenarioRun } from '../run/scenario.js';
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
  const { launcher, clock, signal, seed, onExperiment } = deps;
  const outcomes: Outcome[] = [];
  const startedMs = clock.nowMs();
  const cpuIterationsPerMs = await calibrated(launcher, signal);
  for (const [at, experiment] of experiments.entries()) {
    if (signal.aborted) break;
    const spentMs = clock.nowMs() - startedMs;
    const left = experiments.length - at;
    onExperiment(experiment, at + 1, at === 0 ? estimateMs(level, left) : (spentMs / at) * left);
    const run = new ScenarioRun(experiment.scenario, {
      // Another order and other forks in each.
      seed: hash32(seed, 'selfcheck', at),
      cpuIterationsPerMs,
      machine: readMachine(),
      launcher,
      clock,
      progress: silentProgress,
      signal,
      onPartial: () => {},
    });
    const result = await run.run();
    if (result.stoppedBy === 'interrupted') break;
    outcomes.push({ known: experiment.known, executor: experiment.executor, result });
  }
  return outcomes;
}

/** An abort ends the launcher's processes, the calibrating one too: then nothing more is run. */
async function calibrated(launcher: Launcher, signal: AbortSignal): Promise<number> {
  try {
    return await launcher.calibrate();
  } catch (error) {
    if (signal.aborted) return 0;
    throw error;
  }
}
