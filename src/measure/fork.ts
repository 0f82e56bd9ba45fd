import { requestFaults } from '../analysis/conservation.js';
import { WorkerLost } from '../errors.js';
import type { Host, Launcher } from '../hosts/launcher.js';
import { createRandom, hash32, shuffle } from '../random.js';
import type {
  ExecutorForkResult,
  ExecutorVariant,
  LostTrial,
  MeasuredTrial,
  Scenario,
  TrialResult,
  WarmedUp,
} from '../schema/index.js';
import type { WarmUpAim } from '../trial/warm-up.js';
import { loadWorkloadModule } from '../workloads/registry.js';
import { ForkOrigin } from './fork-origin.js';
import { differenceOf } from './result-differences.js';
import { startMessageOf } from './start-message.js';
import { saltOf, trialLimitMs, trialSpecOf, unrecordedSpecOf } from './trial-spec.js';

export interface ForkSetting {
  readonly scenario: Scenario;
  /** From 0. */
  readonly fork: number;
  readonly seed: number;
  readonly cpuIterationsPerMs: number;
  readonly launcher: Launcher;
  readonly signal: AbortSignal;
  /** Whether an executor's trials are long enough for Little's law to be checked in them. */
  isLong(id: string): boolean;
}

/** Where a trial stands, and how long it is. */
export interface TrialPlan {
  readonly round: number;
  /** Within the round, from 0. */
  readonly position: number;
  /** How many times its batch is run. */
  readonly repeats: number;
}

/** One executor in a fork: its host, and what came of it. */
interface Entry extends ForkFigures {
  readonly variant: ExecutorVariant;
  host: Host | null;
}

/** An executor's result while it grows. */
type ForkFigures = {
  -readonly [Key in keyof Omit<ExecutorForkResult, Lists | 'id'>]: ExecutorForkResult[Key];
} & {
  readonly [Key in Lists]: ExecutorForkResult[Key][number][];
};
type Lists = 'trials' | 'histograms' | 'examples';

/** What is left to a host beyond its limit. */
const WARM_UP_GRACE_MS = 30_000;

/**
 * Fresh processes for every executor and the origin, and the trials that run in them, one at a time.
 *
 * A lost executor is out for the rest of the fork; a lost origin is replaced under the same address, so that only the
 * trial it died in is lost.
 */
export class Fork implements AsyncDisposable {
  readonly #setting: ForkSetting;
  readonly #entries = new Map<string, Entry>();
  readonly #origin: ForkOrigin;

