import { isAnswer } from '../alternatives.js';
import { summariseArrivals } from '../analysis/arrivals.js';
import { typicalThroughput } from '../analysis/bounds.js';
import { type Comparisons, compareExecutors } from '../analysis/compare.js';
import { allCounted, type ExecutorHistory } from '../analysis/history.js';
import { loadRulesOf } from '../analysis/load-rules.js';
import { halfWidthLogOf } from '../analysis/precision.js';
import { unfitOf } from '../analysis/unfit.js';
import type { RemoteTotalReached } from '../errors.js';
import type {
  Comparison,
  DigestMismatch,
  ExecutorForkResult,
  ExecutorVariant,
  HalfDone,
  Loss,
  Measurement,
  RatioOf,
  Scenario,
} from '../schema/index.js';
import type { Confidence } from '../stats/comparison.js';
import { SAMPLES_FOR_P99 } from '../stats/quantile.js';
import type { RankedExecutor } from './events.js';
import { emptyResult } from './fork-executor.js';
import { mismatchesOf } from './result-differences.js';
import type { RoundPlan } from './round-plan.js';
import { budgetsOf, ScenarioPart } from './scenario-part.js';

/** What a scenario has measured so far, and what follows from it. Reads no clock and starts nothing. */
export class ScenarioRecord {
  readonly scenario: Scenario;
  /** One, or one for each alternative. */
  readonly parts: readonly ScenarioPart[];
  /** Null until the first fork has decided it. */
  roundPlan: RoundPlan | null = null;
  /** Why the scenario could not go on; null while it can. */
  lostBecause: Loss | null = null;
  /** Requests to other machines that had been sent when no more could be; null while they can. */
  totalReached: Pick<RemoteTotalReached, 'sent' | 'total'> | null = null;
  /** Executors whose trials would take too long, with how long, ms. */
  leftOut: ReadonlyMap<string, number> = new Map();
  readonly forkDurationsMs: number[] = [];
  /** The last one may be unfinished. */
  readonly #forks: (readonly ExecutorForkResult[])[] = [];
  readonly mismatches: DigestMismatch[] = [];
  #unfitCache: { readonly at: string; readonly unfit: ReadonlySet<string> } = { at: '', unfit: new Set() };

  /** @param halfDone forks of the same scenario that were run before */
  constructor(scenario: Scenario, halfDone?: HalfDone) {
    this.scenario = scenario;
    this.parts = ScenarioPart.of(scenario);
    for (const fork of halfDone?.forks ?? [])
      this.addFork(fork.map(result => ({ ...result, digests: null })));
    this.forkDurationsMs.push(...(halfDone?.durationsMs ?? []));
  }

  /** Its whole forks, for who goes on with them; null: results differ, which is found out in their processes alone. */
  halfDone(): HalfDone | null {
    if (this.mismatches.length > 0) return null;
    const forks = this.#forks.slice(0, this.forksDone);
    return {
      forks: forks.map(fork =>
        fork.map(({ digests: _digests, difference: _difference, ...result }) => result),
      ),
      durationsMs: [...this.forkDurationsMs],
    };
  }

  get forksDone(): number {
    return this.forkDurationsMs.length;
  }

  /** With the budget that there is: warming may have had more. */
  get measurement(): Measurement {
    return { ...this.scenario.measurement, budgetMs: budgetsOf(this.parts).budgetMs };
  }

  /** Those that are run. */
  get active(): readonly ExecutorVariant[] {
    const repeatedlyLost = this.repeatedlyLost();
    return this.scenario.executors.filter(({ id }) => !this.leftOut.has(id) && !repeatedlyLost.has(id));
  }

  /** The planned one; where that is not run (any more) or INVALID the first that is fit; at a rate that this one cannot keep up with, the first that can: it has a latency. */
  get baseline(): string {
    const { baseline } = this.scenario;
    if (this.repeatedlyLost().has(baseline)) return this.active[0]?.id ?? baseline;
    const executors = this.#comparable();
    const planned = executors.find(({ variant }) => variant.id === baseline);
    if (planned !== undefined && !isOverloaded(planned)) return baseline;
    const keepsUp = executors.find(executor => !isOverloaded(executor) && allCounted(executor).length > 0);
    const instead = keepsUp ?? planned ?? executors[0];
    return instead?.variant.id ?? baseline;
  }

