import { nodeOf } from '../analysis/alternatives.js';
import type { AloneMeasured, Environment, Scenario } from '../schema/index.js';
import { type AloneOutcome, aloneKey, measureAlone } from './alone.js';
import type { ScenarioEvent } from './events.js';
import { requireNodes } from './node-check.js';
import { type Pilot, type PilotSetting, runPilot } from './pilot.js';
import { ownModules, rehearseModule } from './rehearsal.js';
import type { RemoteAccess } from './remote-access.js';
import { type ScenarioDeps, ScenarioRun } from './scenario.js';
import type { RunEnv, StartedVariant } from './start-message.js';
import { pilotMs } from './warm-plan.js';

export type SessionDeps = Pick<ScenarioDeps, 'launcher' | 'clock' | 'signal'> & {
  /** What the `setup` of the workload with this module returned. */
  setupOf?(moduleUrl: string): unknown;
  brokerOf?: RunEnv['brokerOf'];
  /** Of the machines that tasks may call, once it is known. */
  accessOf?(): RemoteAccess | undefined;
};

export interface Learned {
  /** In code that is not yet warm; null: it could not be measured. */
  readonly alone: AloneMeasured | null;
  readonly allFail: boolean;
  /** Null: waiting decides, tasks are too long for one, or its host was lost. */
  readonly pilot: Pilot | null;
}

export interface ScenarioRequest {
  readonly seed: number;
  /** Default `comparison`. */
  readonly purpose?: ScenarioDeps['purpose'];
  /** Its first forks, where they were run before. */
  readonly halfDone?: ScenarioDeps['halfDone'];
}

/** Measures scenario after scenario, whoever decides which; what is true of several is found out once. */
export class Session {
  readonly #deps: SessionDeps;
  #cpuIterationsPerMs: number | null = null;
  /** Tasks that are alike in everything are alike alone: along numbers of tasks, one measurement does. */
  readonly #alone = new Map<string, AloneMeasured>();
  readonly #pilots = new Map<string, Pilot>();

  constructor(deps: SessionDeps) {
    this.#deps = deps;
  }

  /** Where it measures, as a report has it. @param stealShare null: nobody has looked */
  environment(stealShare: number | null): Environment {
    const { machine } = this.#deps.launcher;
    return { ...machine.environment(), stealShare, cpuIterationsPerMs: this.#cpuIterationsPerMs };
  }

  /** Measures the computing kernel, once; a workload that needs that must not be measured before. */
  async calibrate(): Promise<void> {
    const { launcher, signal } = this.#deps;
    try {
      this.#cpuIterationsPerMs ??= await launcher.calibrate();
    } catch (error) {
      // An abort ends the calibrating process too: then nothing more is run.
      if (!signal.aborted) throw error;
    }
  }

  /**
   * Tries what is somebody's own in scenarios: Nodes that are compared, and code.
   *
   * @throws UsageError where it cannot do what is asked of it
   */
  async rehearse(scenarios: readonly Scenario[], seed: number): Promise<void> {
    await requireNodes(scenarios, this.#deps);
    for (const own of ownModules(scenarios)) {
      if (this.#deps.signal.aborted) return;
      if (own.some(({ workload }) => workload.needsCalibration)) await this.calibrate();
      await rehearseModule(own, { launcher: this.#deps.launcher, ...this.#env(seed) });
    }
  }

  measure(
    scenario: Scenario,
    { seed, purpose = 'comparison', halfDone }: ScenarioRequest,
  ): AsyncGenerator<ScenarioEvent, void> {
    const env = this.#env(seed);
    return new ScenarioRun(scenario, {
      ...this.#deps,
      ...env,
      purpose,
      halfDone,
      alone: part => this.#measureAlone(part, env),
      pilot: (part, alone, mostMs) => this.#runPilot(part, { ...this.#deps, env, alone, mostMs }),
    }).run();
  }

  /** What is found out of a scenario's tasks before its forks, for whoever plans by it. Measuring it later takes nothing of this again. */
  async learn(scenario: Scenario, seed: number): Promise<Learned> {
    if (scenario.workload.needsCalibration) await this.calibrate();
    const env = this.#env(seed);
    const outcome = await this.#measureAlone(scenario, env);
    const alone = outcome === 'all fail' ? null : outcome;
    const { cores } = this.#deps.launcher.machine.facts();
    const mostMs = pilotMs({ scenario, executors: scenario.executors, alone, cores });
    const pilot =
      mostMs === null || outcome === 'all fail'
        ? null
        : await this.#runPilot(scenario, { ...this.#deps, env, alone, mostMs });
    return { alone, allFail: outcome === 'all fail', pilot };
  }

  #env(seed: number): Omit<RunEnv, 'originUrl'> {
    const setupOf = (moduleUrl: string) => this.#deps.setupOf?.(moduleUrl);
    const access = this.#deps.accessOf?.();
    const brokerOf = (variant: StartedVariant) => this.#deps.brokerOf?.(variant);
    return { seed, cpuIterationsPerMs: this.#cpuIterationsPerMs ?? 0, setupOf, brokerOf, access };
  }

  async #measureAlone(scenario: Scenario, env: PilotSetting['env']): Promise<AloneOutcome> {
    const known = this.#alone.get(aloneKey(scenario));
    if (known !== undefined) return known;
    const alone = await measureAlone(scenario, env, this.#deps.launcher);
    if (alone !== null && alone !== 'all fail') this.#alone.set(aloneKey(scenario), alone);
    return alone;
  }

  /** What code needs does not hang on the number of tasks in a trial. One that was cut short is run again with more time. */
  async #runPilot(scenario: Scenario, setting: PilotSetting): Promise<Pilot | null> {
    const { workload, params, origin, inFlight, payloadBytes } = scenario;
    const key = JSON.stringify([workload, params, origin, inFlight, payloadBytes, nodeOf(scenario)]);
    const known = this.#pilots.get(key);
    if (known !== undefined) return known;
    const pilot = await runPilot(scenario, setting);
    if (pilot !== null && (pilot.waits || pilot.settling.settled)) this.#pilots.set(key, pilot);
    return pilot;
  }
}
