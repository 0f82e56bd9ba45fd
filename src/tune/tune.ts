import { warmCpuMsPerTask } from '../analysis/steady.js';
import type { Clock } from '../clock.js';
import { RemoteTotalReached } from '../errors.js';
import type { Launcher } from '../hosts/launcher.js';
import { Companions } from '../measure/companions.js';
import type { ScenarioEvent } from '../measure/events.js';
import { type RemoteAccess, type ResolveHost, remoteAccessOf } from '../measure/remote-access.js';
import { meteredLauncher } from '../measure/remote-meter.js';
import { type ReportHead, reportHead } from '../measure/report-head.js';
import { type Learned, Session } from '../measure/session.js';
import type { StartedVariant } from '../measure/start-message.js';
import { hash32 } from '../random.js';
import type {
  CommandLine,
  HalfDone,
  Loss,
  MachineFacts,
  Plan,
  Report,
  Scenario,
  ScenarioResult,
  Tune,
  TuneFork,
  TuneLimits,
  TunePhase,
  TuneRules,
} from '../schema/index.js';
import { hiderOf } from '../secrets.js';
import type { Decision } from './decide.js';
import { confirmMs, type Effort, effortOf, forkMs, mostScreened } from './effort.js';
import { beforeConfirm, estimate } from './evidence.js';
import { type LeastTime, leastTime } from './least-time.js';
import { tuneRecord } from './record.js';
import { isOfFinalists, resumedFrom, withBounds } from './resume.js';
import { type TuneRanges, type TuneSpace, threadsWithin, tuneSpace } from './space.js';
import { forksOfStep, partOfStep, scenarioOfStep, trialsIn } from './step.js';
import { withLessCpu } from './warm-task.js';
import { decideWithin, openPoints } from './within-budget.js';

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
  | {
      readonly type: 'fork';
      readonly phase: TunePhase;
      readonly fork: number;
      readonly ofForks: number;
      readonly report: Report;
    }
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
  #forks: readonly TuneFork[];
  /** Whole forks of the confirmation, until it is done. */
  #confirming: HalfDone | null;
  #learned: Learned | null;
  #space: TuneSpace = { points: [], variants: new Map() };
  #rules: TuneRules;
  #hurried: boolean;
  /** How many times as long forks take as they were expected to. */
  #slowness = 1;
  #unscreened: number;
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
    const resumed = resumedFrom(request.resumed);
    this.#forks = resumed.forks;
    this.#learned = resumed.learned;
    this.#confirming = resumed.confirming;
    this.#hurried = resumed.hurried;
    this.#unscreened = resumed.unscreened;
    this.#rules = request.rules;
  }

  async *run(): AsyncGenerator<TuneEvent, void> {
    const faults: (Loss | string)[] = [];
    let ended: string | null = null;
    try {
      this.#access = await remoteAccessOf(this.#request.plan, this.#deps.resolveHost);
      await this.#companions.start(this.#request.plan);
      this.#space = withBounds(this.#spaceOf(this.#learned?.alone ?? null), this.#request.resumed);
      if (this.#learned === null) yield { type: 'expected', least: this.#least(), isKnown: false };
      await this.#learn();
      this.#dropUnlike();
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
    const { plan, rules, budgetMs } = this.#request;
    const [scenario] = plan.scenarios;
    await this.#session.rehearse(plan.scenarios, plan.seed);
    if (this.#learned !== null) {
      if (scenario!.workload.needsCalibration) await this.#session.calibrate();
    } else {
      this.#learned = await this.#session.learn(withinBudget(scenario!, budgetMs), plan.seed);
      const { pilot } = this.#learned;
      this.#bound(pilot === null ? Number.POSITIVE_INFINITY : warmCpuMsPerTask(pilot.blocks));
    }
    this.#signal.throwIfAborted();
    this.#rules = { ...rules, mostScreened: mostScreened(this.#effort, budgetMs) };
  }

  /** What has come in another way than it would now, by other rules or in another space, is confirmed anew. */
  #dropUnlike(): void {
    const known = { points: this.#space.points, forks: this.#forks };
    if (this.#confirming === null || isOfFinalists(this.#confirming, known, this.#rules)) return;
    this.#confirming = null;
    this.#forks = beforeConfirm(this.#forks);
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
    for (;;) {
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
      yield* this.#measure(decision);
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
      forksLeft: rules.confirmForks - (this.#confirming?.forks.length ?? 0),
      slowness: this.#slowness,
    });
  }

  #open(): string[] {
    return openPoints({ points: this.#space.points, forks: this.#forks }, this.#rules).map(({ id }) => id);
  }

  async *#measure(decision: Extract<Decision, { kind: 'measure' }>): AsyncGenerator<TuneEvent, void> {
    const { phase, ids, forks } = decision;
    const { plan, limits } = this.#request;
    const halfDone = (phase === 'confirm' ? this.#confirming : null) ?? undefined;
    const allForks = forks + (halfDone?.forks.length ?? 0);
    const executors = ids.map(id => this.#space.variants.get(id)!);
    const step = { ...decision, executors, forks: allForks };
    const scenario = scenarioOfStep(plan.scenarios[0]!, step, this.#effort);
    // The same for who goes on with a confirmation.
    const seed = hash32(plan.seed, 'tune', beforeConfirm(this.#forks).length);
    const startedMs = this.#elapsedMs;
    let done = allForks - forks;
    let result: ScenarioResult | null = null;
    for await (const event of this.#session.measure(scenario, { seed, halfDone })) {
      if (event.type === 'scenario-finished') result = event.result;
      if (event.type !== 'scenario-partial' || phase !== 'confirm') continue;
      this.#keepConfirmed(event);
      yield { type: 'fork', phase, fork: ++done, ofForks: allForks, report: this.#report() };
    }
    if (result === null) throw new Error('a step of a tune ended without its result');
    this.#requireWhole(phase, result);
    const measured = forksOfStep(phase, result, limits);
    if (phase === 'confirm') this.#forks = beforeConfirm(this.#forks);
    this.#forks = [...this.#forks, ...measured];
    // The latest tells most: a machine may become busy, or free again.
    this.#slowness = Math.max(1, (this.#elapsedMs - startedMs) / this.#expectedMs(decision));
    if (phase === 'confirm') {
      this.#confirmed = result;
      this.#confirming = null;
    }
    if (phase === 'knee') this.#refine(result);
  }

  /** What there is of the confirmation, for who goes on with it. */
  #keepConfirmed({ result, halfDone }: Extract<ScenarioEvent, { type: 'scenario-partial' }>): void {
    this.#confirming = halfDone;
    const confirms = forksOfStep('confirm', result, this.#request.limits);
    this.#forks = [...beforeConfirm(this.#forks), ...confirms.slice(0, halfDone?.forks.length ?? 0)];
  }

  /** Keeps what was measured of a step that something has ended. @throws whatever has */
  #requireWhole(phase: TunePhase, result: ScenarioResult): void {
    const reached = result.findings.find(({ code }) => code === 'remote-total');
    const isCut = this.#signal.aborted || reached?.code === 'remote-total';
    const part = isCut && phase !== 'confirm' ? partOfStep(phase, result, this.#request.limits) : null;
    if (part !== null) this.#forks = [...this.#forks, part];
    this.#signal.throwIfAborted();
    if (reached?.code === 'remote-total')
      throw new RemoteTotalReached(reached.values.sent, reached.values.total);
  }

  #expectedMs({ phase, ids, forks }: Extract<Decision, { kind: 'measure' }>): number {
    const points = ids.map(id => this.#space.points.find(point => point.id === id)!);
    const { cores } = this.#machine;
    return phase === 'confirm'
      ? confirmMs(points, this.#effort, { forks, cores })
      : forks * forkMs(points, this.#effort, { cores });
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
      trials: this.#forks.reduce((sum, fork) => sum + trialsIn(fork), 0),
      elapsedMs: this.#elapsedMs,
      hurried: this.#hurried,
      unscreened: this.#unscreened,
      choice: this.#choice,
      confirming: this.#confirming,
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
