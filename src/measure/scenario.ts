import { expectedTrialMs, tooLong } from '../analysis/expected.js';
import { loadRulesOf } from '../analysis/load-rules.js';
import type { Clock } from '../clock.js';
import { RemoteTotalReached, WorkerLost } from '../errors.js';
import type { Launcher } from '../hosts/launcher.js';
import { machineLoadBetween } from '../hosts/machine-load.js';
import type {
  AloneMeasured,
  ExecutorVariant,
  HalfDone,
  Machine,
  MachineTicks,
  Scenario,
  ScenarioResult,
  StopReason,
} from '../schema/index.js';
import type { AloneOutcome } from './alone.js';
import type { ForkEvent, ScenarioEvent, TrialEvent } from './events.js';
import { leastForksMs } from './expected-time.js';
import { Fork } from './fork.js';
import type { Pilot } from './pilot.js';
import { batchToRecord, trialsToRecord } from './recordings.js';
import type { RemoteAccess } from './remote-access.js';
import { planRounds } from './round-plan.js';
import { type ById, baseOrder, orderOfRound, participates } from './rounds.js';
import { budgetsOf, isCold, type ScenarioPart } from './scenario-part.js';
import { ScenarioRecord } from './scenario-record.js';
import { scenarioResultOf } from './scenario-result.js';
import type { RunEnv } from './start-message.js';
import { reasonToStop } from './stopping.js';
import type { BeforeForks } from './warm-costs.js';
import { pilotMs, planWarmUp } from './warm-plan.js';
import { sampleWalls, warmFork, warmUncounted } from './warming.js';

export interface ScenarioDeps {
  readonly seed: number;
  readonly purpose: ScenarioResult['purpose'];
  readonly cpuIterationsPerMs: number;
  /** Forks of the same scenario that were run before. */
  readonly halfDone?: HalfDone | undefined;
  /** What the `setup` of the workload with this module returned. */
  setupOf?(moduleUrl: string): unknown;
  brokerOf?: RunEnv['brokerOf'];
  readonly access?: RemoteAccess | undefined;
  readonly launcher: Launcher;
  readonly clock: Clock;
  readonly signal: AbortSignal;
  /** Measures a task alone, of the scenario or of a part of it. */
  alone(part: Scenario): Promise<AloneOutcome>;
  /** Finds out what isolates need to be warm. */
  pilot(part: Scenario, alone: AloneMeasured | null, mostMs: number): Promise<Pilot | null>;
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
  /** What all forks take at least, by a task alone. */
  #leastForksMs = 0;
  /** What the trials took that are in no figure. */
  #recordingMs = 0;

