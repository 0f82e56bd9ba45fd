import type { Clock } from '../clock.js';
import type { RunEvent } from '../measure/events.js';
import type { Plan, Scenario } from '../schema/index.js';

/** How long a run takes, and how much of it is left: by budgets, until forks have shown what they take. */
export class TimeLeft {
  readonly #plan: Plan;
  readonly #clock: Clock;
  #laterMs: number;
  #untilMs = 0;
  #scenarioStartedMs = 0;
  #isPlanned = false;
  #forksDone = 0;

  constructor(plan: Plan, clock: Clock) {
    this.#plan = plan;
    this.#clock = clock;
    this.#laterMs = this.#laterThan(0);
  }

  /** What the whole run takes, before it starts. */
  announcement(): string {
    const { scenarios } = this.#plan;
    const usualMs = sumOf(scenarios, ({ measurement }) => measurement.budgetMs);
    const mostMs = sumOf(scenarios, ({ measurement }) => measurement.mostBudgetMs);
    const what = scenarios.length === 1 ? '' : `${scenarios.length} scenarios, `;
    const longer =
      mostMs > usualMs ? `, up to ${seconds(mostMs)} where that is enough to warm the code up` : '';
    const fixed = scenarios.some(({ measurement }) => measurement.forks !== null);
    const isConfirmed = scenarios.some(({ axis, slo }) => axis?.name === 'rate' && slo.length > 0);
    const confirmed = isConfirmed ? ', then the highest rates that hold once more' : '';
    const time = fixed ? ', or as long as the forks asked for take' : longer;
    return `${what}about ${seconds(usualMs)}${time}${confirmed}`;
  }

  /** To be told of every event, before it is asked. */
  follow(event: RunEvent): void {
    switch (event.type) {
      case 'scenario-started':
        this.#laterMs = this.#laterThan(event.number);
        this.#scenarioStartedMs = this.#clock.nowMs();
        this.#untilMs = this.#scenarioStartedMs + mostMsOf(event.scenario);
        this.#forksDone = 0;
        this.#isPlanned = false;
        break;
      case 'scenario-planned':
        this.#isPlanned = true;
        this.#untilMs = this.#clock.nowMs() + event.forMs;
        break;
      case 'fork':
        this.#forksDone = event.fork;
        break;
    }
  }

  /**
   * Null where a fixed number of forks decides, and nothing tells yet how long they are: before the first one a task alone
   * does, unless it takes longer than that.
   */
  leftMs({ measurement }: Scenario): number | null {
    const nowMs = this.#clock.nowMs();
    const untilMs = Math.max(0, this.#untilMs - nowMs);
    if (measurement.forks === null) return untilMs + this.#laterMs;
    if (this.#forksDone === 0) return this.#isPlanned && untilMs > 0 ? untilMs + this.#laterMs : null;
    const elapsedMs = nowMs - this.#scenarioStartedMs;
    return Math.max(0, (elapsedMs / this.#forksDone) * measurement.forks - elapsedMs) + this.#laterMs;
  }

  /** At most: what is left is to shrink, and what a pilot finds out must not make it grow. */
  #laterThan(number: number): number {
    return sumOf(this.#plan.scenarios.slice(number), mostMsOf);
  }
}

function sumOf(scenarios: readonly Scenario[], msOf: (scenario: Scenario) => number): number {
  return scenarios.reduce((sum, scenario) => sum + msOf(scenario), 0);
}

/** A budget may grow to that for warming up. */
function mostMsOf({ measurement }: Scenario): number {
  return Math.max(measurement.budgetMs, measurement.mostBudgetMs);
}

export function leftText(leftMs: number | null): string {
  if (leftMs === null) return 'time left unknown';
  return leftMs === 0 ? 'no time left' : `up to ${seconds(leftMs)} left`;
}

export function seconds(ms: number): string {
  return ms < 10_000 ? `${(ms / 1000).toFixed(1)} s` : `${Math.round(ms / 1000)} s`;
}
