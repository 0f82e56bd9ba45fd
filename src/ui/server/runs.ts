import type { Clock } from '../../clock.js';
import type { RunEvent } from '../../measure/events.js';
import type { Looks } from '../../report/html/looks.js';
import type { Sections } from '../../report/view/types.js';
import { errorText } from '../../report/words/losses.js';
import type { Plan, Report, Scenario } from '../../schema/index.js';
import type { UiRequest, UiState } from '../protocol.js';
import { measureProgressOf, measureResultOf } from './measure-result.js';
import type { MessageLog } from './message-log.js';
import type { PlannedRequest } from './planner.js';
import { raceResultOf } from './race-result.js';
import { progressText } from './words.js';

/** What tells how much of a run is left. */
export interface TimeEstimate {
  /** To be told of every event, before it is asked. */
  follow(event: RunEvent): void;
  leftMs(scenario: Scenario): number | null;
}

/** What a run that ended has come to. */
export interface Ended {
  readonly report: Report;
  /** Name of the file; null: it is not saved. */
  readonly saved: string | null;
  /** What went wrong beside the measurements. */
  readonly faults: readonly string[];
}

/** How a run is followed: whoever takes an event holds the next trial up. */
export interface Following {
  readonly signal: AbortSignal;
  /** Arguments of the program that ask for the same. */
  readonly args: readonly string[];
  follow(event: RunEvent): Promise<void>;
}

/** What measures: it is the command that has a folder for results, and the processes. */
export interface Runner {
  /** Keeps nothing. */
  race(plan: Plan, following: Following): Promise<Ended>;
  /** Saves what is finished, as `run` does. */
  measure(plan: Plan, following: Following): Promise<Ended>;
  estimate(plan: Plan): TimeEstimate;
  /** What repeats it in a shell. */
  commandOf(args: readonly string[]): string;
}

export interface DeskOptions {
  readonly runner: Runner;
  readonly log: MessageLog;
  readonly clock: Clock;
  readonly looks: Looks;
  readonly sections: Sections;
  /** Few cores: nothing is told while a trial is measured, and the page has a moment to draw before the next one. */
  readonly isQuiet: boolean;
  plan(request: UiRequest): Promise<PlannedRequest>;
  /** Waits for so long. */
  pause(ms: number): Promise<void>;
}

/** Four updates a second; on few cores one, which the run waits for. */
const MIN_UPDATE_MS = { usual: 250, quiet: 1_000 };
const DRAWING_MS = 100;

/** Another run is under way. */
export class Busy extends Error {
  override readonly name = 'Busy';
}

interface Current {
  readonly number: number;
  readonly request: UiRequest;
  readonly startedMs: number;
  readonly controller: AbortController;
  leftMs: number | null;
  done: Promise<void>;
}

/** Starts one run at a time, and tells of it. */
export class RunDesk {
  readonly #options: DeskOptions;
  #runs = 0;
  #current: Current | null = null;
  #isMeasuring = false;

  constructor(options: DeskOptions) {
    this.#options = options;
  }

  /** Whether whatever takes a core now would be in the figures. */
  get mayBeDisturbed(): boolean {
    return this.#options.isQuiet && this.#isMeasuring;
  }

  get isRunning(): boolean {
    return this.#current !== null;
  }

