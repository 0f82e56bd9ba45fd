import { warmCpuMsPerTask } from '../analysis/steady.js';
import type { Clock } from '../clock.js';
import { RemoteTotalReached } from '../errors.js';
import type { Launcher } from '../hosts/launcher.js';
import { Companions } from '../measure/companions.js';
import { type RemoteAccess, type ResolveHost, remoteAccessOf } from '../measure/remote-access.js';
import { meteredLauncher } from '../measure/remote-meter.js';
import { type ReportHead, reportHead } from '../measure/report-head.js';
import { type Learned, Session } from '../measure/session.js';
import type { StartedVariant } from '../measure/start-message.js';
import { hash32 } from '../random.js';
import type {
  CommandLine,
  Loss,
  MachineFacts,
  Plan,
  Report,
  ScenarioResult,
  Tune,
  TuneFork,
  TuneLimits,
  TunePhase,
  TuneRules,
} from '../schema/index.js';
import { hiderOf } from '../secrets.js';
import { type Decision, decide } from './decide.js';
import { confirmMs, type Effort, effortOf, forkMs, mostScreened } from './effort.js';
import { eligiblePoints } from './eligible.js';
import { estimate } from './evidence.js';
import { finalistsOf } from './finalists.js';
import { stillOpen } from './race.js';
import { tuneRecord } from './record.js';
import { type TuneRanges, type TuneSpace, threadsWithin, tuneSpace } from './space.js';
import { forksOfStep, scenarioOfStep, trialsIn } from './step.js';
import { withLessCpu } from './warm-task.js';

