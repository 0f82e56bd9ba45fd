import type {
  Estimate,
  ExecutorResult,
  Report,
  Tune,
  TuneAnswer,
  TunePoint,
  TuneStanding,
} from '../../schema/index.js';
import { amount, bytes, count, duration, percent, ratioInterval, times } from '../format.js';
import { listed } from './labels.js';

/** What a tune found, in sentences without the last full stop. */
export interface TuneWords {
  readonly headline: string;
  readonly sentences: readonly string[];
}

/** Threads were chosen, and not shown to do more than the loop does. */
export function isUndecided({ points }: Tune, { choice, loop, toLoop }: TuneAnswer): boolean {
  const hasThreads = points.some(({ id, workers }) => id === choice && workers > 0);
  return hasThreads && loop !== null && (toLoop.low === null || toLoop.low <= 1);
}

/** A recommendation and what it rests on. Pure. */
export function tuneWords(report: Report, tune: Tune): TuneWords {
  const { answer } = tune;
  if (answer === null) return { headline: unansweredHeadline(report, tune), sentences: [] };
  const said = new TuneSpeech(report, tune, answer);
  return {
    headline: said.headline(),
    sentences: [
      said.sizes(),
      said.inFlight(),
      said.task(),
      said.coldness(),
      said.surety(),
      said.notExcluded(),
    ].filter(sentence => sentence !== null),
  };
}

function unansweredHeadline({ interrupted }: Report, { alone, forks }: Tune): string {
  if (interrupted)
    return `No answer yet: interrupted after ${count(forks.length)} ${forks.length === 1 ? 'fork' : 'forks'}; --resume goes on`;
  if (alone === null)
    return 'No answer: tasks fail. `run` shows with what; a function that takes arguments is given them by --args';
  return 'No answer: nothing could be confirmed';
}

/** Below this part of what it needs code is another than it will be. */
const MUCH_LESS = 3;
/** A new isolate is given half as much again as it needs. */
const WARM_UP_MARGIN = 1.5;
/** Smaller ones that are named, at most. */
const LISTED = 4;

class TuneSpeech {
  readonly #report: Report;
  readonly #tune: Tune;
  readonly #answer: TuneAnswer;
  readonly #choice: TunePoint;
  readonly #standings: ReadonlyMap<string, TuneStanding>;

  constructor(report: Report, tune: Tune, answer: TuneAnswer) {
    this.#report = report;
    this.#tune = tune;
    this.#answer = answer;
    this.#choice = tune.points.find(({ id }) => id === answer.choice)!;
    this.#standings = new Map(answer.standings.map(standing => [standing.id, standing]));
  }

  headline(): string {
    const { toLoop, loop } = this.#answer;
    if (this.#choice.workers === 0) return `Use ${this.#loopText(this.#choice)}${this.#threadsGain()}`;
    const what = `Use ${shapeText(this.#choice)}`;
    const gain = loop === null ? '' : `: ${ratioText(toLoop)} ${this.#oneLoop(loop)}`;
    return loop === null || !isUndecided(this.#tune, this.#answer)
      ? `${what}${gain}${this.#costText()}`
      : `Undecided between ${shapeText(this.#choice)} and ${this.#oneLoop(loop)}: ${ratioText(toLoop)}`;
  }

  #loopText({ inFlightPerWorker: limit, executor, uvThreads }: TunePoint): string {
    const pool = uvThreads === null ? '' : ` and ${uvThreads} threads of libuv's pool (UV_THREADPOOL_SIZE)`;
    const tasks = limit === 1 ? 'one task at a time' : `${limit} tasks in flight`;
    return `the event loop, ${tasks}${executor === 'limited' || executor === 'sequential' ? '' : ` (${executor})`}${pool}`;
  }

  /** Of the best with threads, where the loop is recommended. */
  #threadsGain(): string {
    const { runnerUp } = this.#answer;
    const point = this.#tune.points.find(({ id, workers }) => id === runnerUp && workers > 0);
    const ratio = this.#ofRunnerUp;
    if (point === undefined || ratio === null) return '';
    return this.#mayBeBeaten
      ? `: that ${shapeText(point)} does more is not shown, ${ratioText(ratio)}`
      : `: ${shapeText(point)} does ${ratioText(ratio)} that`;
  }