  state(): UiState {
    if (this.#current === null) return { state: 'idle' };
    const { number, request, startedMs, leftMs } = this.#current;
    const elapsedMs = this.#options.clock.nowMs() - startedMs;
    return { state: 'running', run: number, request, elapsedMs, leftMs };
  }

  /**
   * @returns the number of the run, which goes on by itself
   * @throws Busy, and UsageError for what cannot be run
   */
  async start(request: UiRequest): Promise<number> {
    const { plan, clock, log } = this.#options;
    if (this.#current !== null) throw new Busy(busyText(this.#current));
    const current: Current = {
      number: this.#runs + 1,
      request,
      startedMs: clock.nowMs(),
      controller: new AbortController(),
      leftMs: null,
      done: Promise.resolve(),
    };
    // Before anything is waited for: of two who ask at once one is told.
    this.#current = current;
    try {
      const planned = await plan(request);
      this.#runs = current.number;
      log.add({ type: 'state', ...this.state() });
      current.done = this.#run(current, planned);
      return current.number;
    } catch (error) {
      this.#current = null;
      throw error;
    }
  }

  /** Ends the run with what is finished. @returns false: there is none */
  stop(): boolean {
    if (this.#current === null) return false;
    this.#current.controller.abort();
    return true;
  }

  /** The same, and waits for its end. */
  async close(): Promise<void> {
    this.stop();
    await this.#current?.done;
  }

  async #run(current: Current, planned: PlannedRequest): Promise<void> {
    const { log } = this.#options;
    try {
      await this.#measure(current, planned);
    } catch (error) {
      log.add({ type: 'failed', run: current.number, error: errorText(error) });
    } finally {
      this.#isMeasuring = false;
      this.#current = null;
      log.add({ type: 'state', ...this.state() });
    }
  }

  async #measure(current: Current, { plan, args }: PlannedRequest): Promise<void> {
    const { runner, log, looks, sections } = this.#options;
    const { request, number, controller } = current;
    const teller = new ProgressTeller(this.#options, current, runner.estimate(plan));
    const following: Following = {
      signal: controller.signal,
      args,
      follow: async event => {
        this.#isMeasuring = false;
        await teller.tell(event);
        this.#isMeasuring = true;
      },
    };
    this.#isMeasuring = true;
    const { report, saved, faults } = await runner[request.kind](plan, following);
    this.#isMeasuring = false;
    const command = runner.commandOf(args);
    for (const error of faults) log.add({ type: 'failed', run: number, error });
    if (request.kind === 'measure') {
      const result = measureResultOf(report, { saved, command, sections });
      log.add({ type: 'measure-done', run: number, result });
      return;
    }
    const asked = { preset: request.plan.preset, plan: request.plan, command };
    const result = raceResultOf(report, asked, looks);
    if (result.entrants.length > 0) log.add({ type: 'race-done', run: number, result });
    else log.add({ type: 'failed', run: number, error: nothingToShow(report, result.lost) });
  }
}

/** Tells how far a run has come, as seldom as it has to. */
class ProgressTeller {
  readonly #options: DeskOptions;
  readonly #current: Current;
  readonly #estimate: TimeEstimate;
  #place = { scenarioNumber: 1, ofScenarios: 1 };
  #scenario: Scenario | null = null;
  #toldAtMs = Number.NEGATIVE_INFINITY;

  constructor(options: DeskOptions, current: Current, estimate: TimeEstimate) {
    this.#options = options;
    this.#current = current;
    this.#estimate = estimate;
  }

  async tell(event: RunEvent): Promise<void> {
    const { log } = this.#options;
    this.#estimate.follow(event);
    if (event.type === 'scenario-started') {
      this.#scenario = event.scenario;
      this.#place = { scenarioNumber: event.number, ofScenarios: event.ofScenarios };
    }
    if (this.#scenario !== null) this.#current.leftMs = this.#estimate.leftMs(this.#scenario);
    const isMeasured = event.type === 'partial' && this.#current.request.kind === 'measure';
    const text = progressText(event);
    if (!isMeasured && (text === null || !this.#isTime(event))) return;
    const { number: run, leftMs } = this.#current;
    const result = isMeasured ? event.report.scenarios.at(-1) : undefined;
    if (result !== undefined)
      log.add({ type: 'measure', run, progress: measureProgressOf(result, this.#place) });
    if (text !== null) log.add({ type: 'progress', run, leftMs, text });
    await this.#letDraw();
  }

  /** What begins is told at once. */
  #isTime({ type }: RunEvent): boolean {
    const { clock, isQuiet } = this.#options;
    const nowMs = clock.nowMs();
    const isFirst = type === 'scenario-started' || type === 'scenario-planned';
    if (!isFirst && nowMs - this.#toldAtMs < (isQuiet ? MIN_UPDATE_MS.quiet : MIN_UPDATE_MS.usual))
      return false;
    this.#toldAtMs = nowMs;
    return true;
  }

  async #letDraw(): Promise<void> {
    const { isQuiet, log, pause } = this.#options;
    if (isQuiet && log.listeners > 0) await pause(DRAWING_MS);
  }
}

function busyText({ number, request: { kind, plan } }: Current): string {
  const what = kind === 'race' ? 'a race' : 'a measurement';
  return `Expected to be alone, got run ${number} under way: ${what} of ${plan.preset}. Wait for its end, or stop it.`;
}

function nothingToShow({ interrupted }: Report, lost: readonly { readonly why: string }[]): string {
  if (interrupted) return 'Stopped before there was anything to show.';
  return `Nobody came to the end of a trial: ${lost[0]?.why ?? 'there was none'}.`;
}
