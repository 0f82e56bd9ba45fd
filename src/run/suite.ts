import { type Clock, systemClock } from '../clock.js';
import { defaultThreads } from '../cores.js';
import { type Plan, type Report, SCHEMA_VERSION, type Scenario, type ScenarioResult } from '../model.js';
import { packageVersion } from '../version.js';
import { readEnvironment } from './environment.js';
import type { Launcher } from './launcher.js';
import { machineLoadBetween, readMachineTicks } from './machine-load.js';
import { type Progress, silentProgress } from './progress.js';
import { ScenarioRun } from './scenario.js';
import { SystemLauncher } from './system-launcher.js';

export interface SuiteDeps {
  /** Ends the run; what is finished is in the report. */
  readonly signal?: AbortSignal;
  readonly progress?: Progress;
  readonly clock?: Clock;
  /** Disposed when the run ends. */
  readonly launcher?: Launcher;
  /** Called after each fork with the report so far, so that a crash loses little. */
  readonly onPartial?: (report: Report) => void;
}

/** Runs the scenarios of a plan, one after the other. An abort is no error: the report says that it was interrupted. */
export async function runSuite(plan: Plan, deps: SuiteDeps = {}): Promise<Report> {
  const { signal = new AbortController().signal, progress = silentProgress, clock = systemClock } = deps;
  await using launcher = deps.launcher ?? new SystemLauncher();
  const startedAt = clock.date().toISOString();
  const startedMs = clock.nowMs();
  const ticksBefore = readMachineTicks();
  const finished: ScenarioResult[] = [];
  // Ends every process at once: whatever waits for one of them fails, and finds the signal aborted.
  const stopAll = () => void launcher[Symbol.asyncDispose]();
  signal.addEventListener('abort', stopAll);
  let cpuIterationsPerMs: number | null = null;
  const reportOf = (scenarios: readonly ScenarioResult[], interrupted: boolean): Report => ({
    schemaVersion: SCHEMA_VERSION,
    generator: `threads-vs-loop ${packageVersion()}`,
    startedAt,
    elapsedMs: clock.nowMs() - startedMs,
    seed: plan.seed,
    environment: readEnvironment(
      machineLoadBetween(ticksBefore, readMachineTicks())?.stealShare ?? null,
      cpuIterationsPerMs,
    ),
    plan,
    interrupted,
    scenarios,
    capacities: [],
  });
  try {
    cpuIterationsPerMs = await calibrateIfNeeded(plan.scenarios, launcher, signal);
    for (const [at, scenario] of plan.scenarios.entries()) {
      if (signal.aborted) break;
      progress.scenarioStarted(scenario, at + 1, plan.scenarios.length);
      const run = new ScenarioRun(scenario, {
        seed: plan.seed,
        cpuIterationsPerMs: cpuIterationsPerMs ?? 0,
        availableCores: defaultThreads(),
        launcher,
        clock,
        progress,
        signal,
        onPartial: partial => deps.onPartial?.(reportOf([...finished, partial], true)),
      });
      finished.push(await run.run());
      progress.scenarioFinished(scenario);
    }
    return reportOf(finished, signal.aborted);
  } finally {
    signal.removeEventListener('abort', stopAll);
    progress.finished();
  }
}

async function calibrateIfNeeded(
  scenarios: readonly Scenario[],
  launcher: Launcher,
  signal: AbortSignal,
): Promise<number | null> {
  if (!scenarios.some(scenario => scenario.workload.needsCalibration)) return null;
  try {
    return await launcher.calibrate();
  } catch (error) {
    if (signal.aborted) return null;
    throw error;
  }
}
