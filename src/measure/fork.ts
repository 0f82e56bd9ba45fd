import { scenarioFor } from '../analysis/alternatives.js';
import { requestFaults } from '../analysis/conservation.js';
import { WorkerLost } from '../errors.js';
import type { Launcher } from '../hosts/launcher.js';
import { createRandom, hash32, shuffle } from '../random.js';
import type {
  ExecutorForkResult,
  LostTrial,
  MeasuredTrial,
  Scenario,
  TrialResult,
  WarmedUp,
} from '../schema/index.js';
import { median } from '../stats/quantile.js';
import type { TrialOutput, TrialSpec } from '../trial/trial.js';
import type { WarmUpAim } from '../trial/warm-up.js';
import { type ExecutorInFork, executorsInFork, type ForkHost } from './fork-executor.js';
import { ForkOrigin } from './fork-origin.js';
import { traceFrom } from './recorded-trace.js';
import type { RemoteAccess } from './remote-access.js';
import { compareColdResults } from './result-differences.js';
import { type RunEnv, type StartedVariant, startMessageOf } from './start-message.js';
import { saltOf, trialLimitMs, trialSpecOf, unrecordedSpecOf } from './trial-spec.js';

export interface ForkSetting {
  readonly scenario: Scenario;
  /** From 0. */
  readonly fork: number;
  readonly seed: number;
  readonly cpuIterationsPerMs: number;
  setupOf?(moduleUrl: string): unknown;
  brokerOf?: RunEnv['brokerOf'];
  readonly access?: RemoteAccess | undefined;
  readonly launcher: Launcher;
  readonly signal: AbortSignal;
  /** Executors whose trials are long enough for Little's law to be checked in them: more of them as they are seen. */
  readonly long: ReadonlySet<string>;
}

type TrialPlace = Omit<LostTrial, 'state' | 'during' | 'loss'>;

/** Where a trial stands, and how many times its batch is run. */
export type TrialPlan = Pick<TrialPlace, 'round' | 'position'> & { readonly repeats: number };

/** What is left to a host beyond its limit. */
const WARM_UP_GRACE_MS = 30_000;

/**
 * Fresh processes for every executor and the origin, and the trials that run in them, one at a time.
 *
 * A lost executor is out for the rest of the fork; a lost origin is replaced under the same address, so that only the
 * trial it died in is lost.
 */
export class Fork implements AsyncDisposable {
  /** From 0. */
  readonly number: number;
  readonly #setting: ForkSetting;
  readonly #executors: ReadonlyMap<string, ExecutorInFork>;
  readonly #origin: ForkOrigin;

  private constructor(setting: ForkSetting) {
    const { scenario, fork, seed, launcher } = setting;
    this.number = fork;
    this.#setting = setting;
    this.#executors = new Map(executorsInFork(scenario).map(executor => [executor.variant.id, executor]));
    this.#origin = new ForkOrigin(scenario.origin, seed, launcher);
  }

  static async start(setting: ForkSetting): Promise<Fork> {
    const fork = new Fork(setting);
    try {
      await fork.#origin.ensure();
      await fork.#startHosts();
      return fork;
    } catch (error) {
      await fork[Symbol.asyncDispose]();
      throw error;
    }
  }

