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
  MachineFacts,
  Plan,
  Report,
  Scenario,
  ScenarioResult,
  Tune,
  TuneFork,
  TuneLimits,
  TunePhase,
  TunePoint,
  TuneRules,
} from '../schema/index.js';
import { hiderOf } from '../secrets.js';
import type { Decision } from './decide.js';
import { confirmMs, type Effort, effortOf, forkMs, mostScreened } from './effort.js';
import { estimate } from './evidence.js';
import { type LeastTime, leastTime } from './least-time.js';
import { tuneRecord } from './record.js';
import { type TuneRanges, type TuneSpace, threadsWithin, tuneSpace } from './space.js';
import { forksOfStep, scenarioOfStep, trialsIn } from './step.js';
import { withLessCpu } from './warm-task.js';
import { decideWithin, openPoints } from './within-budget.js';

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
  /** Before anything is measured, when a task is known, and again where processes are so slow that the budget has no room any more. */
  | { readonly type: 'expected'; readonly least: LeastTime; readonly isKnown: boolean }
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
  | { readonly type: 'fault'; readonly reason: string }
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
    const faults: string[] = [];
    let ended: string | null = null;
    try {
      this.#access = await remoteAccessOf(this.#request.plan, this.#deps.resolveHost);
      await this.#companions.start(this.#request.plan);
      this.#space = this.#spaceOf(null);
      yield { type: 'expected', least: this.#least(), isKnown: false };
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
    this.#learned = await this.#session.learn(withinBudget(plan.scenarios[0]!, budgetMs), plan.seed);
    this.#signal.throwIfAborted();
    const { pilot } = this.#learned;
    const warmCpuMs = pilot === null ? Number.POSITIVE_INFINITY : warmCpuMsPerTask(pilot.blocks);
    this.#bound(Math.min(warmCpuMs, resumed?.alone?.cpuMs ?? Number.POSITIVE_INFINITY));
    this.#rules = { ...rules, mostScreened: mostScreened(this.#effort, budgetMs) };
  }

  /** Makes the space, of a task that takes no more CPU time than this. */
  #bound(mostCpuMs: number): void {
    const learned = this.#learned!;
    const alone = learned.alone && withLessCpu(learned.alone, mostCpuMs);
    this.#learned = { ...learned, alone };
    this.#space = this.#spaceOf(alone);
  }

  #spaceOf(alone: Learned['alone']): TuneSpace {
    const { plan, ranges } = this.#request;
    const mostThreads = threadsWithin(this.#deps.freeMemoryBytes);
    return tuneSpace({ scenario: plan.scenarios[0]!, ranges, alone, machine: this.#machine, mostThreads });
  }

  /** Requests that are made one at a time take many times the CPU time of those among others: bounds would be as much too low. */
  #refine({ executors }: ScenarioResult): void {
    const seen = executors.flatMap(({ cpuMsPerTask }) => (cpuMsPerTask === null ? [] : [cpuMsPerTask]));
    this.#bound(Math.min(...seen));
  }

  async *#search(): AsyncGenerator<TuneEvent, void> {
    let least = this.#least();
    yield { type: 'expected', least, isKnown: true };
    for (let step = this.#forks.length; ; step++) {
      this.#signal.throwIfAborted();
      const decision = this.#next();
      if (decision.kind === 'done') {
        // Nothing that completed its tasks is nothing to recommend.
        const { choice } = decision;
        if (choice !== null && estimate(this.#forks, choice) !== null) this.#choice = choice;
        return;
      }
      const { phase, ids, forks } = decision;
      yield { type: 'step', phase, ids, forks };
      yield* this.#measure(decision, step);
      yield { type: 'measured', phase, open: this.#open(), report: this.#report() };
      const { enoughMs } = least;
      least = this.#least();
      if (phase === 'knee' && enoughMs === null && least.enoughMs !== null)
        yield { type: 'expected', least, isKnown: true };
    }
  }

  #next(): Decision {
    const known = { points: this.#space.points, forks: this.#forks };
    const { decision, unscreened, isCutShort } = decideWithin(known, this.#rules, {
      effort: this.#effort,
      cores: this.#machine.cores,
      budgetMs: this.#request.budgetMs,
      elapsedMs: this.#elapsedMs,
      slowness: this.#slowness,
    });
    this.#unscreened += unscreened;
    this.#hurried ||= isCutShort;
    return decision;
  }

  #pointsOf(ids: readonly string[]): TunePoint[] {
    return ids.map(id => this.#space.points.find(point => point.id === id)!);
  }

  #least(): LeastTime {
    const { plan, budgetMs, rules } = this.#request;
    return leastTime({
      scenario: plan.scenarios[0]!,
      points: this.#space.points,
      forks: this.#forks,
      rules: this.#rules,
      cores: this.#machine.cores,
      budgetMs,
      learned: this.#learned,
      elapsedMs: this.#elapsedMs,
      forksLeft: rules.confirmForks,
      slowness: this.#slowness,
    });
  }

  #open(): string[] {
    return openPoints({ points: this.#space.points, forks: this.#forks }, this.#rules).map(({ id }) => id);
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
    const points = this.#pointsOf(ids);
    const { cores } = this.#machine;
    const expectedMs =
      phase === 'confirm'
        ? confirmMs(points, this.#effort, { forks, cores })
        : forks * forkMs(points, this.#effort, { cores });
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

/** A pilot takes a share of what a scenario may take, which here is the tune's. */
function withinBudget(scenario: Scenario, budgetMs: number): Scenario {
  const { measurement } = scenario;
  const mostBudgetMs = Math.min(measurement.mostBudgetMs, budgetMs);
  return { ...scenario, measurement: { ...measurement, mostBudgetMs } };
}
