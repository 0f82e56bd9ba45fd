import { scaledParts } from '../analysis/nature.js';
import { warmCpuMsPerTask } from '../analysis/steady.js';
import type { Clock } from '../clock.js';
import { readEnvironment } from '../hosts/environment.js';
import type { Launcher } from '../hosts/launcher.js';
import { Companions } from '../measure/companions.js';
import { resultOf } from '../measure/events.js';
import { type ReportHead, reportHead } from '../measure/report-head.js';
import { type Learned, Session } from '../measure/session.js';
import { roundValues } from '../measure/trial-value.js';
import { AMPLE_CPU_MS } from '../measure/warm-plan.js';
import { hash32 } from '../random.js';
import type {
  AloneMeasured,
  CommandLine,
  MachineFacts,
  Plan,
  Report,
  Scenario,
  ScenarioResult,
  Tune,
  TuneFork,
  TunePhase,
  TuneRules,
  WarmUp,
} from '../schema/index.js';
import { answerOf } from './answer.js';
import { type Decision, decide, eligiblePoints, finalistsOf, stillOpen } from './decide.js';
import { estimate } from './evidence.js';
import { isUnfit, type TuneLimits } from './limits.js';
import { type TuneRanges, type TuneSpace, tuneSpace } from './space.js';

export interface TuneRequest {
  /** One scenario: its executors are those that are searched. */
  readonly plan: Plan;
  readonly module: Tune['module'];
  /** The target as it was given. */
  readonly asked: string;
  readonly poolFile: string | null;
  readonly ranges: TuneRanges;
  readonly rules: TuneRules;
  readonly limits: TuneLimits;
  readonly budgetMs: number;
  /** An earlier tune of the same: what it has measured need not be measured again. */
  readonly resumed: Tune | null;
}

export interface TuneDeps {
  readonly signal: AbortSignal;
  readonly clock: Clock;
  readonly launcher: Launcher;
  readonly command: CommandLine | null;
  readonly freeMemoryBytes: number;
}

/** What a tune tells between forks. */
export type TuneEvent =
  | { readonly type: 'learned'; readonly tune: Tune }
  | {
      readonly type: 'step';
      readonly phase: TunePhase;
      readonly ids: readonly string[];
      readonly forks: number;
    }
  /** `open`: ids that are still in question. */
  | {
      readonly type: 'measured';
      readonly phase: TunePhase;
      readonly open: readonly string[];
      readonly report: Report;
    }
  /** What went wrong beside the measurements. */
  | { readonly type: 'fault'; readonly reason: string }
  | { readonly type: 'done'; readonly report: Report };

const CONFIRMED = 'CONFIRMED';
/** A trial has so many of a task's times in it, within these limits, ms. */
const TASKS_DEEP = 25;
const SHORTEST_TRIAL_MS = 250;
const LONGEST_TRIAL_MS = 2_000;
const TRIAL_OVERHEAD_MS = 60;
/** Its cold one too. */
const CONFIRM_TRIALS = 3;
const FORK_START_MS = 600;
/** Of an executor's thread with nothing in it. */
const THREAD_BYTES = 12e6;
const MEMORY_SHARE = 0.5;
/** Of the budget, for the screen. */
const SCREEN_SHARE = 0.4;
const WARM_UP_SHARE = 1 / 40;
/** Connections are opened, and code that waits most of its time is fast enough. */
const WAITING_WARM_UP_MS = 150;

/** Searches how many, and confirms it. The last event is `done`. */
export async function* tune(request: TuneRequest, deps: TuneDeps): AsyncGenerator<TuneEvent, void> {
  yield* new TuneRun(request, deps).run();
}