  results(): ExecutorForkResult[] {
    return [...this.#executors.values()].map(({ result }) => result);
  }

  isLost(id: string): boolean {
    return this.#executors.get(id)!.host.process === null;
  }

  /** Who has a host of its own, or is the one that others share: it has the cold trial, and is warmed. */
  isFirst(id: string): boolean {
    return this.#executors.get(id)!.isFirst;
  }

  get #hosts(): ForkHost[] {
    return [...new Set([...this.#executors.values()].map(({ host }) => host))];
  }

  #servedBy(host: ForkHost): ExecutorInFork[] {
    return [...this.#executors.values()].filter(executor => executor.host === host);
  }

  /** Runs one trial and records it, lost or measured. */
  async trial(id: string, { round, position, repeats }: TrialPlan): Promise<TrialResult> {
    const executor = this.#executors.get(id)!;
    const place = { fork: this.number, round, position, cold: round === 0 };
    const result = await this.#measure(executor, place, repeats).catch(error =>
      lostTrial(error, place, 'trial'),
    );
    // What an abort did to a trial is not a result.
    this.#setting.signal.throwIfAborted();
    executor.result.trials.push(result);
    if (place.cold) await compareColdResults([...this.#executors.values()], this.#setting.scenario.workload);
    return result;
  }

  /** Wall time of its cold trial, ms; null where that was lost. */
  coldWallMs(id: string): number | null {
    const cold = this.#executors.get(id)!.result.trials.at(-1);
    return cold?.state === 'measured' ? cold.wallMs : null;
  }

  /** Whether a cold trial had results that cannot be sent: alike for all, as looking costs. */
  #hasUnsendable(): boolean {
    const trials = this.results().flatMap(result => result.trials);
    return trials.some(trial => trial.state === 'measured' && 'uncloneable' in trial.outcomes.failed);
  }

  /**
   * Runs the tasks unrecorded until the aim is reached: code is still being optimised and connections opened, and rounds
   * would drift. A loss in it is recorded like any other.
   *
   * @returns null for a lost executor
   */
  async warmUp(id: string, aim: WarmUpAim): Promise<WarmedUp | null> {
    const { scenario, seed, signal } = this.#setting;
    signal.throwIfAborted();
    const executor = this.#executors.get(id)!;
    if (executor.host.process === null) return null;
    try {
      const salt = saltOf(seed, 'warm-up', this.number);
      await this.#origin.begin(salt);
      const spec = {
        ...unrecordedSpecOf(scenario, salt),
        looks: this.#hasUnsendable(),
        ...limitOf(executor),
      };
      const limitMs = aim.mostMs + trialLimitMs(spec, executor.variant) + WARM_UP_GRACE_MS;
      const warmedUp = await executor.host.ask(host => host.warmUp(spec, aim, limitMs));
      signal.throwIfAborted();
      executor.result.warmedUp ??= warmedUp;
      return warmedUp;
    } catch (error) {
      signal.throwIfAborted();
      const place = { fork: this.number, round: 0, position: 0, cold: false };
      executor.result.trials.push(lostTrial(error, place, 'warm-up'));
      return null;
    }
  }

  /**
   * One more trial, in which all tasks are recorded: for people to look at, and in no figure. Nor is its loss.
   *
   * @param round the one that it would be
   */
  async record(id: string, round: number): Promise<void> {
    const executor = this.#executors.get(id)!;
    if (executor.host.process === null) return;
    const place = { fork: this.number, round, position: 0, cold: false };
    try {
      const output = await this.#run(executor, place, { repeats: 1, trace: 'columns' });
      executor.result.trace = traceFrom(output);
    } catch (error) {
      // What was measured before an abort is whole.
      if (!this.#setting.signal.aborted && !(error instanceof WorkerLost)) throw error;
    }
  }

  /** What another fork has recorded of it. */
  adoptTrace(id: string, other: Fork): void {
    this.#executors.get(id)!.result.trace = other.#executors.get(id)!.result.trace;
  }

  /** Wall time of a batch in a typical trial so far, ms: a warm one where there is any; null: all were lost. */
  typicalWallMs(id: string): number | null {
    return median(this.#typicalTrials(id).map(({ wallMs, batches }) => wallMs / batches));
  }

  /** Tasks that such a batch completed; null: all were lost. */
  typicalCompleted(id: string): number | null {
    const completed = this.#typicalTrials(id).map(({ outcomes, batches }) => outcomes.completed / batches);
    const tasks = median(completed);
    return tasks === null ? null : Math.floor(tasks);
  }

  #typicalTrials(id: string): MeasuredTrial[] {
    const measured = this.#executors.get(id)!.result.trials.filter(trial => trial.state === 'measured');
    const warm = measured.filter(({ cold }) => !cold);
    return warm.length > 0 ? warm : measured;
  }

  async #measure(executor: ExecutorInFork, place: TrialPlace, repeats: number): Promise<MeasuredTrial> {
    const { scenario } = this.#setting;
    const { variant, result } = executor;
    const { cold } = place;
    // Of who has no warm trial the cold one is shown: it keeps all results anyway.
    const isKept = scenario.timeline && scenario.load.kind !== 'duration' && this.number === 0;
    const trace = isKept && cold ? 'columns' : false;
    const output = await this.#run(executor, place, { repeats, trace });
    const origin = await this.#origin.counters();
    result.histograms.push(output.histograms);
    result.examples.push(...output.examples);
    if (cold) result.digests = output.digests;
    if (trace !== false) result.trace = traceFrom(output);
    const faults = [
      ...output.faults,
      ...requestFaults(scenarioFor(scenario, variant), output.figures, origin),
    ];
    return { state: 'measured', ...place, ...output.figures, origin, faults };
  }

  async #run(
    executor: ExecutorInFork,
    { fork, round, cold }: TrialPlace,
    { repeats, trace }: Pick<TrialSpec, 'repeats' | 'trace'>,
  ): Promise<TrialOutput> {
    const { scenario, seed, long } = this.#setting;
    const { variant } = executor;
    const arrivalsSeed = saltOf(seed, 'arrivals', fork, round);
    const isLong = long.has(variant.id);
    // What other processes count in their own memory, no thread of the host can sample.
    const gauge = isLong && variant.capabilities.sharesMemory;
    const asked = trialSpecOf(scenario, { cold, arrivalsSeed, gauge, trace, repeats });
    // Other machines are sent what figures are made of, and no more.
    const leadIn = !cold && scenario.origin === null && scenario.remote === undefined && !isLong;
    const spec = { ...asked, leadIn, looks: this.#hasUnsendable(), ...limitOf(executor) };
    await this.#origin.begin(saltOf(seed, 'trial', fork, round));
    return executor.host.ask(host => host.trial(spec, trialLimitMs(spec, variant)));
  }

  /** All processes boot at once; then each executor starts alone, so that its start-up is its own. */
  async #startHosts(): Promise<void> {
    const { seed, launcher, signal } = this.#setting;
    const random = createRandom(hash32(seed, 'start', this.number));
    const hosts = shuffle(this.#hosts, random);
    await Promise.all(hosts.map(host => this.#orLost(host, () => host.boot(launcher))));
    for (const host of hosts) {
      signal.throwIfAborted();
      if (host.process !== null) await this.#orLost(host, () => this.#startExecutor(host));
    }
  }

  async #startExecutor(host: ForkHost): Promise<void> {
    const { scenario, seed, cpuIterationsPerMs, access } = this.#setting;
    const workloadSeed = saltOf(seed, 'workload', this.number);
    const setupOf = (moduleUrl: string) => this.#setting.setupOf?.(moduleUrl);
    const brokerOf = (variant: StartedVariant) => this.#setting.brokerOf?.(variant);
    const own = { originUrl: this.#origin.url, seed: workloadSeed };
    const env = { ...own, cpuIterationsPerMs, setupOf, brokerOf, access };
    const message = startMessageOf(scenario, host.variant, env);
    const startupMs = await host.ask(process => process.start(message));
    for (const { result } of this.#servedBy(host)) result.startupMs = startupMs;
  }

  /** What dies on its way to the first trial is lost for this fork, and for nobody else. */
  async #orLost(host: ForkHost, step: () => Promise<void>): Promise<void> {
    try {
      await step();
    } catch (error) {
      const place = { fork: this.number, round: 0, position: 0, cold: true };
      const lost = lostTrial(error, place, 'start');
      for (const { result } of this.#servedBy(host)) result.trials.push(lost);
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await Promise.all(this.#hosts.map(host => host[Symbol.asyncDispose]()));
    // The hosts first: their sockets would keep the origin waiting.
    await this.#origin[Symbol.asyncDispose]();
  }
}

/** What a batch is told where its host was started for more. */
function limitOf({ isFirst, variant }: ExecutorInFork): Pick<TrialSpec, 'inFlight'> {
  return isFirst ? {} : { inFlight: variant.inFlight };
}

function lostTrial(error: unknown, place: TrialPlace, during: LostTrial['during']): LostTrial {
  if (!(error instanceof WorkerLost)) throw error;
  return { state: 'lost', ...place, during, loss: error.loss };
}