  /** The runner-up ÷ the choice. */
  get #ofRunnerUp(): Estimate | null {
    const { median, low, high } = this.#answer.toRunnerUp;
    if (median === null) return null;
    return { median: 1 / median, low: high === null ? null : 1 / high, high: low === null ? null : 1 / low };
  }

  /** The loop is recommended because nothing else is shown, and not because threads are known to gain less than was allowed. */
  get #mayBeBeaten(): boolean {
    const ratio = this.#ofRunnerUp?.median ?? 0;
    return this.#choice.workers === 0 && ratio > 1 + this.#tune.rules.within;
  }

  #oneLoop(loop: string): string {
    const limit = this.#tune.points.find(({ id }) => id === loop)?.inFlightPerWorker ?? 1;
    return limit === 1 ? 'one loop' : `one loop (${limit} in flight)`;
  }

  /** `, for 41 MB more and 160 ms of start-up`. */
  #costText(): string {
    const [own, loop] = [this.#executor(this.#answer.choice), this.#executor(this.#answer.loop)];
    const more = (own?.memoryBytes ?? null) === null ? null : own!.memoryBytes! - (loop?.memoryBytes ?? 0);
    const parts = [
      more !== null && more > 0 ? `${bytes(more)} more` : null,
      own?.startupMs != null ? `${duration(own.startupMs)} of start-up` : null,
    ].filter(part => part !== null);
    return parts.length === 0 ? '' : `, for ${parts.join(' and ')}`;
  }

  #executor(id: string | null): ExecutorResult | undefined {
    return this.#report.scenarios[0]?.executors.find(({ variant }) => variant.id === id);
  }

  /** `1 thread does 52 % of that; 4 and 8 are no better`. */
  sizes(): string | null {
    if (this.#choice.workers === 0) return null;
    const byWorkers = this.#bestBy(
      point => point.workers,
      point => point.executor === this.#choice.executor,
    );
    return this.#along(
      byWorkers,
      this.#choice.workers,
      value => `${value} ${value === 1 ? 'thread' : 'threads'}`,
    );
  }

  /** `In flight per thread: 1 does as well as any`. */
  inFlight(): string | null {
    const { executor, workers, inFlightPerWorker, uvThreads } = this.#choice;
    const isSeries = (point: TunePoint) =>
      point.executor === executor && point.workers === workers && point.uvThreads === uvThreads;
    const byLimit = this.#bestBy(point => point.inFlightPerWorker, isSeries);
    const text = this.#along(byLimit, inFlightPerWorker, String);
    if (text === null) return null;
    return `In flight${workers === 0 ? '' : ' per thread'}: ${text}`;
  }

  /** Of each value of an axis the best standing. */
  #bestBy(axis: (point: TunePoint) => number, isOne: (point: TunePoint) => boolean) {
    const best = new Map<number, TuneStanding>();
    for (const point of this.#tune.points.filter(isOne)) {
      const standing = this.#standings.get(point.id)!;
      const known = best.get(axis(point));
      if (known === undefined || this.#rank(standing) > this.#rank(known)) best.set(axis(point), standing);
    }
    return best;
  }

  /** Of two that do the same the one that did more, or might. */
  #rank({ id, state, ratio }: TuneStanding): number {
    const bound = this.#tune.points.find(point => point.id === id)?.bound ?? 0;
    return STATES.indexOf(state) + (ratio === null ? 1 - 1 / (1 + bound) : Math.min(0.99, ratio / 10));
  }

  #along(
    best: ReadonlyMap<number, TuneStanding>,
    chosen: number,
    name: (value: number) => string,
  ): string | null {
    const values = [...best.keys()].sort((a, b) => a - b);
    const smaller = values.filter(value => value < chosen).slice(-LISTED);
    const worse = smaller.flatMap(value => {
      const { ratio, state, id } = best.get(value)!;
      if (state === 'bounded') return [`${name(value)} can do no more than ${this.#boundText(id)}`];
      return ratio === null ? [] : [`${name(value)} ${does(name(value))} ${percent(ratio)}`];
    });
    const more = values.filter(value => value > chosen);
    const noBetter = more.filter(value => ['as good', 'behind', 'bounded'].includes(best.get(value)!.state));
    const clauses = [
      worse.length === 0 ? null : worse.slice(-2).join(', '),
      noBetter.length === 0
        ? null
        : noBetter.length > 2
          ? `${noBetter[0]} to ${noBetter.at(-1)} are no better`
          : `${listed(noBetter.map(String))} ${noBetter.length === 1 ? 'is' : 'are'} no better`,
    ].filter(clause => clause !== null);
    if (clauses.length === 0) return null;
    const chose = name(chosen);
    const smallest = chose.endsWith('s') ? 'are the fewest that do it' : 'is the least that does it';
    return `${chose} ${smallest}: ${clauses.join('; ')}`;
  }

  #boundText(id: string): string {
    const bound = this.#tune.points.find(point => point.id === id)?.bound ?? null;
    const chosen = this.#executor(this.#answer.choice)?.tasksPerSecond.median ?? null;
    return bound === null || chosen === null ? 'less' : percent(Math.min(1, bound / chosen));
  }

  task(): string | null {
    const { alone, warmUp } = this.#tune;
    if (alone === null) return null;
    const { parts } = alone;
    // V8 compiles and collects for it on threads of its own.
    const computesMs = parts == null ? 0 : Math.max(parts.computesMs, alone.cpuMs - parts.offThreadMs);
    const does =
      parts == null
        ? `A task takes ${duration(alone.serviceMs)} and ${duration(alone.cpuMs)} of CPU time`
        : `A task ${listed(
            [
              computesMs > 0 ? `computes ${duration(computesMs)}` : null,
              parts.blocksMs > 0 ? `blocks its thread for ${duration(parts.blocksMs)}` : null,
              parts.offThreadMs > 0 ? `has ${duration(parts.offThreadMs)} computed on other threads` : null,
              parts.childrenMs > 0 ? `has ${duration(parts.childrenMs)} computed by child processes` : null,
              parts.waitsMs > 0 ? `waits ${duration(parts.waitsMs)}` : null,
            ].filter(part => part !== null),
          )}`;
    const pays = this.#breakEvenText();
    const learns =
      warmUp === null
        ? null
        : `a new thread takes ${duration(warmUp.cpuMs / WARM_UP_MARGIN)} of CPU time to its speed`;
    return [does, pays, learns].filter(part => part !== null).join('; ');
  }

  /**
   * What a task costs more in a thread than on the loop has to be gained by the cores: with n of them from
   * cost ÷ (n − 1) of computing on.
   */
  #breakEvenText(): string | null {
    const [loop, own] = [this.#answer.loop, this.#answer.choice].map(id => this.#executor(id));
    const cores = Math.min(this.#choice.workers, this.#tune.cores);
    if (loop?.cpuMsPerTask == null || own?.cpuMsPerTask == null || cores < 2) return null;
    const overheadMs = own.cpuMsPerTask - loop.cpuMsPerTask;
    if (overheadMs <= 0) return null;
    return `threads pay above about ${duration(overheadMs / (cores - 1))} of computing`;
  }

  /** Where isolates were given less than a third of what their code needs. */
  coldness(): string | null {
    const { warmUp, budgetMs } = this.#tune;
    if (warmUp === null || warmUp.givenMs * MUCH_LESS >= warmUp.cpuMs / WARM_UP_MARGIN) return null;
    const needed = duration(warmUp.cpuMs / WARM_UP_MARGIN);
    return `Threads were not at their speed: their code needs ${needed} of CPU time, and the budget had ${duration(warmUp.givenMs)} for each; --budget ${secondsText(2 * budgetMs)} gives more`;
  }

  surety(): string {
    const { trials, elapsedMs, rules, points, forks } = this.#tune;
    const confirms = forks.filter(({ phase }) => phase === 'confirm').length;
    const measured = points.filter(point => this.#standings.get(point.id)?.ratio != null);
    const threads = Math.max(...measured.map(({ workers }) => workers));
    const within = percent(rules.within);
    const busy = this.#report.scenarios[0]?.findings.some(({ code }) => code === 'machine-busy') === true;
    const doubt = busy
      ? 'Unsure, since other programs kept the machine busy'
      : this.#mayBeBeaten || isUndecided(this.#tune, this.#answer)
        ? 'Unsure, since the interval of threads to the loop has 1 in it'
        : 'Sure';
    const shown = doubt === 'Sure' ? 'no other beats' : 'no other is shown to beat';
    return (
      `${doubt}: the smallest that ${shown} by more than ${within}, confirmed in ${confirms} fresh processes; ` +
      `${count(trials)} trials, ${duration(elapsedMs)}. Not covered: more than ${threads === 0 ? 'one loop' : `${threads} threads`}, other arguments and sizes of data, other machines`
    );
  }

  /** Of a tune whose budget was short. */
  notExcluded(): string | null {
    const open = this.#tune.unscreened;
    if (!this.#tune.hurried && open === 0) return null;
    const budget = secondsText(2 * this.#tune.budgetMs);
    const close = this.#answer.standings.filter(
      ({ state, ratio }) => state === 'as good' && (ratio ?? 0) > 1,
    );
    const better =
      this.#tune.hurried && close.length > 0
        ? `that ${listed(close.slice(0, 3).map(({ id }) => id))} do better`
        : null;
    const unseen = open > 0 ? `${count(open)} of ${count(this.#tune.points.length)} points` : null;
    const said = [better, unseen].filter(part => part !== null);
    return said.length === 0
      ? null
      : `Not excluded within this budget: ${said.join(', and ')}; --budget ${budget} tells more`;
  }
}

/** As `--budget` takes it. */
function secondsText(ms: number): string {
  return `${Math.ceil(ms / 1_000)}s`;
}

function does(name: string): string {
  return name.endsWith('s') ? 'do' : 'does';
}

const STATES: readonly TuneStanding['state'][] = [
  'bounded',
  'not measured',
  'unfit',
  'behind',
  'as good',
  'choice',
];

/** `a piscina pool of 4 threads, 16 tasks at once in each`. */
export function shapeText({ executor, workers, inFlightPerWorker, setting, uvThreads }: TunePoint): string {
  const kind = executor === 'queue' ? 'worker threads on a shared queue' : `a ${executor} pool`;
  const threads = `${workers} ${executor === 'processes' ? 'processes' : 'threads'}`.replace(
    /^1 (thread|process)(s|es)$/,
    '1 $1',
  );
  const of = executor === 'queue' ? `${threads} that drain a shared queue` : `${kind} of ${threads}`;
  const limit = inFlightPerWorker === 1 ? '' : `, ${inFlightPerWorker} tasks at once in each`;
  const options = setting === '' ? '' : ` (${setting})`;
  const pool = uvThreads === null ? '' : `, with ${uvThreads} threads of libuv's pool`;
  return `${of}${options}${limit}${pool}`;
}

function ratioText({ median, low, high }: Estimate): string {
  if (median === null) return `${amount(null)}×`;
  if (low === null || high === null) return times(median);
  const { value, interval } = ratioInterval(median, low, high);
  return `${value}× ${interval}`;
}
