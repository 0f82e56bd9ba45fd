import stringWidth from 'fast-string-width';
import type { Clock } from '../clock.js';
import type { ForkEvent, RunEvent, TrialEvent } from '../measure/events.js';
import type { Plan, Scenario } from '../schema/index.js';
import { canRedraw, type Env, type Output, widthOf } from './terminal.js';

/** Follows a run on standard error. */
export interface Progress {
  show(event: RunEvent): void;
  /** The run is over, however it ended: gives the terminal back. */
  end(): void;
}

export const silentProgress: Progress = { show() {}, end() {} };

/** On a terminal lines that are drawn over; elsewhere a line per fork, without control codes. */
export function createProgress(plan: Plan, stderr: Output, env: Env, clock: Clock): Progress {
  return canRedraw(stderr, env)
    ? new LiveProgress(plan, stderr, env, clock)
    : new LineProgress(plan, stderr, clock);
}

/** How long a run takes, and how much of it is left: by budgets, until forks have shown what they take. */
export class TimeLeft {
  readonly #plan: Plan;
  readonly #clock: Clock;
  #laterMs: number;
  #untilMs = 0;
  #scenarioStartedMs = 0;
  #forksDone = 0;

  constructor(plan: Plan, clock: Clock) {
    this.#plan = plan;
    this.#clock = clock;
    this.#laterMs = this.#after(0);
  }

  /** What the whole run takes, before it starts. */
  announcement(): string {
    const { scenarios } = this.#plan;
    const mostMs = scenarios.reduce((sum, { measurement }) => sum + measurement.mostBudgetMs, 0);
    const what = scenarios.length === 1 ? '' : `${scenarios.length} scenarios, `;
    const longer =
      mostMs > this.#after(0) ? `, up to ${seconds(mostMs)} where that is enough to warm the code up` : '';
    const fixed = scenarios.some(({ measurement }) => measurement.forks !== null);
    const isConfirmed = scenarios.some(({ axis, slo }) => axis?.name === 'rate' && slo.length > 0);
    const confirmed = isConfirmed ? ', then the highest rates that hold once more' : '';
    const time = fixed ? ', or as long as the forks asked for take' : longer;
    return `${what}about ${seconds(this.#after(0))}${time}${confirmed}`;
  }

  /** To be told of every event, before it is asked. */
  follow(event: RunEvent): void {
    switch (event.type) {
      case 'scenario-started':
        this.#laterMs = this.#after(event.number);
        this.#scenarioStartedMs = this.#clock.nowMs();
        this.#untilMs = this.#scenarioStartedMs + event.scenario.measurement.budgetMs;
        this.#forksDone = 0;
        break;
      case 'scenario-planned':
        this.#untilMs = this.#clock.nowMs() + event.forMs;
        break;
      case 'fork':
        this.#forksDone = event.fork;
        break;
    }
  }

