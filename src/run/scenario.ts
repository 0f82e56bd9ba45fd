import type { Clock } from '../clock.js';
import type { Scenario, ScenarioResult, StopReason, TaskAlone, Warning } from '../model.js';
import type { Confidence } from '../stats/comparison.js';
import { compareDigests } from '../trial/digest.js';
import { measureAlone } from './alone.js';
import { compareExecutors } from './compare.js';
import { Fork, type ForkExecutor, type ForkSetting } from './fork.js';
import type { Launcher } from './launcher.js';
import { type MachineTicks, machineLoadBetween, readMachineTicks } from './machine-load.js';
import type { Progress } from './progress.js';
import { allocateRounds, baseOrder, forkBudgetOf, orderOfRound, participates } from './rounds.js';
import { decideNextFork } from './stopping.js';
import { type ExecutorForks, summariseExecutor } from './summarise.js';
import { TrialTimer } from './trial-timer.js';
import { type DigestMismatch, judge } from './validity.js';

export interface ScenarioDeps {
  readonly seed: number;
  readonly cpuIterationsPerMs: number;
  /** Cores that workers may use: the machine's, capped by the cgroup. */
  readonly availableCores: number;
  readonly launcher: Launcher;
  readonly clock: Clock;
  readonly progress: Progress;
  readonly signal: AbortSignal;
  /** Called after each fork with what there is so far. */
  readonly onPartial: (result: ScenarioResult) => void;
}

/** What a trial takes beside its wall time: messages, percentiles, a turn of the loop watch. */
const TRIAL_OVERHEAD_MS = 25;

/**
 * Measures one scenario: a task alone, then forks until the stopping rule says so, each a cold trial and several warm
 * rounds of every executor.
 *
 * An abort, whenever it comes, ends it with the forks that were finished; `stoppedBy` says so.
 */
export class ScenarioRun {
  readonly #scenario: Scenario;
  readonly #deps: ScenarioDeps;
  readonly #startedMs: number;
  readonly #ticksBefore: MachineTicks | null = readMachineTicks();
  readonly #timer: TrialTimer;
  readonly #forks: ForkExecutor[][] = [];
  readonly #forkDurationsMs: number[] = [];
  readonly #mismatches: DigestMismatch[] = [];
  #alone: TaskAlone | null = null;
  /** Warm rounds a fork by executor; decided by the cold trials of the first fork. */
  #rounds: Readonly<Record<string, number>> | null = null;

