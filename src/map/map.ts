import type { Clock } from '../clock.js';
import type { Launcher } from '../hosts/launcher.js';
import { resultOf } from '../measure/events.js';
import { type ReportHead, reportHead } from '../measure/report-head.js';
import { Session } from '../measure/session.js';
import { roundValues } from '../measure/trial-value.js';
import { hash32 } from '../random.js';
import type {
  CommandLine,
  MapCell,
  MapTask,
  Plan,
  Report,
  Scenario,
  ScenarioResult,
  ThreadsMap,
} from '../schema/index.js';
import { type CellView, PAYS, viewOf } from './cell.js';
import { decide, type MapDecision, type MapSpace } from './decide.js';
import { addForks } from './history.js';
import type { MapShape } from './model.js';
import { idealStart, pairOf } from './start.js';
import { summaryOf } from './summary.js';

export interface MapRequest {
  /** A scenario for each wait, in their order, with a parameter `cpuMs`. */
  readonly plan: Plan;
  readonly waitsMs: readonly number[];
  readonly cpusMs: readonly number[];
  readonly budgetMs: number;
  /** Cells of an earlier map of the same. */
  readonly known: readonly MapCell[];
  /** To be marked. */
  readonly task: MapTask | null;
}

export interface MapDeps {
  readonly signal: AbortSignal;
  readonly clock: Clock;
  readonly launcher: Launcher;
  readonly command: CommandLine | null;
}

type Step = Extract<MapDecision, { kind: 'measure' }>;

/** What a map tells between cells. */
export type MapEvent =
  | { readonly type: 'step'; readonly step: Step }
  | { readonly type: 'measured'; readonly step: Step; readonly cell: CellView; readonly report: Report }
  | { readonly type: 'done'; readonly report: Report };

const ROUNDS = 2;
/** A trial has so many of a task's computing times, or of its waits, within these limits, ms. */
const TASKS_DEEP = 25;
const WAITS_DEEP = 5;
const SHORTEST_TRIAL_MS = 250;
const LONGEST_TRIAL_MS = 1_000;
/** The kernel is compiled after a few ms; a cold trial, which does not count, comes before the others. */
const WARM_UP_MS = 250;
/** What a fork and a cell take beside their trials, at first. */
const FORK_START_MS = 500;
const ALONE_MS = 700;

/** Measures where threads pay. The last event is `done`. */
export async function* measureMap(request: MapRequest, deps: MapDeps): AsyncGenerator<MapEvent, void> {
  yield* new MapRun(request, deps).run();
}

class MapRun {
  readonly #request: MapRequest;
  readonly #deps: MapDeps;
  readonly #session: Session;
  readonly #head: ReportHead;
  readonly #space: MapSpace;
  readonly #shape: MapShape;
  #cells: readonly MapCell[];
  #hurried = false;

  constructor(request: MapRequest, deps: MapDeps) {
    const { plan, waitsMs, cpusMs } = request;
    this.#request = request;
    this.#deps = deps;
    this.#session = new Session(deps);
    this.#head = reportHead(deps.clock, deps.command);
    const machine = deps.launcher.machine.facts();
    const starts = plan.scenarios.map((one, at) => idealStart(one, cpusMs, waitsMs[at]!, machine));
    this.#space = { waitsMs, cpusMs, starts };
    const [, { threads, inFlight }] = pairOf(plan.scenarios[0]!);
    this.#shape = { inFlight, threadCount: threads, cores: machine.cores };
    this.#cells = request.known;
  }