  /** Null where a fixed number of forks decides, and none is done. */
  leftMs({ measurement }: Scenario): number | null {
    const nowMs = this.#clock.nowMs();
    if (measurement.forks === null) return Math.max(0, this.#untilMs - nowMs) + this.#laterMs;
    if (this.#forksDone === 0) return null;
    const elapsedMs = nowMs - this.#scenarioStartedMs;
    return Math.max(0, (elapsedMs / this.#forksDone) * measurement.forks - elapsedMs) + this.#laterMs;
  }

  #after(number: number): number {
    return this.#plan.scenarios.slice(number).reduce((sum, { measurement }) => sum + measurement.budgetMs, 0);
  }
}

class LineProgress implements Progress {
  readonly #stderr: Output;
  readonly #time: TimeLeft;

  constructor(plan: Plan, stderr: Output, clock: Clock) {
    this.#stderr = stderr;
    this.#time = new TimeLeft(plan, clock);
  }

  show(event: RunEvent): void {
    this.#time.follow(event);
    const text = this.#textOf(event);
    if (text !== null) this.#stderr.write(`${text}\n`);
  }

  end(): void {}

  #textOf(event: RunEvent): string | null {
    switch (event.type) {
      case 'run-started':
        return this.#time.announcement();
      case 'scenario-started':
        return headOf(event);
      case 'scenario-planned':
        return `  ${leftText(this.#time.leftMs(event.scenario))}`;
      case 'fork': {
        const left = leftText(this.#time.leftMs(event.scenario));
        return [`  fork ${event.fork}`, seconds(event.elapsedMs), left, rankingText(event)].join(' · ');
      }
      default:
        return null;
    }
  }
}

function leftText(leftMs: number | null): string {
  return leftMs === null ? 'time left unknown' : `up to ${seconds(leftMs)} left`;
}

/** At most ten times a second. */
const MIN_REDRAW_MS = 100;
const ERASE_LINE = '\x1b[2K';
const UP_AND_ERASE = `\x1b[1A${ERASE_LINE}`;

/** Draws within its calls only, without a timer: never inside a trial. */
class LiveProgress implements Progress {
  readonly #stderr: Output;
  readonly #env: Env;
  readonly #clock: Clock;
  readonly #time: TimeLeft;
  #head = '';
  #ranking = '';
  #drawnLines = 0;
  #drawnAtMs = Number.NEGATIVE_INFINITY;

  constructor(plan: Plan, stderr: Output, env: Env, clock: Clock) {
    this.#stderr = stderr;
    this.#env = env;
    this.#clock = clock;
    this.#time = new TimeLeft(plan, clock);
  }

  show(event: RunEvent): void {
    this.#time.follow(event);
    if (event.type === 'scenario-started') this.#start(event);
    if (event.type === 'trial') this.#drawTrial(event);
    if (event.type === 'fork') this.#ranking = rankingText(event);
  }

  end(): void {
    this.#clear();
  }

  #start(event: ScenarioStarted): void {
    const { scenario } = event;
    this.#head = headOf(event);
    this.#ranking = '';
    this.#drawnAtMs = Number.NEGATIVE_INFINITY;
    const left = leftText(this.#time.leftMs(scenario));
    this.#draw([this.#head, scenario.measurement.warmup.kind === 'auto' ? 'pilot' : 'starting', left]);
  }

  #drawTrial({ trial, fork, ofRounds, scenario }: TrialEvent): void {
    const round = trial.round === 0 ? 'cold round' : `round ${trial.round}/${ofRounds}`;
    this.#draw([this.#head, `fork ${fork}`, round, leftText(this.#time.leftMs(scenario))]);
  }

  #draw(parts: readonly string[]): void {
    const nowMs = this.#clock.nowMs();
    if (nowMs - this.#drawnAtMs < MIN_REDRAW_MS) return;
    this.#clear();
    // One column is left free: a full last column makes some terminals wrap.
    const width = widthOf(this.#stderr, this.#env) - 1;
    const lines = [parts.join(' · '), ...(this.#ranking === '' ? [] : [`  ${this.#ranking}`])];
    this.#stderr.write(lines.map(line => `${truncate(line, width)}\n`).join(''));
    this.#drawnLines = lines.length;
    this.#drawnAtMs = nowMs;
  }

  #clear(): void {
    if (this.#drawnLines > 0) this.#stderr.write(UP_AND_ERASE.repeat(this.#drawnLines));
    this.#drawnLines = 0;
  }
}

type ScenarioStarted = Extract<RunEvent, { readonly type: 'scenario-started' }>;

function headOf({ scenario, number, ofScenarios }: ScenarioStarted): string {
  const variant = scenario.axis === null ? '' : ` (${scenario.id})`;
  return plain(`${scenario.title}${variant} ${number}/${ofScenarios}`);
}

const SHOWN = 4;

/** `limited 56×, queue 55× sequential`: who leads so far. */
function rankingText({ ranking, baseline, isCold }: ForkEvent): string {
  const rivals = ranking.filter(({ id, ratio }) => id !== baseline && ratio !== null).slice(0, SHOWN);
  if (rivals.length === 0) return 'no comparison yet';
  return plain(
    `${isCold ? 'cold: ' : ''}${rivals.map(({ id, ratio }) => `${id} ${times(ratio!)}`).join(', ')} ${baseline}`,
  );
}

function times(ratio: number): string {
  return `${ratio >= 10 ? Math.round(ratio) : ratio.toPrecision(3)}×`;
}

function seconds(ms: number): string {
  return ms < 10_000 ? `${(ms / 1000).toFixed(1)} s` : `${Math.round(ms / 1000)} s`;
}

/** Without what a terminal would obey: names come from users' files. */
function plain(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
  return text.replace(/[\x00-\x1f\x7f-\x9f]+/g, ' ');
}

function truncate(line: string, width: number): string {
  if (stringWidth(line) <= width) return line;
  let kept = '';
  let used = 1;
  for (const character of line) {
    used += stringWidth(character);
    if (used > width) break;
    kept += character;
  }
  return `${kept}…`;
}