  private constructor(setting: ForkSetting) {
    this.#setting = setting;
    const { scenario, seed, launcher } = setting;
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
    return this.#setting.scenario.executors.flatMap(({ id }) => {
      const entry = this.#entries.get(id);
      return entry === undefined ? [] : [{ id, ...entry }];
    });
  }

  isLost(id: string): boolean {
    return this.#entries.get(id)?.host === null;
  }

  /** Runs one trial and records it, lost or measured. */
  async trial(id: string, { round, position, repeats }: TrialPlan): Promise<TrialResult> {
    const entry = this.#entries.get(id)!;
    const cold = round === 0;
    const place = { fork: this.#setting.fork, round, position, cold };
    let result: TrialResult;
    try {
      result = { state: 'measured', ...place, ...(await this.#measure(entry, round, repeats)) };
    } catch (error) {
      result = lostTrial(error, place);
    }
    // What an abort did to a trial is not a result.
    this.#setting.signal.throwIfAborted();
    entry.trials.push(result);
    if (cold) await this.#compareColdResults();
    return result;
  }

  /** Wall time of its cold trial, ms; null where that was lost. */
  coldWallMs(id: string): number | null {
    const cold = this.#entries.get(id)!.trials.at(-1);
    return cold?.state === 'measured' ? cold.wallMs : null;
  }

  /** Whether a cold trial had results that cannot be sent: alike for all, as looking costs. */
  #hasUnsendable(): boolean {
    const trials = [...this.#entries.values()].flatMap(entry => entry.trials);
    return trials.some(trial => trial.state === 'measured' && 'uncloneable' in trial.outcomes.failed);
  }

  /** Once all have had their cold trial: until the next one hosts hold the results of it. */
  async #compareColdResults(): Promise<void> {
    const entries = this.#setting.scenario.executors.map(({ id }) => this.#entries.get(id)!);
    if (entries.some(({ trials }) => trials.length === 0)) return;
    const [reference, ...others] = entries.flatMap(entry => {
      const { digests, host, variant } = entry;
      return digests === null ? [] : [{ entry, id: variant.id, digests, host }];
    });
    if (reference === undefined) return;
    const { resultsCompared, moduleUrl } = this.#setting.scenario.workload;
    const workload = resultsCompared === 'sameResult' ? await loadWorkloadModule(moduleUrl) : null;
    for (const other of others) {
      const sameResult = workload?.sameResult?.bind(workload) ?? null;
      // A host that is lost over this is found out in its next trial.
      other.entry.difference = await differenceOf(other, reference, sameResult).catch(() => undefined);
    }
  }

  /**
   * Runs the tasks unrecorded until the aim is reached: code is still being optimised and connections opened, and rounds
   * would drift. A loss in it is recorded like any other.
   *
   * @returns null for a lost executor
   */
  async warmUp(id: string, aim: WarmUpAim): Promise<WarmedUp | null> {
    const { scenario, fork, seed, signal } = this.#setting;
    const entry = this.#entries.get(id)!;
    if (entry.host === null) return null;
    try {
      const salt = saltOf(seed, 'warm-up', fork);
      await this.#origin.begin(salt);
      const spec = { ...unrecordedSpecOf(scenario, salt), looks: this.#hasUnsendable() };
      const limitMs = aim.mostMs + trialLimitMs(spec, entry.variant) + WARM_UP_GRACE_MS;
      const warmedUp = await this.#onHost(entry, host => host.warmUp(spec, aim, limitMs));
      entry.warmedUp ??= warmedUp;
      return warmedUp;
    } catch (error) {
      signal.throwIfAborted();
      entry.trials.push(lostTrial(error, { fork, round: 0, position: 0, cold: false }));
      return null;
    }
  }

  async #measure(
    entry: Entry,
    round: number,
    repeats: number,
  ): Promise<Omit<MeasuredTrial, keyof TrialPlaceKeys>> {
    const { scenario, seed, fork, isLong } = this.#setting;
    const cold = round === 0;
    const arrivalsSeed = saltOf(seed, 'arrivals', fork, round);
    // What other processes count in their own memory, no thread of the host can sample.
    const gauge = isLong(entry.variant.id) && entry.variant.capabilities.sharesMemory;
    // A warm trial, or the cold one of an executor that has no other.
    const trace = scenario.timeline && fork === 0 && round <= 1;
    const asked = trialSpecOf(scenario, { cold, arrivalsSeed, gauge, trace, repeats });
    const leadIn = !cold && scenario.origin === null && !isLong(entry.variant.id);
    const spec = { ...asked, leadIn, looks: this.#hasUnsendable() };
    await this.#origin.begin(saltOf(seed, 'trial', fork, round));
    const output = await this.#onHost(entry, host => host.trial(spec, trialLimitMs(spec, entry.variant)));
    const origin = await this.#origin.counters();
    entry.histograms.push(output.histograms);
    entry.examples.push(...output.examples);
    if (cold) entry.digests = output.digests;
    entry.trace = output.trace ?? entry.trace;
    const faults = [...output.faults, ...requestFaults(scenario, output.figures, origin)];
    return { ...output.figures, origin, faults };
  }

  /** Whoever fails at something is of no more use in this fork. */
  async #onHost<T>(entry: Entry, work: (host: Host) => Promise<T>): Promise<T> {
    if (entry.host === null) throw new WorkerLost('its host was lost before');
    try {
      return await work(entry.host);
    } catch (error) {
      await entry.host[Symbol.asyncDispose]();
      entry.host = null;
      throw error;
    }
  }

  /** All processes boot at once; then each executor starts alone, so that its start-up is its own. */
  async #startHosts(): Promise<void> {
    const { scenario, fork, seed, launcher, signal } = this.#setting;
    const order = shuffle(scenario.executors, createRandom(hash32(seed, 'start', fork)));
    const entries = order.map((variant): Entry => ({ variant, host: null, ...nothingYet() }));
    for (const entry of entries) this.#entries.set(entry.variant.id, entry);
    await Promise.all(
      entries.map(entry =>
        this.#orLost(entry, async () => {
          entry.host = await launcher.startHost({ uvThreads: entry.variant.uvThreads });
        }),
      ),
    );
    for (const entry of entries) {
      signal.throwIfAborted();
      await this.#orLost(entry, () => this.#startExecutor(entry));
    }
  }

  async #startExecutor(entry: Entry): Promise<void> {
    if (entry.host === null) return;
    const { scenario, seed, fork, cpuIterationsPerMs } = this.#setting;
    const workloadSeed = saltOf(seed, 'workload', fork);
    const env = { originUrl: this.#origin.url, seed: workloadSeed, cpuIterationsPerMs };
    entry.startupMs = await entry.host.start(startMessageOf(scenario, entry.variant, env));
  }

  /** What dies on its way to the first trial is lost for this fork, and for nobody else. */
  async #orLost(entry: Entry, step: () => Promise<void>): Promise<void> {
    try {
      await step();
    } catch (error) {
      const place = { fork: this.#setting.fork, round: 0, position: 0, cold: true };
      const lost = lostTrial(error, place);
      await entry.host?.[Symbol.asyncDispose]();
      entry.host = null;
      entry.trials.push({ ...lost, reason: `did not start: ${lost.reason}` });
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    const hosts = [...this.#entries.values()].map(entry => entry.host?.[Symbol.asyncDispose]());
    await Promise.all(hosts);
    // The hosts first: their sockets would keep the origin waiting.
    await this.#origin[Symbol.asyncDispose]();
  }
}

/** Of an executor that the fork does not run. */
export function notRun(id: string): ExecutorForkResult {
  return { id, ...nothingYet() };
}

function nothingYet(): ForkFigures {
  return {
    startupMs: null,
    trials: [],
    histograms: [],
    digests: null,
    examples: [],
    trace: null,
    warmedUp: null,
  };
}

type TrialPlaceKeys = Pick<MeasuredTrial, 'state' | 'fork' | 'round' | 'position' | 'cold'>;

function lostTrial(error: unknown, place: Omit<LostTrial, 'state' | 'reason'>): LostTrial {
  if (!(error instanceof WorkerLost)) throw error;
  return { state: 'lost', ...place, reason: error.message };
}
