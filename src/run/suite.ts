import { type Clock, systemClock } from '../clock.js';
import { hash32 } from '../random.js';
import {
  type Capacity,
  type CommandLine,
  type Plan,
  type Report,
  SCHEMA_VERSION,
  type Scenario,
  type ScenarioResult,
} from '../schema/index.js';
import { packageVersion } from '../version.js';
import { type AloneMeasured, aloneKey, measureAlone } from './alone.js';
import { confirmCapacities } from './confirm.js';
import { readEnvironment, readMachine } from './environment.js';
import type { Launcher } from './launcher.js';
import { type MachineTicks, machineLoadBetween, readMachineTicks } from './machine-load.js';
import { type Pilot, type PilotSetting, runPilot } from './pilot.js';
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
  /** What the report says that it was made by. */
  readonly command?: CommandLine | null;
  /** Called after each fork with the report so far, so that a crash loses little. */
  readonly onPartial?: (report: Report) => void;
}

/** Runs the scenarios of a plan, one after the other. An abort is no error: the report says that it was interrupted. */
export async function runSuite(plan: Plan, deps: SuiteDeps = {}): Promise<Report> {
  const { signal = new AbortController().signal, progress = silentProgress, clock = systemClock } = deps;
  const { command = null } = deps;
  await using launcher = deps.launcher ?? new SystemLauncher();
  // Ends every process at once: whatever waits for one of them fails, and finds the signal aborted.
  const stopAll = () => void launcher[Symbol.asyncDispose]();
  signal.addEventListener('abort', stopAll);
  try {
    return await new SuiteRun(plan, { ...deps, signal, progress, clock, launcher, command }).run();
  } finally {
    signal.removeEventListener('abort', stopAll);
    progress.finished();
  }
}

type SuiteRunDeps = Required<Omit<SuiteDeps, 'onPartial'>> & Pick<SuiteDeps, 'onPartial'>;

class SuiteRun {
  readonly #plan: Plan;
  readonly #deps: SuiteRunDeps;
  readonly #startedAt: string;
  readonly #startedMs: number;
  readonly #ticksBefore: MachineTicks | null = readMachineTicks();
  readonly #finished: ScenarioResult[] = [];
  #capacities: readonly Capacity[] = [];
  #cpuIterationsPerMs: number | null = null;
  /** Tasks that are alike in everything are alike alone: along numbers of tasks, one measurement does. */
  readonly #alone = new Map<string, AloneMeasured>();

  readonly #pilots = new Map<string, Pilot>();

  constructor(plan: Plan, deps: SuiteRunDeps) {
    this.#plan = plan;
    this.#deps = deps;
    this.#startedAt = deps.clock.date().toISOString();
    this.#startedMs = deps.clock.nowMs();
  }

  async run(): Promise<Report> {
    const { signal } = this.#deps;
    const { scenarios } = this.#plan;
    this.#cpuIterationsPerMs = await this.#calibrateIfNeeded();
    for (const [at, scenario] of scenarios.entries()) {
      if (signal.aborted) break;
      await this.#measure(scenario, at + 1, 'comparison');
    }
    this.#capacities = await confirmCapacities(scenarios, [...this.#finished], async scenario => {
      if (signal.aborted) return null;
      const result = await this.#measure(scenario, this.#finished.length + 1, 'confirmation');
      return result.stoppedBy === 'interrupted' ? null : result;
    });
    return this.#report(this.#finished, signal.aborted);
  }

  async #measure(
    scenario: Scenario,
    number: number,
    purpose: ScenarioResult['purpose'],
  ): Promise<ScenarioResult> {
    const { launcher, clock, progress, signal, onPartial } = this.#deps;
    progress.scenarioStarted(scenario, number, Math.max(number, this.#plan.scenarios.length));
    const run = new ScenarioRun(scenario, {
      // Other arrivals than those that were found to be met.
      seed: purpose === 'confirmation' ? hash32(this.#plan.seed, purpose) : this.#plan.seed,
      purpose,
      cpuIterationsPerMs: this.#cpuIterationsPerMs ?? 0,
      machine: readMachine(),
      launcher,
      alone: one => this.#measureAlone(one),
      pilot: (one, setting) => this.#runPilot(one, setting),
      clock,
      progress,
      signal,
      onPartial: partial => onPartial?.(this.#report([...this.#finished, partial], true)),
    });
    const result = await run.run();
    this.#finished.push(result);
    progress.scenarioFinished(scenario);
    return result;
  }

  async #measureAlone(scenario: Scenario): Promise<AloneMeasured | null> {
    const known = this.#alone.get(aloneKey(scenario));
    if (known !== undefined) return known;
    const env = { seed: this.#plan.seed, cpuIterationsPerMs: this.#cpuIterationsPerMs ?? 0 };
    const alone = await measureAlone(scenario, env, this.#deps.launcher);
    if (alone !== null) this.#alone.set(aloneKey(scenario), alone);
    return alone;
  }

  /** What code needs does not hang on the number of tasks in a trial. One that was cut short is run again with more time. */
  async #runPilot(scenario: Scenario, setting: PilotSetting): Promise<Pilot | null> {
    const { workload, params, origin, inFlight, payloadBytes } = scenario;
    const key = JSON.stringify([workload, params, origin, inFlight, payloadBytes]);
    const known = this.#pilots.get(key);
    if (known !== undefined) return known;
    const pilot = await runPilot(scenario, setting);
    if (pilot !== null && (pilot.waits || pilot.settling.settled)) this.#pilots.set(key, pilot);
    return pilot;
  }

  #report(scenarios: readonly ScenarioResult[], interrupted: boolean): Report {
    const { clock } = this.#deps;
    const load = machineLoadBetween(this.#ticksBefore, readMachineTicks());
    return {
      schemaVersion: SCHEMA_VERSION,
      command: this.#deps.command,
      generator: `threads-vs-loop ${packageVersion()}`,
      startedAt: this.#startedAt,
      elapsedMs: clock.nowMs() - this.#startedMs,
      seed: this.#plan.seed,
      environment: readEnvironment(load?.stealShare ?? null, this.#cpuIterationsPerMs),
      plan: this.#plan,
      interrupted,
      scenarios: [...scenarios],
      capacities: this.#capacities,
    };
  }

  async #calibrateIfNeeded(): Promise<number | null> {
    const { launcher, signal } = this.#deps;
    if (!this.#plan.scenarios.some(scenario => scenario.workload.needsCalibration)) return null;
    try {
      return await launcher.calibrate();
    } catch (error) {
      if (signal.aborted) return null;
      throw error;
    }
  }
}
