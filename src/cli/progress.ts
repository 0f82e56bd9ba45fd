import type { Clock } from '../clock.js';
import type { ForkEvent, RunEvent, TrialEvent } from '../measure/events.js';
import { harmless, truncate } from '../report/text.js';
import type { Plan } from '../schema/index.js';
import { canRedraw, type Env, type Output, widthOf } from './terminal.js';
import { leftText, seconds, TimeLeft } from './time-left.js';

/** Follows a run on standard error. */
export interface Progress {
  show(event: RunEvent): void;
  /** The run is over, however it ended: gives the terminal back. */
  end(): void;
}

export const silentProgress: Progress = { show() {}, end() {} };

/** On a terminal lines that are drawn over; elsewhere a line per fork, without control codes. */
export function createProgress(plan: Plan, stderr: Output, env: Env, clock: Clock): Progress {
  const time = new TimeLeft(plan, clock);
  return canRedraw(stderr, env) ? new LiveProgress(stderr, env, clock, time) : lineProgress(stderr, time);
}

function lineProgress(stderr: Output, time: TimeLeft): Progress {
  return {
    show(event) {
      time.follow(event);
      const line = lineOf(event, time);
      if (line !== null) stderr.write(`${line}\n`);
    },
    end() {},
  };
}

function lineOf(event: RunEvent, time: TimeLeft): string | null {
  switch (event.type) {
    case 'run-started':
      return time.announcement();
    case 'scenario-started':
      return headOf(event);
    case 'scenario-planned':
      return `  ${leftText(time.leftMs(event.scenario))}`;
    case 'fork': {
      const left = leftText(time.leftMs(event.scenario));
      return [`  fork ${event.fork}`, seconds(event.elapsedMs), left, rankingText(event)].join(' · ');
    }
    default:
      return null;
  }
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

  constructor(stderr: Output, env: Env, clock: Clock, time: TimeLeft) {
    this.#stderr = stderr;
    this.#env = env;
    this.#clock = clock;
    this.#time = time;
  }

  show(event: RunEvent): void {
    this.#time.follow(event);
    // Nothing is drawn over it: it stays above the rest.
    if (event.type === 'run-started') this.#stderr.write(`${this.#time.announcement()}\n`);
    if (event.type === 'scenario-started') this.#start(event);
    if (event.type === 'scenario-planned')
      this.#draw([this.#head, 'fork 1', leftText(this.#time.leftMs(event.scenario))]);
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
  return harmless(`${scenario.title}${variant} ${number}/${ofScenarios}`);
}

const SHOWN = 4;

/** `limited 56×, queue 55× sequential`: who leads so far. */
function rankingText({ ranking, baseline, isCold }: ForkEvent): string {
  const rivals = ranking.filter(({ id, ratio }) => id !== baseline && ratio !== null).slice(0, SHOWN);
  if (rivals.length === 0) return 'no comparison yet';
  return harmless(
    `${isCold ? 'cold: ' : ''}${rivals.map(({ id, ratio }) => `${id} ${times(ratio!)}`).join(', ')} ${baseline}`,
  );
}

function times(ratio: number): string {
  return `${ratio >= 10 ? Math.round(ratio) : ratio.toPrecision(3)}×`;
}
