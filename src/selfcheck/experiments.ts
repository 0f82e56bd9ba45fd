import { compiledUrl } from '../entry.js';
import { makePlan, type PlanInput } from '../plan/plan.js';
import type { ExecutorVariant, Scenario } from '../schema/index.js';

/** How much is checked. */
export interface Level {
  readonly name: string;
  /** A/A experiments of each executor. */
  readonly sameTimes: number;
  /** Experiments of each known slow-down on each of two executors. */
  readonly slowerTimes: number;
  /** Of an experiment, at most. */
  readonly budgetMs: number;
}

export const LEVELS = {
  quick: { name: 'quick', sameTimes: 3, slowerTimes: 1, budgetMs: 8_000 },
  full: { name: 'full', sameTimes: 20, slowerTimes: 20, budgetMs: 20_000 },
} as const satisfies Record<string, Level>;

export type WorkKind = 'waiting' | 'computing';

/** What is known beforehand of a comparison that is about to be measured. */
export type KnownAnswer =
  /** An executor against itself. */
  | { readonly kind: 'same'; readonly work: WorkKind }
  /** A task computes longer by this share. */
  | { readonly kind: 'slower'; readonly share: number }
  /** `limited` against a bare loop of timers. */
  | { readonly kind: 'timers' }
  /** A task of this many ms of computing, alone. */
  | { readonly kind: 'computing'; readonly cpuMs: number };

export interface Experiment {
  readonly known: KnownAnswer;
  readonly executor: string;
  /** The second of its executors is compared with the first. */
  readonly scenario: Scenario;
}

export const SLOW_DOWNS = [0.02, 0.05, 0.1] as const;
const SLOWED = ['limited', 'queue'];
/** Timers and computing. */
const KNOWN_ANSWERS = 2;
const COMPUTED_MS = 10;
const WORKS: readonly WorkKind[] = ['computing', 'waiting'];

export function countExperiments({ sameTimes, slowerTimes }: Level, executors: readonly string[]): number {
  const slowed = SLOWED.filter(name => executors.includes(name)).length;
  return KNOWN_ANSWERS + slowerTimes * SLOW_DOWNS.length * slowed + sameTimes * executors.length;
}

/** Every experiment of a level, each with processes of its own; kinds take turns, so that an early end has some of all. */
export async function planExperiments(
  { sameTimes, slowerTimes, budgetMs }: Level,
  executors: readonly string[],
  seed: number,
): Promise<Experiment[]> {
  const plan: Planner = async (input, executor) => {
    const { scenarios } = await makePlan({ ...input, executors: [executor], budgetMs, seed });
    return scenarios[0]!;
  };
  const experiments: Experiment[] = [await timers(plan), await computing(plan)];
  for (let time = 0; time < Math.max(sameTimes, slowerTimes); time++) {
    if (time < slowerTimes) {
      for (const share of SLOW_DOWNS)
        for (const executor of SLOWED.filter(name => executors.includes(name)))
          experiments.push(await slower(plan, executor, share));
    }
    if (time < sameTimes) {
      for (const [at, executor] of executors.entries())
        experiments.push(await same(plan, executor, WORKS[(at + time) % WORKS.length]!));
    }
  }
  return experiments;
}

/** Of one executor. */
type Planner = (input: PlanInput, executor: string) => Promise<Scenario>;

async function same(plan: Planner, executor: string, work: WorkKind): Promise<Experiment> {
  const scenario = await plan(work === 'waiting' ? WAITING : COMPUTING, executor);
  return {
    known: { kind: 'same', work },
    executor,
    scenario: comparing(scenario, { id: executor }, { id: `${executor} again` }),
  };
}

async function slower(plan: Planner, executor: string, share: number): Promise<Experiment> {
  const slowed = { id: `${executor} slower`, params: { extraShare: share } };
  return {
    known: { kind: 'slower', share },
    executor,
    scenario: comparing(await plan(COMPUTING, executor), { id: executor }, slowed),
  };
}

async function timers(plan: Planner): Promise<Experiment> {
  const scenario = await plan({ ...WAITING, tasks: 320, inFlight: 64 }, 'limited');
  const moduleUrl = compiledUrl('selfcheck/bare-timers.js');
  const bare = { id: 'bare timers', name: 'bare-timers', moduleUrl };
  return { known: { kind: 'timers' }, executor: 'limited', scenario: comparing(scenario, bare, {}) };
}

async function computing(plan: Planner): Promise<Experiment> {
  const work = { ...COMPUTING, params: { cpuMs: COMPUTED_MS }, tasks: 4 };
  const scenario = await plan(work, 'limited');
  // The task alone is what is looked at: one fork will do for the rest.
  const measurement = { ...scenario.measurement, forks: 1, rounds: 1 };
  return {
    known: { kind: 'computing', cpuMs: COMPUTED_MS },
    executor: 'limited',
    scenario: { ...scenario, measurement },
  };
}

const COMPUTING: PlanInput = {
  targets: [compiledUrl('selfcheck/known-work.js')],
  params: { cpuMs: 1 },
  tasks: 40,
  inFlight: 8,
};
const WAITING: PlanInput = { targets: ['timer'], params: { waitMs: 5 }, tasks: 32, inFlight: 8 };

/** The executor that was planned twice, each time with what is its own; the second is compared with the first. */
function comparing(
  scenario: Scenario,
  baseline: Pick<ExecutorVariant, 'id'> & Partial<ExecutorVariant>,
  other: Partial<ExecutorVariant>,
): Scenario {
  const executors = [baseline, other].map(own => ({ ...scenario.executors[0]!, ...own }));
  return { ...scenario, baseline: baseline.id, executors };
}