  async *run(): AsyncGenerator<MapEvent, void> {
    const { signal } = this.#deps;
    try {
      await this.#session.calibrate();
      yield* this.#search();
    } catch (error) {
      if (!signal.aborted) throw error;
    }
    yield { type: 'done', report: this.#report() };
  }

  async *#search(): AsyncGenerator<MapEvent, void> {
    for (;;) {
      this.#deps.signal.throwIfAborted();
      const step = decide(this.#space, this.#cells);
      if (step.kind === 'done') return;
      // A map of one cell says more than none.
      this.#hurried =
        this.#cells.length > 0 && this.#head().elapsedMs + costMs(step) > this.#request.budgetMs;
      if (this.#hurried) return;
      yield { type: 'step', step };
      const done = this.#cells.reduce((sum, { forks }) => sum + forks.length, 0);
      const measured = await this.#measure(step, hash32(this.#request.plan.seed, 'map', done));
      this.#cells = addForks(this.#cells, measured);
      const cell = this.#cells.find(({ waitMs, cpuMs }) => waitMs === step.waitMs && cpuMs === step.cpuMs)!;
      yield { type: 'measured', step, cell: viewOf(cell), report: this.#report() };
    }
  }

  async #measure(step: Step, seed: number): Promise<MapCell> {
    const { plan, waitsMs } = this.#request;
    const scenario = scenarioAt(plan.scenarios[waitsMs.indexOf(step.waitMs)]!, step);
    const result = await resultOf(this.#session.measure(scenario, { seed }));
    // What an abort ended is no whole fork.
    this.#deps.signal.throwIfAborted();
    const busy = result.findings.some(({ code }) => code === 'machine-busy');
    return { ...step, busy, forks: forksOf(result, step.forks) };
  }

  #report(): Report {
    const { plan } = this.#request;
    return {
      ...this.#head(),
      seed: plan.seed,
      environment: this.#session.environment(null),
      plan,
      interrupted: this.#deps.signal.aborted,
      scenarios: [],
      capacities: [],
      map: this.#map(),
    };
  }

  #map(): ThreadsMap {
    const { plan, waitsMs, cpusMs, budgetMs, task } = this.#request;
    const [loop, threads] = pairOf(plan.scenarios[0]!);
    const { startedAt, elapsedMs } = this.#head();
    return {
      startedAt,
      loop: loop.name,
      threads: threads.name,
      threadCount: threads.threads,
      inFlight: threads.inFlight,
      pays: PAYS,
      waitsMs,
      cpusMs,
      cells: this.#cells,
      ...summaryOf({ waitsMs, cpusMs }, this.#cells, this.#shape),
      trials: trialsOf(this.#cells),
      elapsedMs,
      budgetMs,
      hurried: this.#hurried,
      task,
    };
  }
}

/** Long enough for what is cut off at the end to be little. */
function trialMsOf({ waitMs, cpuMs }: Pick<Step, 'waitMs' | 'cpuMs'>): number {
  const wanted = Math.max(TASKS_DEEP * cpuMs, WAITS_DEEP * waitMs);
  return Math.round(Math.min(LONGEST_TRIAL_MS, Math.max(SHORTEST_TRIAL_MS, wanted)));
}

/** About; a cold trial of each executor is run too. */
function costMs(step: Step): number {
  const trials = 2 * (ROUNDS + 1);
  return ALONE_MS + step.forks * (FORK_START_MS + trials * trialMsOf(step));
}

function scenarioAt(template: Scenario, step: Step): Scenario {
  const budgetMs = 24 * 3_600_000;
  return {
    ...template,
    id: `${step.waitMs} ms × ${step.cpuMs} ms`,
    params: { ...template.params, cpuMs: step.cpuMs },
    load: { kind: 'duration', durationMs: trialMsOf(step) },
    measurement: {
      ...template.measurement,
      forks: step.forks,
      rounds: ROUNDS,
      budgetMs,
      mostBudgetMs: budgetMs,
      warmup: { kind: 'time', ms: WARM_UP_MS },
    },
  };
}

function forksOf({ executors, scenario }: ScenarioResult, forks: number): MapCell['forks'] {
  const [loop, threads] = pairOf(scenario);
  return Array.from({ length: forks }, (_, fork) => {
    const of = (id: string) => {
      const found = executors.find(({ variant }) => variant.id === id);
      return found === undefined ? [] : roundValues(found, scenario, fork);
    };
    return { loop: of(loop.id), threads: of(threads.id) };
  });
}

function trialsOf(cells: readonly MapCell[]): number {
  const logs = cells.flatMap(({ forks }) => forks.flatMap(({ loop, threads }) => [...loop, ...threads]));
  return logs.filter(log => log !== null).length;
}
