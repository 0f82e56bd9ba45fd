import { expectedTrialMs, tooLong } from '../analysis/expected.js';
import type { Clock } from '../clock.js';
import { WorkerLost } from '../errors.js';
import type { Launcher } from '../hosts/launcher.js';
import { machineLoadBetween } from '../hosts/machine-load.js';
import type {
  AloneMeasured,
  ExecutorVariant,
  Machine,
  MachineTicks,
  Scenario,
  ScenarioResult,
  StopReason,
} from '../schema/index.js';
import type { AloneOutcome } from './alone.js';
import type { ForkEvent, ScenarioEvent, TrialEvent } from './events.js';
import { Fork } from './fork.js';
import type { Pilot } from './pilot.js';
import { planRounds } from './round-plan.js';
import { baseOrder, orderOfRound, participates } from './rounds.js';
import { ScenarioRecord } from './scenario-record.js';
import { scenarioResultOf } from './scenario-result.js';
import { reasonToStop } from './stopping.js';
import { pilotMs, planWarmUp, type WarmPlan } from './warm-plan.js';
import { sampleWalls, warmFork } from './warming.js';

export interface ScenarioDeps {
  readonly seed: number;
  readonly purpose: ScenarioResult['purpose'];
  readonly cpuIterationsPerMs: number;
  /** What the workload's `setup` returned. */
  readonly setup?: unknown;
  readonly launcher: Launcher;
  readonly clock: Clock;
  readonly signal: AbortSignal;
  /** Measures a task of it alone. */
  alone(): Promise<AloneOutcome>;
  /** Finds out what isolates need to be warm. */
  pilot(alone: AloneMeasured | null, mostMs: number): Promise<Pilot | null>;
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
      await this.#prepare();
      const forMs = this.#record.warmPlan.budgetMs - this.#elapsedMs();
      yield { type: 'scenario-planned', scenario: this.#scenario, forMs };
      for (;;) {
        const reason = this.#reasonToStop();
        if (reason !== null) return reason;
        yield* this.#runFork(this.#record.forksDone);
        yield { type: 'scenario-partial', result: this.#summarise('interrupted') };
      }
    } catch (error) {
      // What runs beside the run ends it by such a reason.
      const cause = signal.aborted ? signal.reason : error;
      if (signal.aborted && !(cause instanceof WorkerLost)) return 'interrupted';
      if (!(cause instanceof WorkerLost)) throw error;
      // Without its origin there is nothing to measure here; the next scenario has its own.
      this.#record.lostBecause = cause.message;
      return 'lost';
    }
  }

  /** What is found out before the forks. */
  async #prepare(): Promise<void> {
    const record = this.#record;
    const outcome = await this.#deps.alone();
    if (outcome !== 'all fail') record.alone = outcome;
    record.leftOut = tooLong(this.#scenario, record.alone);
    for (const variant of record.active) {
      // From the ideal: no trial is shorter than that.
      const expectedMs = expectedTrialMs(this.#scenario, variant, record.alone, this.#machine);
      if (expectedMs >= LONG_TRIAL_MS) this.#long.add(variant.id);
    }
    // Where all tasks fail there is no code to warm.
    if (outcome !== 'all fail') record.warmPlan = await this.#planWarmUp();
  }

  /** What isolates need is a property of the code, and found out once; the rest is arithmetic. */
  async #planWarmUp(): Promise<WarmPlan> {
    const { alone, active: executors } = this.#record;
    const known = { scenario: this.#scenario, executors, alone, cores: this.#machine.cores };
    const mostMs = pilotMs(known);
    const pilot = mostMs === null ? null : await this.#deps.pilot(alone, mostMs);
    this.#deps.signal.throwIfAborted();
    return planWarmUp({ ...known, pilot, elapsedMs: this.#elapsedMs() });
  }

  #reasonToStop(): StopReason | null {
    if (this.#record.active.length === 0) return 'lost';
    if (this.#record.completesNothing) return 'nothing-completed';
    return reasonToStop({
      measurement: this.#record.measurement,
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
        yield* this.#runRounds(fork, startedMs);
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

  /** The cold round, what it takes to be warm, and then the warm rounds. */
  async *#runRounds(fork: Fork, startedMs: number): AsyncGenerator<TrialEvent, void> {
    const { clock, seed } = this.#deps;
    const { measurement } = this.#scenario;
    const order = baseOrder(this.#record.active, seed, fork.number);
    yield* this.#runRound(fork, orderOfRound(order, 0), 0);
    const { warming } = this.#record.warmPlan;
    if (warming.kind === 'none') {
      const rounds = Object.fromEntries(order.map(({ id }) => [id, 0]));
      this.#record.roundPlan ??= { rounds, repeats: {} };
      return;
    }
    this.#record.addWarmed(await warmFork(fork, warming, order, measurement));
    if (this.#record.roundPlan === null) {
      const walls = await sampleWalls(fork, order, warming);
      const spentMs = clock.nowMs() - startedMs;
      const { forkBudgetMs } = this.#record.warmPlan;
      this.#record.roundPlan = planRounds(this.#scenario, walls, { forkBudgetMs, spentMs });
    }
    for (let round = 1; round <= measurement.rounds; round++)
      yield* this.#runRound(fork, orderOfRound(order, round), round);
  }

  async *#runRound(
    fork: Fork,
    order: readonly ExecutorVariant[],
    round: number,
  ): AsyncGenerator<TrialEvent, void> {
    const ofRounds = this.#scenario.measurement.rounds;
    const plan = this.#record.roundPlan;
    const active = order.filter(({ id }) => participates(round, plan?.rounds[id] ?? ofRounds, ofRounds));
    for (const [position, { id }] of active.entries()) {
      if (fork.isLost(id)) continue;
      this.#deps.signal.throwIfAborted();
      const repeats = round === 0 ? 1 : (plan?.repeats[id] ?? 1);
      const trial = await fork.trial(id, { round, position, repeats });
      if (trial.state === 'measured' && trial.wallMs >= LONG_TRIAL_MS) this.#long.add(id);
      yield {
        type: 'trial',
        scenario: this.#scenario,
        fork: fork.number + 1,
        ofForks: this.#ofForks,
        ofRounds,
        executor: id,
        trial,
      };
    }
  }

  get #ofForks(): number {
    return this.#scenario.measurement.forks ?? this.#scenario.measurement.maxForks;
  }

  #elapsedMs(): number {
    return this.#deps.clock.nowMs() - this.#startedMs;
  }

  #summarise(stoppedBy: StopReason): ScenarioResult {
    return scenarioResultOf(this.#record, {
      stoppedBy,
      purpose: this.#deps.purpose,
      elapsedMs: this.#elapsedMs(),
      machine: this.#machine,
      load: machineLoadBetween(this.#ticksBefore, this.#deps.launcher.machine.ticks()),
    });
  }
}