class TuneRun {
  readonly #request: TuneRequest;
  readonly #deps: TuneDeps;
  readonly #companions: Companions;
  /** Asked to end, or what runs beside it has ended. */
  readonly #signal: AbortSignal;
  readonly #session: Session;
  readonly #head: ReportHead;
  readonly #machine: MachineFacts;
  readonly #forks: TuneFork[];
  #learned: Learned | null = null;
  #space: TuneSpace = { points: [], variants: new Map() };
  #rules: TuneRules;
  #trials = 0;
  #hurried = false;
  #unscreened = 0;
  #choice: string | null = null;
  #confirmed: ScenarioResult | null = null;

  constructor(request: TuneRequest, deps: TuneDeps) {
    this.#request = request;
    this.#deps = deps;
    this.#companions = new Companions(deps.launcher);
    const { signal } = this.#companions;
    this.#signal = AbortSignal.any([deps.signal, signal]);
    // What waits for a process finds it gone.
    signal.addEventListener('abort', () => void deps.launcher[Symbol.asyncDispose]());
    const setupOf = (moduleUrl: string) => this.#companions.setupOf(moduleUrl);
    this.#session = new Session({ ...deps, signal: this.#signal, setupOf });
    this.#head = reportHead(deps.clock, deps.command);
    this.#machine = deps.launcher.machine.facts();
    this.#forks = (request.resumed?.forks ?? []).filter(({ phase }) => phase !== 'confirm');
    this.#rules = request.rules;
  }