  addFork(results: readonly ExecutorForkResult[]): void {
    this.mismatches.push(...mismatchesOf(results, this.scenario.executors, this.#forks.length));
    this.#forks.push(results);
  }

  /** Executors lost in two forks running: they are not started a third time. Later forks, which they are not in, change nothing of it. */
  repeatedlyLost(): Set<string> {
    const isLostIn = (fork: readonly ExecutorForkResult[] | undefined, id: string) =>
      fork?.find(result => result.id === id)?.trials.some(trial => trial.state === 'lost') === true;
    const isLost = (id: string) =>
      this.#forks.some((fork, at) => isLostIn(fork, id) && isLostIn(this.#forks[at + 1], id));
    return new Set(this.scenario.executors.map(executor => executor.id).filter(isLost));
  }

  /** A fork was run, and no task of any executor was completed in any. */
  get completesNothing(): boolean {
    const trials = this.#forks.flat().flatMap(result => result.trials);
    const measured = trials.filter(trial => trial.state === 'measured');
    return measured.length > 0 && measured.every(({ outcomes }) => outcomes.completed === 0);
  }

  /** Those that no further fork makes more precise. */
  withoutInterval(): ReadonlySet<string> {
    return new Set([...this.repeatedlyLost(), ...this.#overloaded()]);
  }

  /** Half-widths of ln(ratio) to the baseline, of the executors that can still get one. */
  halfWidthsLog(): (number | null)[] {
    const without = this.withoutInterval();
    const baseline = this.baseline;
    return this.compare()
      .comparisons.filter(c => isAnswer(c, this.scenario.executors, baseline))
      .filter(c => !without.has(c.executor) && !without.has(c.baseline))
      .map(halfWidthLogOf);
  }

  /** Fastest first. */
  ranking(): RankedExecutor[] {
    const { comparisons } = this.compare();
    const baseline = this.baseline;
    const ratioOf = (id: string) =>
      comparisons.find(c => c.executor === id && c.baseline === baseline)?.ratio ?? null;
    return this.executorForks()
      .map(executor => ({
        id: executor.variant.id,
        tasksPerSecond: typicalThroughput(executor),
        ratio: executor.variant.id === baseline ? 1 : ratioOf(executor.variant.id),
      }))
      .sort((a, b) => (b.tasksPerSecond ?? 0) - (a.tasksPerSecond ?? 0));
  }

  /** The first trials of fresh processes, in the forks that were finished. */
  compareCold(): readonly Comparison[] {
    if (loadRulesOf(this.scenario).plannedTrialMs !== null) return [];
    const cold = this.#comparable().map(executor => ({ ...executor, coldOnly: true }));
    return this.#compared(cold).comparisons;
  }

  get confidence(): Confidence {
    return this.scenario.measurement.forks === null ? 'stopping' : 'fixed';
  }

  /** A fork that was not finished counts only when there is no other: it is no whole unit. */
  executorForks(): ExecutorHistory[] {
    const counted = this.#forks.slice(0, Math.max(1, this.forksDone));
    return this.scenario.executors.map(variant => ({
      variant,
      coldOnly: this.roundPlan?.rounds[variant.id] === 0,
      forks: counted.map(fork => fork.find(result => result.id === variant.id) ?? emptyResult(variant.id)),
    }));
  }

  /** Where tasks come at a given rate executors differ in latency, not in throughput. Decided before any result. */
  #ratioOf(): RatioOf {
    const { tasks, measurement, executors } = this.scenario;
    if (loadRulesOf(this.scenario).compared === 'throughput') return 'throughput';
    const rounds = executors.map(({ id }) => Math.max(1, this.roundPlan?.rounds[id] ?? measurement.rounds));
    return tasks! * Math.min(...rounds) >= SAMPLES_FOR_P99 ? 'p99 latency' : 'p50 latency';
  }

  /** Executors without a latency that could become more precise. */
  #overloaded(): Set<string> {
    const overloaded = this.executorForks().filter(isOverloaded);
    return new Set(overloaded.map(({ variant }) => variant.id));
  }

  /** Those that are run, without the INVALID ones that others can do without. */
  #comparable(): ExecutorHistory[] {
    const forks = this.executorForks();
    const unfit = this.#unfit(forks);
    return forks.filter(({ variant: { id } }) => !this.leftOut.has(id) && !unfit.has(id));
  }

  /** Made once a fork: it sums up every trial. */
  #unfit(forks: readonly ExecutorHistory[]): ReadonlySet<string> {
    const at = `${this.#forks.length} ${this.forksDone}`;
    if (this.#unfitCache.at !== at)
      this.#unfitCache = { at, unfit: unfitOf(this.scenario, forks, this.mismatches, this.confidence) };
    return this.#unfitCache.unfit;
  }

  compare(): Comparisons {
    return this.#compared(this.#comparable());
  }

  #compared(executors: readonly ExecutorHistory[]): Comparisons {
    const { measurement } = this.scenario;
    return compareExecutors(executors, {
      baseline: this.baseline,
      confidence: this.confidence,
      of: this.#ratioOf(),
      equivalence: measurement.equivalence,
      overloaded: this.#overloaded(),
    });
  }
}

function isOverloaded(executor: ExecutorHistory): boolean {
  return summariseArrivals(allCounted(executor), [])?.overloaded === true;
}