  constructor(scenario: Scenario, deps: ScenarioDeps) {
    this.#scenario = scenario;
    this.#deps = deps;
    this.#record = new ScenarioRecord(scenario, deps.halfDone);
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
      yield { type: 'scenario-planned', scenario: this.#scenario, forMs: this.#plannedMs() };
      for (;;) {
        const reason = this.#reasonToStop();
        if (reason !== null) return reason;
        yield* this.#runFork(this.#record.forksDone);
        const result = this.#summarise('interrupted');
        yield { type: 'scenario-partial', result, halfDone: this.#record.halfDone() };
      }
    } catch (error) {
      // What runs beside the run ends it by such a reason.
      const cause = signal.aborted ? signal.reason : error;
      if (signal.aborted && !(cause instanceof WorkerLost)) return 'interrupted';
      if (cause instanceof RemoteTotalReached) {
        this.#record.totalReached = cause;
        return 'remote-total';
      }
      if (!(cause instanceof WorkerLost)) throw error;
      // Without its origin there is nothing to measure here; the next scenario has its own.
      this.#record.lostBecause = cause.loss;
      return 'lost';
    }
  }

  /** What is found out before the forks. */
  async #prepare(): Promise<void> {
    const { parts } = this.#record;
    for (const part of parts) await this.#measureAlone(part);
    const working = parts.filter(({ allFail }) => !allFail);
    const found: { readonly part: ScenarioPart; readonly known: Omit<BeforeForks, 'elapsedMs'> }[] = [];
    for (const part of working) found.push({ part, known: await this.#runPilot(part) });
    for (const { part, known } of found) {
      part.warmPlan = planWarmUp({ ...known, elapsedMs: this.#elapsedMs() / found.length });
      this.#leastForksMs += leastForksMs(known, part.warmPlan.warming);
    }
  }

  /** Forks that were asked for are run whatever the budget. */
  #plannedMs(): number {
    const { budgetMs, forks } = this.#record.measurement;
    const leftMs = budgetMs - this.#elapsedMs();
    return forks === null ? leftMs : Math.max(leftMs, this.#leastForksMs);
  }

  async #measureAlone(part: ScenarioPart): Promise<void> {
    const { scenario } = part;
    const outcome = await this.#deps.alone(scenario);
    this.#deps.signal.throwIfAborted();
    part.allFail = outcome === 'all fail';
    part.alone = outcome === 'all fail' ? null : outcome;
    this.#record.leftOut = new Map([...this.#record.leftOut, ...tooLong(scenario, part.alone)]);
    for (const variant of part.of(this.#record.active)) {
      // From the ideal: no trial is shorter than that.
      const expectedMs = expectedTrialMs(scenario, variant, part.alone, this.#machine);
      if (expectedMs >= LONG_TRIAL_MS) this.#long.add(variant.id);
    }
  }

  /** What isolates need is a property of the code, and found out once; the rest is arithmetic. */
  async #runPilot(part: ScenarioPart): Promise<Omit<BeforeForks, 'elapsedMs'>> {
    const { scenario, alone } = part;
    const known = { scenario, executors: part.of(this.#record.active), alone, cores: this.#machine.cores };
    const mostMs = pilotMs(known);
    const pilot = mostMs === null ? null : await this.#deps.pilot(scenario, alone, mostMs);
    this.#deps.signal.throwIfAborted();
    return { ...known, pilot };
  }

  #reasonToStop(): StopReason | null {
    if (this.#record.active.length === 0) return 'lost';
    if (this.#record.completesNothing) return 'nothing-completed';
    return reasonToStop({
      measurement: this.#record.measurement,
      forksDone: this.#record.forksDone,
      halfWidthsLog: this.#record.halfWidthsLog(),
      elapsedMs: this.#elapsedMs() - this.#recordingMs,
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
        if (number === 0) await this.#recordTrials(fork);
      } finally {
        this.#record.addFork(fork.results());
      }
    }
    const recordingMs = number === 0 ? this.#recordingMs : 0;
    this.#record.forkDurationsMs.push(clock.nowMs() - startedMs - recordingMs);
    yield {
      type: 'fork',
      scenario: this.#scenario,
      fork: number + 1,
      ofForks: this.#ofForks,
      elapsedMs: this.#elapsedMs(),
      ranking: this.#record.ranking(),
      isCold: isCold(this.#record.parts),
      baseline: this.#record.baseline,
    };
  }

  /** The cold round, what it takes to be warm, and then the warm rounds. */
  async *#runRounds(fork: Fork, startedMs: number): AsyncGenerator<TrialEvent, void> {
    const { clock, seed } = this.#deps;
    const { measurement } = this.#scenario;
    const order = baseOrder(this.#record.active, seed, fork.number);
    const first = order.filter(({ id }) => fork.isFirst(id));
    yield* this.#runRound(fork, orderOfRound(first, 0), 0);
    const { parts } = this.#record;
    if (isCold(parts)) {
      const rounds = Object.fromEntries(order.map(({ id }) => [id, 0]));
      this.#record.roundPlan ??= { rounds, repeats: {} };
      return;
    }
    for (const part of parts) {
      const { warming } = part.warmPlan;
      if (warming.kind !== 'none') part.addWarmed(await warmFork(fork, warming, part.of(first), measurement));
    }
    if (this.#record.roundPlan === null) {
      const walls = await this.#walls(fork, order);
      const spentMs = clock.nowMs() - startedMs;
      const { forkBudgetMs } = budgetsOf(parts);
      this.#record.roundPlan = planRounds(this.#scenario, walls, { forkBudgetMs, spentMs });
    }
    for (let round = 1; round <= measurement.rounds; round++)
      yield* this.#runRound(fork, orderOfRound(order, round), round);
  }

  /** When all that counts is measured, as in a run that records nothing: what it takes is not taken from the budget. */
  async #recordTrials(fork: Fork): Promise<void> {
    const startedMs = this.#deps.clock.nowMs();
    const { rounds } = this.#scenario.measurement;
    const walls = this.#record.active.map(({ id }) => [id, fork.typicalWallMs(id)] as const);
    const { measurement, roundPlan } = this.#record;
    const known = { walls, budgetMs: measurement.budgetMs, rounds: roundPlan?.rounds ?? {} };
    const ids = trialsToRecord(this.#scenario, known);
    if (this.#scenario.load.kind === 'duration') await this.#recordBatches(fork, ids);
    else await this.#recordIn(fork, ids, rounds + 1);
    this.#recordingMs = this.#deps.clock.nowMs() - startedMs;
  }

  async #recordIn(fork: Fork, ids: readonly string[], round: number): Promise<void> {
    for (const id of ids) {
      if (this.#deps.signal.aborted) break;
      await fork.record(id, round);
    }
  }

  /** In hosts of their own, which are warmed as those of the fork were. */
  async #recordBatches(fork: Fork, ids: readonly string[]): Promise<void> {
    if (ids.length === 0) return;
    const executors = this.#record.active.filter(({ id }) => ids.includes(id));
    const { measurement } = this.#scenario;
    const completed = ids.map(id => fork.typicalCompleted(id) ?? 0);
    const scenario = { ...batchToRecord(this.#scenario, completed), executors };
    try {
      await using own = await Fork.start({ ...this.#deps, scenario, fork: fork.number, long: this.#long });
      for (const part of this.#record.parts)
        await warmUncounted(own, part.warmPlan.warming, part.of(executors), measurement);
      await this.#recordIn(own, ids, measurement.rounds + 1);
      for (const id of ids) fork.adoptTrace(id, own);
    } catch (error) {
      // What was measured is whole, whatever becomes of a picture.
      if (!this.#deps.signal.aborted && !(error instanceof WorkerLost)) throw error;
    }
  }

  /** Typical walls of a warm trial, ms: known where a trial has a time of its own. */
  async #walls(fork: Fork, order: readonly ExecutorVariant[]): Promise<ById> {
    const { plannedTrialMs } = loadRulesOf(this.#scenario);
    if (plannedTrialMs !== null) {
      const running = order.filter(({ id }) => !fork.isLost(id));
      return Object.fromEntries(running.map(({ id }) => [id, plannedTrialMs]));
    }
    const walls: Record<string, number> = {};
    for (const part of this.#record.parts)
      Object.assign(walls, await sampleWalls(fork, part.of(order), part.warmPlan.warming));
    return walls;
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