export interface TuneRequest {
  /** One scenario: its executors are those that are searched. */
  readonly plan: Plan;
  readonly module: Tune['module'];
  /** What it is made of. */
  readonly contents?: string;
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
  readonly resolveHost?: ResolveHost | undefined;
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
  /** Of a step that has several; `fork` from 1. */
  | { readonly type: 'fork'; readonly phase: TunePhase; readonly fork: number; readonly ofForks: number }
  /** `open`: ids that are still in question. */
  | {
      readonly type: 'measured';
      readonly phase: TunePhase;
      readonly open: readonly string[];
      readonly report: Report;
    }
  /** Before it had its answer, and why. */
  | { readonly type: 'ended'; readonly reason: string }
  /** What went wrong beside the measurements. */
  | { readonly type: 'fault'; readonly reason: Loss | string }
  | { readonly type: 'done'; readonly report: Report };

/** Searches how many, and confirms it. The last event is `done`. */
export async function* tune(request: TuneRequest, deps: TuneDeps): AsyncGenerator<TuneEvent, void> {
  const launcher = meteredLauncher(deps.launcher, request.plan);
  const hide = hiderOf(request.plan);
  for await (const event of new TuneRun(request, { ...deps, launcher }).run()) yield hide(event);
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
  /** How many times as long forks take as they were expected to. */
  #slowness = 1;
  #unscreened = 0;
  #choice: string | null = null;
  #confirmed: ScenarioResult | null = null;
  #access: RemoteAccess | undefined;

  constructor(request: TuneRequest, deps: TuneDeps) {
    this.#request = request;
    this.#deps = deps;
    this.#companions = new Companions(deps.launcher);
    const { signal } = this.#companions;
    this.#signal = AbortSignal.any([deps.signal, signal]);
    // What waits for a process finds it gone.
    signal.addEventListener('abort', () => void deps.launcher[Symbol.asyncDispose]());
    const setupOf = (moduleUrl: string) => this.#companions.setupOf(moduleUrl);
    const brokerOf = (variant: StartedVariant) => this.#companions.brokers.addressFor(variant);
    const accessOf = () => this.#access;
    this.#session = new Session({ ...deps, signal: this.#signal, setupOf, brokerOf, accessOf });
    this.#head = reportHead(deps.clock, deps.command);
    this.#machine = deps.launcher.machine.facts();
    this.#forks = (request.resumed?.forks ?? []).filter(({ phase }) => phase !== 'confirm');
    this.#trials = this.#forks.reduce((sum, fork) => sum + trialsIn(fork), 0);
    this.#rules = request.rules;
  }

  async *run(): AsyncGenerator<TuneEvent, void> {
    const faults: (Loss | string)[] = [];
    let ended: string | null = null;
    try {
      this.#access = await remoteAccessOf(this.#request.plan, this.#deps.resolveHost);
      await this.#companions.start(this.#request.plan);
      await this.#learn();
      yield { type: 'learned', tune: this.#tune() };
      if (this.#learned?.allFail !== true) yield* this.#search();
    } catch (error) {
      if (error instanceof RemoteTotalReached) ended = error.message;
      else if (!this.#signal.aborted) throw error;
    } finally {
      faults.push(...(await this.#companions.end()));
    }
    if (ended !== null) yield { type: 'ended', reason: ended };
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
    this.#rules = { ...rules, mostScreened: mostScreened(this.#effort, budgetMs) };
  }

  /** Makes the space, of a task that takes no more CPU time than this. */
  #bound(mostCpuMs: number): void {
    const { plan, ranges } = this.#request;
    const learned = this.#learned!;
    const alone = learned.alone && withLessCpu(learned.alone, mostCpuMs);
    this.#learned = { ...learned, alone };
    const mostThreads = threadsWithin(this.#deps.freeMemoryBytes);
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
      if (hurry) this.#hurried ||= this.#isCutShort(decision);
      if (decision.kind === 'done') {
        // Nothing that completed its tasks is nothing to recommend.
        const { choice } = decision;
        if (choice !== null && estimate(this.#forks, choice) !== null) this.#choice = choice;
        return;
      }
      const { phase, ids, forks } = decision;
      if (phase === 'screen' && ids.length === this.#rules.mostScreened)
        this.#unscreened = this.#coarse - ids.length;
      yield { type: 'step', phase, ids, forks };
      yield* this.#measure(decision, step);
      yield { type: 'measured', phase, open: this.#open(), report: this.#report() };
    }
  }

  /** Ends before the search is done, since there is no time for more. */
  #isCutShort(decision: Decision): boolean {
    if (decision.kind === 'done') return decision.choice === null && this.#confirmed === null;
    return decision.phase === 'confirm' && this.#open().length > 1;
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
    const { cores } = this.#machine;
    const leastMs = confirmMs(finalists, this.#effort, { forks: rules.confirmForks, cores, budgetMs });
    return this.#elapsedMs + leastMs * this.#slowness > budgetMs;
  }

  async *#measure(
    { phase, ids, rounds, forks }: Extract<Decision, { kind: 'measure' }>,
    step: number,
  ): AsyncGenerator<TuneEvent, void> {
    const { plan, limits } = this.#request;
    const executors = ids.map(id => this.#space.variants.get(id)!);
    const scenario = scenarioOfStep(plan.scenarios[0]!, { phase, executors, rounds, forks }, this.#effort);
    const seed = hash32(plan.seed, 'tune', step);
    const startedMs = this.#elapsedMs;
    let result: ScenarioResult | null = null;
    for await (const event of this.#session.measure(scenario, { seed })) {
      if (event.type === 'scenario-finished') result = event.result;
      if (event.type === 'fork' && forks > 1) yield { type: 'fork', phase, fork: event.fork, ofForks: forks };
    }
    if (result === null) throw new Error('a step of a tune ended without its result');
    // What an abort ended is no whole fork.
    this.#signal.throwIfAborted();
    const reached = result.findings.find(({ code }) => code === 'remote-total');
    if (reached?.code === 'remote-total')
      throw new RemoteTotalReached(reached.values.sent, reached.values.total);
    const measured = forksOfStep(phase, result, limits);
    this.#forks.push(...measured);
    this.#trials += measured.reduce((sum, fork) => sum + trialsIn(fork), 0);
    const points = ids.map(id => this.#space.points.find(point => point.id === id)!);
    const expectedMs = forks * forkMs(points, this.#effort, { rounds, cores: this.#machine.cores });
    // The latest tells most: a machine may become busy, or free again.
    this.#slowness = Math.max(1, (this.#elapsedMs - startedMs) / expectedMs);
    if (phase === 'confirm') this.#confirmed = result;
    if (phase === 'knee') this.#refine(result);
  }

  get #effort(): Effort {
    const { plan, budgetMs } = this.#request;
    return effortOf(plan.scenarios[0]!, this.#learned, budgetMs);
  }

  get #elapsedMs(): number {
    return this.#head().elapsedMs;
  }

  #tune(): Tune {
    return tuneRecord(this.#request, {
      learned: this.#learned,
      points: this.#space.points,
      forks: this.#forks,
      rules: this.#rules,
      givenMs: this.#effort.warmUpMs,
      cores: this.#machine.cores,
      trials: this.#trials,
      elapsedMs: this.#elapsedMs,
      hurried: this.#hurried,
      unscreened: this.#unscreened,
      choice: this.#choice,
    });
  }

  #report(): Report {
    const { signal } = this.#deps;
    const { plan } = this.#request;
    return {
      ...this.#head(),
      seed: plan.seed,
      environment: this.#session.environment(null),
      plan,
      ...this.#companions.brokers.told(),
      interrupted: signal.aborted,
      scenarios: this.#confirmed === null ? [] : [this.#confirmed],
      capacities: [],
      tune: this.#tune(),
    };
  }
}
