import stringWidth from 'fast-string-width';
import type { Clock } from '../clock.js';
import type { Measurement, Plan, Scenario } from '../model.js';
import type { ForkProgress, Progress, TrialProgress } from '../run/progress.js';
import { canRedraw, type Env, type Output, widthOf } from './terminal.js';

/** On a terminal lines that are drawn over; elsewhere a line per fork, without control codes. */
export function createProgress(plan: Plan, stderr: Output, env: Env, clock: Clock): Progress {
  return canRedraw(stderr, env) ? new LiveProgress(plan, stderr, env, clock) : new LineProgress(stderr);
}

class LineProgress implements Progress {
  readonly #stderr: Output;

  constructor(stderr: Output) {
    this.#stderr = stderr;
  }

  scenarioStarted(scenario: Scenario, number: number, ofScenarios: number): void {
    this.#stderr.write(`${headOf(scenario, number, ofScenarios)}\n`);
  }

  forkFinished(fork: ForkProgress): void {
    const parts = [`  fork ${fork.fork} of ${forksOf(fork.scenario.measurement)}`, seconds(fork.elapsedMs)];
    this.#stderr.write(`${[...parts, standingText(fork)].join(' · ')}\n`);
  }

  scenarioPlanned(): void {}
  trialFinished(): void {}
  scenarioFinished(): void {}
  finished(): void {}
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
  readonly #plan: Plan;
  #head = '';
  /** Of the scenarios after this one. */
  #laterMs = 0;
  #scenarioStartedMs = 0;
  #forksDone = 0;
  #standing = '';
  #drawnLines = 0;
  #drawnAtMs = Number.NEGATIVE_INFINITY;

  constructor(plan: Plan, stderr: Output, env: Env, clock: Clock) {
    this.#plan = plan;
    this.#stderr = stderr;
    this.#env = env;
    this.#clock = clock;
  }

  scenarioStarted(scenario: Scenario, number: number, ofScenarios: number): void {
    this.#head = headOf(scenario, number, ofScenarios);
    const later = this.#plan.scenarios.slice(number);
    this.#laterMs = later.reduce((sum, { measurement }) => sum + measurement.budgetMs, 0);
    this.#scenarioStartedMs = this.#clock.nowMs();
    this.#forksDone = 0;
    this.#standing = '';
    this.#drawnAtMs = Number.NEGATIVE_INFINITY;
    this.#draw([this.#head, 'starting']);
  }

  scenarioPlanned(): void {}

  trialFinished(trial: TrialProgress): void {
    const { measurement } = trial.scenario;
    const round = trial.round === 0 ? 'cold round' : `round ${trial.round}/${trial.ofRounds}`;
    this.#draw([this.#head, `fork ${trial.fork} of ${forksOf(measurement)}`, round, this.#left(measurement)]);
  }

  forkFinished(fork: ForkProgress): void {
    this.#forksDone = fork.fork;
    this.#standing = standingText(fork);
  }

  scenarioFinished(): void {}

  finished(): void {
    this.#clear();
  }

  #left(measurement: Measurement): string {
    const leftMs = timeLeftMs(measurement, this.#forksDone, this.#clock.nowMs() - this.#scenarioStartedMs);
    return leftMs === null ? 'time left unknown' : `up to ${seconds(leftMs + this.#laterMs)} left`;
  }

  #draw(parts: readonly string[]): void {
    const nowMs = this.#clock.nowMs();
    if (nowMs - this.#drawnAtMs < MIN_REDRAW_MS) return;
    this.#clear();
    // One column is left free: a full last column makes some terminals wrap.
    const width = widthOf(this.#stderr, this.#env) - 1;
    const lines = [parts.join(' · '), ...(this.#standing === '' ? [] : [`  ${this.#standing}`])];
    this.#stderr.write(lines.map(line => `${truncate(line, width)}\n`).join(''));
    this.#drawnLines = lines.length;
    this.#drawnAtMs = nowMs;
  }

  #clear(): void {
    if (this.#drawnLines > 0) this.#stderr.write(UP_AND_ERASE.repeat(this.#drawnLines));
    this.#drawnLines = 0;
  }
}

/**
 * At most how long a scenario goes on: what is left of its budget, or with a number of forks fixed beforehand, their
 * mean duration times those to come. Null before the first of these.
 */
export function timeLeftMs(measurement: Measurement, forksDone: number, elapsedMs: number): number | null {
  if (measurement.forks === null) return Math.max(0, measurement.budgetMs - elapsedMs);
  if (forksDone === 0) return null;
  return Math.max(0, (elapsedMs / forksDone) * measurement.forks - elapsedMs);
}

function headOf(scenario: Scenario, number: number, ofScenarios: number): string {
  const variant = scenario.axis === null ? '' : ` (${scenario.id})`;
  return plain(`${scenario.title}${variant} ${number}/${ofScenarios}`);
}

function forksOf({ forks, minForks, maxForks }: Measurement): string {
  return forks === null ? `${minForks} to ${maxForks}` : String(forks);
}

const SHOWN = 4;

/** `limited 56×, queue 55× sequential`: who leads so far. */
function standingText({ standing, baseline }: Pick<ForkProgress, 'standing' | 'baseline'>): string {
  const rivals = standing.filter(({ id, ratio }) => id !== baseline && ratio !== null).slice(0, SHOWN);
  if (rivals.length === 0) return 'no comparison yet';
  return plain(`${rivals.map(({ id, ratio }) => `${id} ${times(ratio!)}`).join(', ')} ${baseline}`);
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