  async *run(): AsyncGenerator<TuneEvent, void> {
    const faults: string[] = [];
    try {
      await this.#companions.start(this.#request.plan);
      await this.#learn();
      yield { type: 'learned', tune: this.#tune() };
      if (this.#learned?.allFail !== true) yield* this.#search();
    } catch (error) {
      if (!this.#signal.aborted) throw error;
    } finally {
      faults.push(...(await this.#companions.end()));
    }
    for (const reason of faults) yield { type: 'fault', reason };
    yield { type: 'done', report: this.#report() };
  }

  async #learn(): Promise<void> {
    const { plan, rules, budgetMs, resumed } = this.#request;
    await this.#session.rehearse(plan.scenarios, plan.seed);
    this.#learned = await this.#session.learn(plan.scenarios[0]!, plan.seed);
    this.#signal.throwIfAborted();
    const { pilot } = this.#learned;
    const warmCpuMs = pilot === null ? Number.POSITIVE_INFINITY : warmCpuMsPerTask(pilot.blocks);
    this.#bound(Math.min(warmCpuMs, resumed?.alone?.cpuMs ?? Number.POSITIVE_INFINITY));
    const perPointMs = 2 * (this.#trialMs + TRIAL_OVERHEAD_MS);
    const mostScreened = Math.max(6, Math.floor((SCREEN_SHARE * budgetMs) / perPointMs));
    this.#rules = { ...rules, mostScreened };
  }

  /** Makes the space, of a task that takes no more CPU time than this. */
  #bound(mostCpuMs: number): void {
    const { plan, ranges } = this.#request;
    const learned = this.#learned!;
    const alone = learned.alone && withLessCpu(learned.alone, mostCpuMs);
    this.#learned = { ...learned, alone };
    const mostThreads = Math.floor((MEMORY_SHARE * this.#deps.freeMemoryBytes) / THREAD_BYTES);
    const scenario = plan.scenarios[0]!;
    this.#space = tuneSpace({ scenario, ranges, alone, machine: this.#machine, mostThreads });
  }

  /** Requests that are made one at a time take many times the CPU time of those among others: bounds would be as much too low. */
  #refine({ executors }: ScenarioResult): void {
    const seen = executors.flatMap(({ cpuMsPerTask }) => (cpuMsPerTask === null ? [] : [cpuMsPerTask]));
    this.#bound(Math.min(...seen));
  }

  async *#search(): AsyncGenerator<TuneEvent, void> {
    for (let step = this.#forks.length; ; step++) {
      this.#signal.throwIfAborted();
      const hurry = this.#isLate();
      const history = { points: this.#space.points, forks: this.#forks, hurry };
      const decision = decide(history, this.#rules);
      if (decision.kind === 'done') {
        // Nothing that completed its tasks is nothing to recommend.
        if (estimate(this.#forks, decision.choice) !== null) this.#choice = decision.choice;
        return;
      }
      if (hurry && decision.phase === 'confirm') this.#hurried = this.#open().length > 1;
      const { phase, ids, forks } = decision;
      if (phase === 'screen' && ids.length === this.#rules.mostScreened)
        this.#unscreened = this.#coarse - ids.length;
      yield { type: 'step', phase, ids, forks };
      await this.#measure(decision, step);
      yield { type: 'measured', phase, open: this.#open(), report: this.#report() };
    }
  }

  /** Points of the whole screen. */
  get #coarse(): number {
    const history = { points: this.#space.points, forks: this.#forks, hurry: false };
    const all = decide(history, { ...this.#rules, mostScreened: Number.MAX_SAFE_INTEGER });
    return all.kind === 'done' ? 0 : all.ids.length;
  }

  #open(): string[] {
    const eligible = eligiblePoints({ points: this.#space.points, forks: this.#forks }, this.#rules);
    return stillOpen(eligible, this.#forks, this.#rules).map(({ id }) => id);
  }

  /** Whether what is left of the budget is what the confirmation takes. */
  #isLate(): boolean {
    const { budgetMs, rules } = this.#request;
    const history = { points: this.#space.points, forks: this.#forks, hurry: true };
    const finalists = finalistsOf(history, this.#rules);
    const isolates = finalists.reduce((sum, { workers }) => sum + Math.max(1, workers), 0);
    const warmMs = (this.#warmUpMs * isolates) / this.#machine.cores;
    const trialsMs = finalists.length * CONFIRM_TRIALS * (this.#trialMs + TRIAL_OVERHEAD_MS);
    const confirmMs = rules.confirmForks * (FORK_START_MS + warmMs + trialsMs);
    return this.#elapsedMs + confirmMs > budgetMs;
  }

  async #measure({ phase, ids, rounds, forks }: Extract<Decision, { kind: 'measure' }>, step: number) {
    const scenario = this.#scenario(phase, ids, rounds, forks);
    const seed = hash32(this.#request.plan.seed, 'tune', step);
    const result = await resultOf(this.#session.measure(scenario, { seed }));
    // What an abort ended is no whole fork.
    this.#signal.throwIfAborted();
    for (let fork = 0; fork < forks; fork++) this.#forks.push(this.#forkOf(phase, result, fork));
    if (phase === 'confirm') this.#confirmed = result;
    if (phase === 'knee') this.#refine(result);
  }

  #scenario(phase: TunePhase, ids: readonly string[], rounds: number, forks: number): Scenario {
    const scenario = this.#request.plan.scenarios[0]!;
    const executors = ids.map(id => this.#space.variants.get(id)!);
    const budgetMs = 24 * 3_600_000;
    const measurement = {
      ...scenario.measurement,
      forks,
      rounds,
      budgetMs,
      mostBudgetMs: budgetMs,
      warmup: this.#warmUp,
    };
    const loop = executors.find(({ capabilities }) => !capabilities.workers) ?? executors[0]!;
    return {
      ...scenario,
      id: phase === 'confirm' ? scenario.id : `${scenario.id} ${phase}`,
      load:
        scenario.load.kind === 'duration' ? { kind: 'duration', durationMs: this.#trialMs } : scenario.load,
      title: CONFIRMED,
      executors,
      baseline: loop.id,
      inFlight: Math.max(...executors.map(({ inFlight }) => inFlight)),
      sharesHosts: phase !== 'confirm',
      measurement,
    };
  }

  /** Long enough that what is cut off at the end is little. */
  get #trialMs(): number {
    const scenario = this.#request.plan.scenarios[0]!;
    const serviceMs = this.#learned?.alone?.serviceMs ?? 0;
    if (scenario.load.kind === 'rate') return (scenario.tasks! / scenario.load.perSecond) * 1_000;
    return Math.min(LONGEST_TRIAL_MS, Math.max(SHORTEST_TRIAL_MS, TASKS_DEEP * serviceMs));
  }

  /** What the pilot found that isolates need, unless something else was asked for. */
  get #warmUp(): WarmUp {
    const { warmup } = this.#request.plan.scenarios[0]!.measurement;
    if (warmup.kind !== 'auto') return warmup;
    const pilot = this.#learned?.pilot ?? null;
    if (pilot === null || pilot.waits) return { kind: 'time', ms: WAITING_WARM_UP_MS };
    return { kind: 'cpu', msPerWorker: this.#warmUpMs };
  }

  /** CPU time that each isolate is given: what the pilot found, as far as the budget has room for that in every fork. */
  get #warmUpMs(): number {
    const needMs = this.#learned?.pilot?.settling.need.cpuMs ?? 0;
    return Math.min(needMs, AMPLE_CPU_MS, this.#request.budgetMs * WARM_UP_SHARE);
  }

  #forkOf(phase: TunePhase, { executors, scenario }: ScenarioResult, fork: number): TuneFork {
    const logs = executors.map(one => {
      const rounds = roundValues(one, scenario, fork);
      this.#trials += rounds.filter(log => log !== null).length;
      return [one.variant.id, rounds] as const;
    });
    const unfit = executors
      .filter(one => isUnfit(one, this.#request.limits))
      .map(({ variant }) => variant.id);
    return { phase, logs: Object.fromEntries(logs), unfit };
  }

  get #elapsedMs(): number {
    return this.#head().elapsedMs;
  }

  #tune(): Tune {
    const { plan, budgetMs } = this.#request;
    const alone = this.#learned?.alone ?? null;
    const settling = this.#learned?.pilot?.settling;
    return {
      target: plan.scenarios[0]!.name,
      asked: this.#request.asked,
      module: this.#request.module,
      poolFile: this.#request.poolFile,
      points: this.#space.points,
      forks: this.#forks,
      rules: this.#rules,
      alone: alone && {
        tasks: alone.tasks,
        serviceMs: alone.serviceMs,
        cpuMs: alone.cpuMs,
        parts: alone.parts ?? null,
      },
      warmUp:
        settling === undefined
          ? null
          : {
              cpuMs: settling.need.cpuMs,
              tasks: settling.need.tasks,
              settled: settling.settled,
              givenMs: this.#warmUpMs,
            },
      cores: this.#machine.cores,
      trials: this.#trials,
      elapsedMs: this.#elapsedMs,
      budgetMs,
      hurried: this.#hurried,
      unscreened: this.#unscreened,
      answer:
        this.#choice === null ? null : answerOf(this.#space.points, this.#forks, this.#rules, this.#choice),
    };
  }

  #report(): Report {
    const { signal } = this.#deps;
    const { plan } = this.#request;
    return {
      ...this.#head(),
      seed: plan.seed,
      environment: readEnvironment(null, this.#session.cpuIterationsPerMs),
      plan,
      interrupted: signal.aborted,
      scenarios: this.#confirmed === null ? [] : [this.#confirmed],
      capacities: [],
      tune: this.#tune(),
    };
  }
}

/** The same task in code that is warm: it takes as much less time as it takes less CPU time. */
function withLessCpu(alone: AloneMeasured, mostCpuMs: number): AloneMeasured {
  if (!(mostCpuMs < alone.cpuMs) || mostCpuMs <= 0) return alone;
  const parts = alone.parts && scaledParts(alone.parts, mostCpuMs / alone.cpuMs);
  const serviceMs = Math.max(mostCpuMs, alone.serviceMs - (alone.cpuMs - mostCpuMs));
  return { ...alone, cpuMs: mostCpuMs, serviceMs, parts };
}
