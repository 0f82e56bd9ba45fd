import { expectedTrialMs, TRIAL_OVERHEAD_MS, tooLong } from '../analysis/expected.js';
import { loadRulesOf } from '../analysis/load-rules.js';
import type { Clock } from '../clock.js';
import { WorkerLost } from '../errors.js';
import type { Launcher } from '../hosts/launcher.js';
import { machineLoadBetween } from '../hosts/machine-load.js';
import type {
  ExecutorVariant,
  Machine,
  MachineTicks,
  Measurement,
  Scenario,
  ScenarioResult,
  StopReason,
} from '../schema/index.js';
import { type AloneOutcome, measureAlone } from './alone.js';
import type { ForkEvent, ScenarioEvent, TrialEvent } from './events.js';
import { Fork } from './fork.js';
import { type Pilot, type PilotSetting, runPilot } from './pilot.js';
import { allocateRounds, baseOrder, forkBudgetOf, orderOfRound, participates } from './rounds.js';
import { ScenarioRecord } from './scenario-record.js';
import { scenarioResultOf } from './scenario-result.js';
import { reasonToStop } from './stopping.js';
import { pilotMs, planWarmUp, unwarmed, type WarmPlan } from './warm-plan.js';
import { repeatsOf, sampleWalls, type WarmWalls, warmFork } from './warming.js';

export interface ScenarioDeps {
  readonly seed: number;
  /** Default `comparison`. */
  readonly purpose?: ScenarioResult['purpose'];
  readonly cpuIterationsPerMs: number;
  readonly launcher: Launcher;
  /** Measures a task alone; default `measureAlone`, without a memory. */
  readonly alone?: (scenario: Scenario) => Promise<AloneOutcome>;
  /** Finds out what isolates need to be warm; default `runPilot`, without a memory. */
  readonly pilot?: (scenario: Scenario, setting: PilotSetting) => Promise<Pilot | null>;
  readonly clock: Clock;
  readonly signal: AbortSignal;
}

/** A second, with room for trials that differ. */
const LONG_TRIAL_MS = 900;

/**
 * Measures one scenario: a task alone, then forks until the stopping rule says so, each a cold trial and several warm
 * rounds of every executor.
 *
 * An abort, whenever it comes, ends it with the forks that were finished; `stoppedBy` says so.
 */
export class ScenarioRun {
  readonly #scenario: Scenario;
  readonly #deps: ScenarioDeps;
  readonly #record: ScenarioRecord;
  readonly #startedMs: number;
  /** Executors whose trials take so long that Little's law is checked in them. */
  readonly #long = new Set<string>();
  /** Tasks alone have all failed: there is no code to warm. */
  #allFail = false;
  /** Spent on a task alone and the pilot. */
  #beforeForksMs = 0;
  readonly #ticksBefore: MachineTicks | null;
  readonly #machine: Machine;

  constructor(scenario: Scenario, deps: ScenarioDeps) {
    this.#scenario = scenario;
    this.#deps = deps;
    this.#record = new ScenarioRecord(scenario);
    this.#startedMs = deps.clock.nowMs();
    const { machine } = deps.launcher;
    this.#ticksBefore = machine.ticks();
    this.#machine = { ...machine.facts(), loadAverageAtStart: machine.loadAverage1m() };
  }

