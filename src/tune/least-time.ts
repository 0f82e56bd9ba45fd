import { knownPilot } from '../measure/pilot.js';
import type { Learned } from '../measure/session.js';
import { AMPLE_CPU_MS } from '../measure/warm-plan.js';
import type { Scenario, TuneFork, TunePoint, TuneRules } from '../schema/index.js';
import { confirmMs, effortOf, forkMs } from './effort.js';
import { kneeAndLoop } from './eligible.js';
import { finalistsOf } from './finalists.js';
import { sorted } from './point.js';

/** What a tune takes in any case, from its start on. */
export interface LeastTime {
  /** Of tasks that wait, or once a task is known. */
  readonly leastMs: number;
  /** Of code that has to be warmed up; the same once it is known whether it has. */
  readonly warmedMs: number;
  /** Of the confirmation, that are left. */
  readonly forks: number;
  /** A budget that has room for that; null: the one that was given has. */
  readonly enoughMs: number | null;
}

interface LeastRequest {
  readonly scenario: Scenario;
  readonly points: readonly TunePoint[];
  readonly forks: readonly TuneFork[];
  readonly rules: TuneRules;
  readonly cores: number;
  readonly budgetMs: number;
  /** Null: a task has not been looked at. */
  readonly learned: Learned | null;
  readonly elapsedMs: number;
  /** Forks of the confirmation that are left. */
  readonly forksLeft: number;
  /** How many times as long as expected forks take. */
  readonly slowness: number;
}

/** Processes that try a task and measure it alone. */
const ALONE_MS = 1_500;
/** Until it is known whether tasks wait. */
const SHORT_PILOT_MS = 500;
/** Of code that comes to its speed soon: see `LEAST_PILOT_CPU_MS`. */
const USUAL_PILOT_MS = 5_000;
/** Of the budget, as of a run's. */
const PILOT_SHARE = 1 / 5;
/** A budget that is named holds on a slower day too: processes of two cores that are shared take up to twice as long to start. */
const NAMED_MARGIN = 1.5;

/** Pure. */
export function leastTime(asked: LeastRequest): LeastTime {
  const { budgetMs } = asked;
  const [leastMs, warmedMs] = [leastOf(asked, budgetMs, 'waits'), leastOf(asked, budgetMs, 'warmed')];
  return {
    leastMs,
    warmedMs,
    forks: asked.forksLeft,
    enoughMs: warmedMs <= budgetMs ? null : enoughMs(asked),
  };
}

type Guess = 'waits' | 'warmed';

/** What is found out of a task, the predicted knee, and the confirmation in fresh processes. */
function leastOf(asked: LeastRequest, budgetMs: number, guess: Guess): number {
  const { scenario, points, forks, rules, cores, learned, elapsedMs, forksLeft, slowness } = asked;
  const effort = effortOf(scenario, learned ?? GUESSES[guess], budgetMs);
  const pilotMs = guess === 'waits' ? SHORT_PILOT_MS : Math.min(USUAL_PILOT_MS, PILOT_SHARE * budgetMs);
  const learningMs = learned === null ? ALONE_MS + pilotMs : 0;
  const kneeMs = forks.length > 0 ? 0 : forkMs(kneeAndLoop(points, rules), effort, { cores });
  const confirmedMs = confirmMs(expectedFinalists(asked), effort, { forks: forksLeft, cores });
  return elapsedMs + learningMs + slowness * (kneeMs + confirmedMs);
}

const UNKNOWN: Learned = { alone: null, allFail: false, pilot: null };

const GUESSES: Readonly<Record<Guess, Learned>> = {
  waits: UNKNOWN,
  warmed: {
    ...UNKNOWN,
    pilot: knownPilot({ waits: false, settled: true }, { tasks: 0, cpuMs: AMPLE_CPU_MS }),
  },
};

const FINALISTS = 3;

/** As they are known; until there are a choice, a loop and a runner-up, the smallest that have a thread for each core. */
export function expectedFinalists({
  points,
  forks,
  rules,
  cores,
}: Pick<LeastRequest, 'points' | 'forks' | 'rules' | 'cores'>): TunePoint[] {
  const known =
    forks.length === 0 ? kneeAndLoop(points, rules) : finalistsOf({ points, forks, hurry: true }, rules);
  const others = sorted(
    points.filter(point => !known.includes(point)),
    rules,
  );
  const likely = [...others.filter(({ workers }) => workers >= cores), ...others];
  return [...new Set([...known, ...likely])].slice(0, Math.max(FINALISTS, known.length));
}

/** As long as a budget may be. */
const MOST_MS = 86_400_000;

/** The smallest that has room: isolates are given more where there is more. */
function enoughMs(asked: LeastRequest): number {
  let budgetMs = roundedUp(asked.budgetMs);
  while (budgetMs < MOST_MS && NAMED_MARGIN * leastOf(asked, budgetMs, 'warmed') > budgetMs)
    budgetMs = roundedUp(budgetMs + 1);
  return budgetMs;
}

/** To 5 s, from two minutes on to 30 s. */
function roundedUp(ms: number): number {
  const step = ms <= 120_000 ? 5_000 : 30_000;
  return Math.ceil(ms / step) * step;
}