  constructor(scenario: Scenario, deps: ScenarioDeps) {
    this.#scenario = scenario;
    this.#deps = deps;
    this.#startedMs = deps.clock.nowMs();
    this.#timer = new TrialTimer(
      scenario.executors.map(executor => executor.id),
      deps.signal,
    );
  }

  async run(): Promise<ScenarioResult> {
    const { seed, cpuIterationsPerMs, launcher, signal } = this.#deps;
    try {
      signal.throwIfAborted();
      this.#alone = await measureAlone(this.#scenario, { seed, cpuIterationsPerMs }, launcher);
      for (;;) {
        const decision = this.#decide();
        if (!decision.run) return this.#summarise(decision.reason);
        await this.#runFork(this.#forks.length);
        this.#deps.onPartial(this.#summarise('interrupted'));
      }
    } catch (error) {
      if (signal.aborted) return this.#summarise('interrupted');
      throw error;
    }
  }

  #decide() {
    const { comparisons } = this.#compare();
    const lost = this.#lostTwice();
    if (lost.size === this.#scenario.executors.length) return { run: false, reason: 'lost' } as const;
    return decideNextFork({
      measurement: this.#scenario.measurement,
      forksDone: this.#forks.length,
      halfWidthsLog: comparisons
        .filter(c => c.baseline === this.#scenario.baseline && !lost.has(c.executor) && !lost.has(c.baseline))
        .map(({ low, high }) => (low === null || high === null ? null : Math.log(high / low) / 2)),
      elapsedMs: this.#elapsedMs(),
      forkDurationsMs: this.#forkDurationsMs,
    });
  }

  async #runFork(number: number): Promise<void> {
    const { clock, seed, launcher, signal, cpuIterationsPerMs, progress } = this.#deps;
    const startedMs = clock.nowMs();
    const setting: ForkSetting = {
      scenario: this.#scenario,
      fork: number,
      seed,
      cpuIterationsPerMs,
      launcher,
      signal,
    };
    await using fork = await Fork.start(setting);
    this.#forks.push([]);
    const order = baseOrder(
      this.#scenario.executors.map(executor => executor.id),
      seed,
      number,
    );
    const startUpMs = clock.nowMs() - startedMs;
    try {
      await this.#runRound(fork, order, 0);
      this.#findMismatches(fork.results(), number);
      this.#rounds ??= this.#allocate(fork.results(), startUpMs);
      const rounds = Math.max(0, ...Object.values(this.#rounds));
      for (let round = 1; round <= rounds; round++) await this.#runRound(fork, order, round);
    } finally {
      this.#forks[number] = fork.results();
    }
    this.#forkDurationsMs.push(clock.nowMs() - startedMs);
    progress.forkFinished({
      scenario: this.#scenario,
      fork: number + 1,
      ofForks: this.#ofForks(),
      elapsedMs: this.#elapsedMs(),
      standing: this.#standing(),
    });
  }

  async #runRound(fork: Fork, order: readonly string[], round: number): Promise<void> {
    const ofRounds = this.#scenario.measurement.rounds;
    let position = 0;
    for (const id of orderOfRound(order, round)) {
      if (fork.isLost(id) || !participates(round, this.#rounds?.[id] ?? ofRounds, ofRounds)) continue;
      this.#deps.signal.throwIfAborted();
      const place = position++;
      const result = await this.#timer.run(id, () => fork.trial(id, round, place));
      this.#deps.progress.trialFinished({
        scenario: this.#scenario,
        fork: this.#forks.length,
        ofForks: this.#ofForks(),
        round,
        ofRounds,
        executorId: id,
        throughputPerSecond: result.state === 'measured' ? result.throughputPerSecond : null,
      });
    }
  }

  #allocate(results: readonly ForkExecutor[], startUpMs: number): Record<string, number> {
    const { measurement } = this.#scenario;
    const coldWallMs = Object.fromEntries(
      results.flatMap(({ id, trials }) => {
        const cold = trials.find(trial => trial.cold);
        return cold?.state === 'measured' ? [[id, cold.wallMs]] : [];
      }),
    );
    return allocateRounds({
      coldWallMs,
      startUpMs,
      overheadMs: TRIAL_OVERHEAD_MS,
      rounds: measurement.rounds,
      forkBudgetMs: forkBudgetOf(measurement),
    });
  }

  /** Every executor's cold results against those of the first that has some. */
  #findMismatches(results: readonly ForkExecutor[], fork: number): void {
    const digested = results.filter(result => result.digests !== null);
    const reference = digested[0];
    for (const result of digested.slice(1)) {
      const { different, compared, firstIndex } = compareDigests(reference!.digests!, result.digests!);
      if (different > 0)
        this.#mismatches.push({
          executor: result.id,
          other: reference!.id,
          fork,
          different,
          compared,
          firstIndex,
        });
    }
  }

  /** Lost in the two latest forks: trying again would only cost time. */
  #lostTwice(): Set<string> {
    const latest = this.#forks.slice(-2);
    const isLost = (id: string) =>
      latest.length === 2 &&
      latest.every(fork =>
        fork.find(result => result.id === id)?.trials.some(trial => trial.state === 'lost'),
      );
    return new Set(this.#scenario.executors.map(executor => executor.id).filter(isLost));
  }

  get #confidence(): Confidence {
    return this.#scenario.measurement.forks === null ? 'stopping' : 'fixed';
  }

  /** Forks that were not finished count only when there is no other: they are no whole units. */
  #executorForks(): ExecutorForks[] {
    const finished = this.#forks.slice(0, Math.max(1, this.#forkDurationsMs.length));
    return this.#scenario.executors.map(variant => ({
      variant,
      coldOnly: this.#rounds?.[variant.id] === 0,
      forks: finished.map(fork => fork.find(result => result.id === variant.id) ?? notRun(variant.id)),
    }));
  }

  #compare() {
    return compareExecutors(this.#executorForks(), this.#scenario.baseline, this.#confidence);
  }

  #standing() {
    const { comparisons } = this.#compare();
    const { baseline } = this.#scenario;
    return this.#executorForks()
      .map(executor => summariseExecutor(this.#scenario, executor, null, 1, this.#confidence))
      .map(({ id, throughputPerSecond }) => ({
        id,
        throughputPerSecond: throughputPerSecond.median,
        ratio: comparisons.find(c => c.executor === id && c.baseline === baseline)?.ratio ?? null,
      }))
      .sort((a, b) => (b.throughputPerSecond ?? 0) - (a.throughputPerSecond ?? 0));
  }

  #ofForks(): number {
    return this.#scenario.measurement.forks ?? this.#scenario.measurement.maxForks;
  }

  #elapsedMs(): number {
    return this.#deps.clock.nowMs() - this.#startedMs;
  }

  #summarise(stoppedBy: StopReason): ScenarioResult {
    const scenario = this.#scenario;
    const forks = this.#executorForks();
    const executors = forks.map(executor =>
      summariseExecutor(scenario, executor, this.#alone, this.#deps.availableCores, this.#confidence),
    );
    const { comparisons, winner, droppedRounds } = this.#compare();
    const load = machineLoadBetween(this.#ticksBefore, readMachineTicks());
    const { name, id, title, workload, params, tasks, inFlight, axis, baseline } = scenario;
    return {
      name,
      id,
      title,
      workload: workload.name,
      kind: workload.kind,
      params,
      tasks,
      load: scenario.load,
      inFlight,
      axis,
      baseline,
      validity: judge({
        scenario,
        executors,
        mismatches: this.#mismatches,
        stoppedBy,
        comparisons,
        outsideShare: load?.outsideShare ?? null,
        stealShare: load?.stealShare ?? null,
      }),
      warnings: [...scenario.planWarnings, ...warningsOf(forks, droppedRounds)],
      stoppedBy,
      elapsedMs: this.#elapsedMs(),
      alone: this.#alone,
      winner,
      executors,
      comparisons,
    };
  }
}

function notRun(id: string): ForkExecutor {
  return { id, startupMs: null, trials: [], histograms: [], digests: null, examples: [] };
}

function warningsOf(executors: readonly ExecutorForks[], droppedRounds: number): Warning[] {
  const warnings: Warning[] = [];
  for (const { variant, forks } of executors) {
    const lost = forks.flatMap(fork => fork.trials).filter(trial => trial.state === 'lost');
    if (lost[0]?.state === 'lost')
      warnings.push({ code: 'lost', message: `${variant.id}: ${lost.length} lost, ${lost[0].reason}` });
    const seen = new Set<string>();
    for (const { kind, message } of forks.flatMap(fork => fork.examples)) {
      if (seen.has(kind)) continue;
      seen.add(kind);
      warnings.push({
        code: 'failed-tasks',
        message: `${variant.id}: failed tasks (${kind}), e.g. ${message}`,
      });
    }
  }
  if (droppedRounds > 0)
    warnings.push({
      code: 'dropped-rounds',
      message: `${droppedRounds} trials do not count (lost, or their counts disagree), and their rounds were left out of the ratios`,
    });
  return warnings;
}