  async *run(): AsyncGenerator<ScenarioEvent, void> {
    const stoppedBy = yield* this.#runForks();
    yield { type: 'scenario-finished', result: this.#summarise(stoppedBy) };
  }

  async *#runForks(): AsyncGenerator<ScenarioEvent, StopReason> {
    const { signal } = this.#deps;
    try {
      signal.throwIfAborted();
      const { alone = scenario => measureAlone(scenario, this.#deps, this.#deps.launcher) } = this.#deps;
      const outcome = await alone(this.#scenario);
      this.#allFail = outcome === 'all fail';
      this.#record.alone = outcome === 'all fail' ? null : outcome;
      this.#record.leftOut = tooLong(this.#scenario, this.#record.alone);
      this.#expectLong();
      this.#record.warmPlan = await this.#planWarmUp();
      this.#beforeForksMs = this.#elapsedMs();
      const forMs = this.#record.warmPlan.budgetMs - this.#beforeForksMs;
      yield { type: 'scenario-planned', scenario: this.#scenario, forMs };
      for (;;) {
        const reason = this.#reasonToStop();
        if (reason !== null) return reason;
        yield* this.#runFork(this.#record.forksDone);
        yield { type: 'scenario-partial', result: this.#summarise('interrupted') };
      }
    } catch (error) {
      if (signal.aborted) return 'interrupted';
      if (!(error instanceof WorkerLost)) throw error;
      // Without its origin there is nothing to measure here; the next scenario has its own.
      this.#record.lostBecause = error.message;
      return 'lost';
    }
  }

  #reasonToStop(): StopReason | null {
    if (this.#record.active.length === 0) return 'lost';
    if (this.#record.completesNothing) return 'nothing-completed';
    return reasonToStop({
      measurement: this.#measurement,
      forksDone: this.#record.forksDone,
      halfWidthsLog: this.#record.halfWidthsLog(),
      elapsedMs: this.#elapsedMs(),
      forkDurationsMs: this.#record.forkDurationsMs,
    });
  }

  async *#runFork(number: number): AsyncGenerator<TrialEvent | ForkEvent, void> {
    const { clock } = this.#deps;
    const startedMs = clock.nowMs();
    {
      const scenario = { ...this.#scenario, executors: this.#record.active };
      await using fork = await Fork.start({ ...this.#deps, scenario, fork: number, long: this.#long });
      try {
        yield* this.#runRounds(fork, number, startedMs);
      } finally {
        this.#record.addFork(fork.results());
      }
    }
    this.#record.forkDurationsMs.push(clock.nowMs() - startedMs);
    yield {
      type: 'fork',
      scenario: this.#scenario,
      fork: number + 1,
      ofForks: this.#ofForks,
      elapsedMs: this.#elapsedMs(),
      ranking: this.#record.ranking(),
      isCold: this.#record.warmPlan.warming.kind === 'none',
      baseline: this.#record.baseline,
    };
  }

  /** What isolates need is a property of the code, and found out once; the rest is arithmetic. */
  async #planWarmUp(): Promise<WarmPlan> {
    if (this.#allFail) return unwarmed(this.#scenario);
    const { launcher, signal, seed, cpuIterationsPerMs, pilot = runPilot } = this.#deps;
    const { alone, active: executors } = this.#record;
    const known = { scenario: this.#scenario, executors, alone, cores: this.#machine.cores };
    const mostMs = pilotMs(known);
    const env = { seed, cpuIterationsPerMs };
    const piloted =
      mostMs === null ? null : await pilot(this.#scenario, { alone, env, launcher, mostMs, signal });
    signal.throwIfAborted();
    return planWarmUp({ ...known, pilot: piloted, elapsedMs: this.#elapsedMs() });
  }

  /** The cold round, what it takes to be warm, and then the warm rounds. */
  async *#runRounds(fork: Fork, number: number, startedMs: number): AsyncGenerator<TrialEvent, void> {
    const { signal, clock, seed } = this.#deps;
    const executors = this.#record.active;
    const order = baseOrder(idsOf(executors), seed, number);
    yield* this.#runRound(fork, number, orderOfRound(order, 0), 0);
    const { warming } = this.#record.warmPlan;
    if (warming.kind === 'none') {
      this.#record.rounds ??= Object.fromEntries(order.map(id => [id, 0]));
      return;
    }
    const inOrder = order.map(id => executors.find(variant => variant.id === id)!);
    const { measurement } = this.#scenario;
    const warmed = await warmFork(fork, warming, { executors: inOrder, measurement }, number, signal);
    this.#record.addWarmed(warmed);
    if (this.#record.rounds === null) {
      const walls = await sampleWalls(fork, order, warming, signal);
      this.#allocate(walls, clock.nowMs() - startedMs);
    }
    for (let round = 1; round <= measurement.rounds; round++)
      yield* this.#runRound(fork, number, orderOfRound(order, round), round);
  }

  async *#runRound(
    fork: Fork,
    number: number,
    order: readonly string[],
    round: number,
  ): AsyncGenerator<TrialEvent, void> {
    const ofRounds = this.#scenario.measurement.rounds;
    const active = order.filter(id => participates(round, this.#record.rounds?.[id] ?? ofRounds, ofRounds));
    for (const [position, id] of active.entries()) {
      if (fork.isLost(id)) continue;
      this.#deps.signal.throwIfAborted();
      const repeats = round === 0 ? 1 : (this.#record.repeats[id] ?? 1);
      const trial = await fork.trial(id, { round, position, repeats });
      if (trial.state === 'measured' && trial.wallMs >= LONG_TRIAL_MS) this.#long.add(id);
      yield {
        type: 'trial',
        scenario: this.#scenario,
        fork: number + 1,
        ofForks: this.#ofForks,
        ofRounds,
        executor: id,
        trial,
      };
    }
  }

  /** Decided by the first fork, from time alone. */
  #allocate(walls: WarmWalls, spentMs: number): void {
    const { measurement } = this.#scenario;
    const { plannedTrialMs } = loadRulesOf(this.#scenario);
    const forkBudgetMs = this.#forkBudgetMs();
    const roomMs = forkBudgetMs - spentMs;
    const repeats = repeatsOf(walls, this.#scenario, roomMs, TRIAL_OVERHEAD_MS);
    const trialMs = Object.entries(walls).map(
      ([id, wallMs]) => [id, plannedTrialMs ?? wallMs * (repeats[id] ?? 1)] as const,
    );
    this.#record.repeats = repeats;
    this.#record.rounds = allocateRounds({
      wallMs: Object.fromEntries(trialMs),
      spentMs,
      overheadMs: TRIAL_OVERHEAD_MS,
      rounds: measurement.rounds,
      forkBudgetMs,
    });
  }

  /** A fork's share of what is left after the pilot. */
  #forkBudgetMs(): number {
    const { budgetMs, forkBudgetMs } = this.#record.warmPlan;
    if (forkBudgetMs !== null) return forkBudgetMs;
    return forkBudgetOf({ ...this.#scenario.measurement, budgetMs: budgetMs - this.#beforeForksMs });
  }

  get #measurement(): Measurement {
    return { ...this.#scenario.measurement, budgetMs: this.#record.warmPlan.budgetMs };
  }

  /** From the ideal: no trial is shorter than that. */
  #expectLong(): void {
    const { alone, active } = this.#record;
    for (const variant of active) {
      const expectedMs = expectedTrialMs(this.#scenario, variant, alone, this.#machine);
      if (expectedMs >= LONG_TRIAL_MS) this.#long.add(variant.id);
    }
  }

  get #ofForks(): number {
    return this.#scenario.measurement.forks ?? this.#scenario.measurement.maxForks;
  }

  #elapsedMs(): number {
    return this.#deps.clock.nowMs() - this.#startedMs;
  }

  #summarise(stoppedBy: StopReason): ScenarioResult {
    return scenarioResultOf(this.#record, stoppedBy, {
      purpose: this.#deps.purpose ?? 'comparison',
      elapsedMs: this.#elapsedMs(),
      machine: this.#machine,
      load: machineLoadBetween(this.#ticksBefore, this.#deps.launcher.machine.ticks()),
    });
  }
}

function idsOf(executors: readonly ExecutorVariant[]): string[] {
  return executors.map(({ id }) => id);
}
