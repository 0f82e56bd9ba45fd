import { type Clock, systemClock } from '../clock.js';
import type { Launcher } from '../hosts/launcher.js';
import { machineLoadBetween } from '../hosts/machine-load.js';
import { SystemLauncher } from '../hosts/system-launcher.js';
import { hash32 } from '../random.js';
import type {
  Capacity,
  CommandLine,
  MachineTicks,
  Plan,
  Report,
  Scenario,
  ScenarioResult,
} from '../schema/index.js';
import { hiderOf } from '../secrets.js';
import { Companions } from './companions.js';
import { confirmCapacities } from './confirm.js';
import type { RunEvent } from './events.js';
import { type RemoteAccess, type ResolveHost, remoteAccessOf, resolveBySystem } from './remote-access.js';
import { meteredLauncher } from './remote-meter.js';
import { type ReportHead, reportHead } from './report-head.js';
import { Session } from './session.js';

export interface MeasureDeps {
  /** Ends the run; what is finished is in the report. */
  readonly signal?: AbortSignal;
  readonly clock?: Clock;
  /** Disposed when the run ends. */
  readonly launcher?: Launcher;
  /** What the report says that it was made by. */
  readonly command?: CommandLine | null;
  /** Of the checkout in which it is measured. */
  readonly commit?: string | null;
  /** Looks up the hosts of other machines that the plan calls; the system does if left out. */
  readonly resolveHost?: ResolveHost;
}

/**
 * Measures the scenarios of a plan, one after the other, and tells what happens between trials. An abort is no error: the
 * report says that it was interrupted. Whoever stops taking events (`break`) ends the run and its processes.
 *
 * @throws UsageError before the first event where a module of somebody's own cannot run as planned
 */
export async function* measurePlan(plan: Plan, deps: MeasureDeps = {}): AsyncGenerator<RunEvent, void> {
  const { signal = new AbortController().signal, clock = systemClock, command = null, commit = null } = deps;
  const { resolveHost = resolveBySystem } = deps;
  await using launcher = meteredLauncher(deps.launcher ?? new SystemLauncher(), plan);
  const companions = new Companions(launcher);
  const stop = AbortSignal.any([signal, companions.signal]);
  // Ends every process: whatever waits for one of them fails, and finds the signal aborted.
  const stopAll = () => void launcher[Symbol.asyncDispose]();
  stop.addEventListener('abort', stopAll);
  try {
    const events = new PlanRun(plan, {
      signal: stop,
      isInterrupted: () => signal.aborted,
      companions,
      clock,
      launcher,
      command,
      commit,
      resolveHost,
    }).run();
    const hide = hiderOf(plan);
    for await (const event of events) yield hide(event);
  } finally {
    stop.removeEventListener('abort', stopAll);
  }
}

interface PlanRunDeps extends Required<MeasureDeps> {
  readonly companions: Companions;
  /** Whoever called has asked for the end; not what runs beside the run. */
  isInterrupted(): boolean;
}

class PlanRun {
  readonly #plan: Plan;
  readonly #deps: PlanRunDeps;
  readonly #session: Session;
  readonly #head: ReportHead;
  readonly #ticksBefore: MachineTicks | null;
  readonly #finished: ScenarioResult[] = [];
  #capacities: readonly Capacity[] = [];
  #access: RemoteAccess | undefined;

  constructor(plan: Plan, deps: PlanRunDeps) {
    this.#plan = plan;
    this.#deps = deps;
    const { companions } = deps;
    this.#session = new Session({
      ...deps,
      setupOf: moduleUrl => companions.setupOf(moduleUrl),
      brokerOf: variant => companions.brokers.addressFor(variant),
      accessOf: () => this.#access,
    });
    this.#head = reportHead(deps.clock, deps.command, deps.commit);
    this.#ticksBefore = deps.launcher.machine.ticks();
  }

  async *run(): AsyncGenerator<RunEvent, void> {
    const { signal, companions, isInterrupted } = this.#deps;
    const { scenarios, seed } = this.#plan;
    this.#access = await remoteAccessOf(this.#plan, this.#deps.resolveHost);
    await this.#startCompanions();
    try {
      await this.#session.rehearse(scenarios, seed);
    } catch (error) {
      await companions.end();
      throw error;
    }
    yield { type: 'run-started', plan: this.#plan };
    if (!signal.aborted && scenarios.some(({ workload }) => workload.needsCalibration))
      await this.#session.calibrate();
    for (const [at, scenario] of scenarios.entries()) {
      if (signal.aborted) break;
      yield* this.#measure(scenario, at + 1, 'comparison');
    }
    this.#capacities = yield* confirmCapacities(scenarios, [...this.#finished], scenario =>
      this.#confirm(scenario),
    );
    for (const reason of await companions.end()) yield { type: 'fault', reason };
    yield { type: 'done', report: this.#report(this.#finished, isInterrupted()) };
  }

  async #startCompanions(): Promise<void> {
    try {
      await this.#deps.companions.start(this.#plan);
    } catch (error) {
      // An abort ends them while they start.
      if (!this.#deps.isInterrupted()) throw error;
    }
  }

  /** Null: the run was interrupted. */
  async *#confirm(scenario: Scenario): AsyncGenerator<RunEvent, ScenarioResult | null> {
    if (this.#deps.signal.aborted) return null;
    const result = yield* this.#measure(scenario, this.#finished.length + 1, 'confirmation');
    return result.stoppedBy === 'interrupted' || result.stoppedBy === 'remote-total' ? null : result;
  }

  async *#measure(
    scenario: Scenario,
    number: number,
    purpose: ScenarioResult['purpose'],
  ): AsyncGenerator<RunEvent, ScenarioResult> {
    const { seed, scenarios } = this.#plan;
    const ofScenarios = Math.max(number, scenarios.length);
    yield { type: 'scenario-started', scenario, purpose, number, ofScenarios };
    // Other arrivals than those that were found to be met.
    const ownSeed = purpose === 'confirmation' ? hash32(seed, purpose) : seed;
    let result: ScenarioResult | null = null;
    for await (const event of this.#session.measure(scenario, { seed: ownSeed, purpose })) {
      if (event.type === 'scenario-partial') {
        yield { type: 'partial', report: this.#report([...this.#finished, event.result], true) };
        continue;
      }
      if (event.type === 'scenario-finished') {
        result = event.result;
        this.#finished.push(result);
      }
      yield event;
    }
    return result!;
  }

  #report(scenarios: readonly ScenarioResult[], interrupted: boolean): Report {
    const { launcher } = this.#deps;
    const load = machineLoadBetween(this.#ticksBefore, launcher.machine.ticks());
    return {
      ...this.#head(),
      seed: this.#plan.seed,
      environment: this.#session.environment(load?.stealShare ?? null),
      plan: this.#plan,
      ...this.#deps.companions.brokers.told(),
      interrupted,
      scenarios: [...scenarios],
      capacities: this.#capacities,
    };
  }
}
