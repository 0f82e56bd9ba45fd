import type { AloneMeasured, Scenario } from '../schema/index.js';
import { type AloneOutcome, aloneKey, measureAlone } from './alone.js';
import type { ScenarioEvent } from './events.js';
import { type Pilot, type PilotSetting, runPilot } from './pilot.js';
import { type ScenarioDeps, ScenarioRun } from './scenario.js';

export type SessionDeps = Pick<ScenarioDeps, 'launcher' | 'clock' | 'signal'> & {
  /** What the `setup` of the workload with this module returned. */
  setupOf?(moduleUrl: string): unknown;
};

export interface ScenarioRequest {
  readonly seed: number;
  /** Default `comparison`. */
  readonly purpose?: ScenarioDeps['purpose'];
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

  /** Null: no scenario has needed it. */
  get cpuIterationsPerMs(): number | null {
    return this.#cpuIterationsPerMs;
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

  measure(
    scenario: Scenario,
    { seed, purpose = 'comparison' }: ScenarioRequest,
  ): AsyncGenerator<ScenarioEvent, void> {
    const setup = this.#deps.setupOf?.(scenario.workload.moduleUrl);
    const env = { seed, cpuIterationsPerMs: this.#cpuIterationsPerMs ?? 0, setup };
    return new ScenarioRun(scenario, {
      ...this.#deps,
      ...env,
      purpose,
      alone: () => this.#measureAlone(scenario, env),
      pilot: (alone, mostMs) => this.#runPilot(scenario, { ...this.#deps, env, alone, mostMs }),
    }).run();
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
    const key = JSON.stringify([workload, params, origin, inFlight, payloadBytes]);
    const known = this.#pilots.get(key);
    if (known !== undefined) return known;
    const pilot = await runPilot(scenario, setting);
    if (pilot !== null && (pilot.waits || pilot.settling.settled)) this.#pilots.set(key, pilot);
    return pilot;
  }
}
