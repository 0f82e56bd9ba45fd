import { groupAlike } from '../../alternatives.js';
import { groupBy } from '../../group-by.js';
import {
  BUSY_LOOP_SHARE,
  type ExecutorResult,
  type Finding,
  LONGER_FORK,
  type MeasuredTrial,
  type Steadiness,
} from '../../schema/index.js';
import { meanOf, standardDeviationOf } from '../../stats/comparison.js';
import { median } from '../../stats/quantile.js';
import { isStillFalling } from '../../stats/settling.js';
import { tQuantile } from '../../stats/student-t.js';
import { counted, type Evidence } from './evidence.js';
import { type Found, found, together } from './together.js';

/** Isolates that were not warm, or that do not look as if they had been. */
export function steadyFindings({ steadiness, executors, machine }: Evidence): Finding[] {
  const { state } = steadiness;
  if (state !== 'steady' && state !== 'as asked') return stateFindings(steadiness);
  const computing = executors.filter(executor => computingDecides(executor, steadiness, machine.cores));
  const level = LEVEL / Math.max(1, computing.length);
  return [
    ...stillWarming(
      'longer fork',
      computing.filter(executor => isFasterWhenWarmedLonger(executor, level)),
    ),
    ...stillWarming(
      'rounds',
      computing.filter(executor => isStillFalling(cpuMsOfRounds(executor), level)),
    ),
    ...dearWorkers(executors, machine.cores),
  ];
}

/** How often each of these rules may find what is not there, in a scenario: its executors share that. */
const LEVEL = 0.01;

function cpuMsOfRounds(executor: ExecutorResult): (number | null)[][] {
  const forks = groupBy(counted(executor), ({ fork }) => fork);
  return [...forks.values()].map(trials => trials.map(({ cpuMsPerTask }) => cpuMsPerTask));
}

/**
 * Where waiting decides, code that becomes faster changes no ratio: the table marks the figure. Where no pilot was asked, as
 * the warm-up was set by hand, the trials tell.
 */
function computingDecides(executor: ExecutorResult, { state, by }: Steadiness, cores: number): boolean {
  return state === 'as asked' ? isBusy(executor, cores) : by !== 'waiting';
}

/** Its loop, or all of its workers that have a core. */
function isBusy({ variant, loop, coresUsed }: ExecutorResult, cores: number): boolean {
  if (!variant.capabilities.workers) return (loop?.utilization ?? 0) >= BUSY_LOOP_SHARE;
  return (coresUsed ?? 0) >= BUSY_LOOP_SHARE * Math.min(variant.threads, cores);
}

function stillWarming(by: 'longer fork' | 'rounds', executors: readonly ExecutorResult[]): Finding[] {
  const subjects = executors.map(({ variant: { id } }) => id);
  return subjects.length === 0 ? [] : [{ code: 'still-warming', severity: 'weak', subjects, values: { by } }];
}

function stateFindings({ state, neededTasks, neededMs, hadTasks }: Steadiness): Finding[] {
  switch (state) {
    case 'not warm': {
      // The run ended before that was known: nothing was measured.
      if (neededTasks === null && neededMs === null) return [];
      const values = { neededTasks, neededMs, hadTasks: hadTasks ?? 0 };
      return [{ code: 'not-warm', severity: 'weak', subjects: [], values }];
    }
    case 'no steady state':
      return [{ code: 'no-steady-state', severity: 'weak', subjects: [], values: {} }];
    default:
      return [];
  }
}

/** As much as a later jump of V8's has to save to be told from noise. */
const JUMP = 1.1;
const FEWEST_OTHERS = 3;

/**
 * No rule excludes that code becomes faster later. Where the fork that was warmed twice as long lies outside of what
 * the others let expect (one-sided prediction interval of a t distribution), and by more than a tenth, it did.
 */
function isFasterWhenWarmedLonger(executor: ExecutorResult, level: number): boolean {
  const computing = counted(executor).filter(({ cpuMsPerTask }) => (cpuMsPerTask ?? 0) > 0);
  const levels = [...groupBy(computing, ({ fork }) => fork)].map(([fork, trials]) => ({
    fork,
    level: median(trials.map(({ cpuMsPerTask }) => Math.log(cpuMsPerTask!)))!,
  }));
  const longer = levels.find(({ fork }) => fork === LONGER_FORK);
  const others = levels.filter(({ fork }) => fork !== LONGER_FORK).map(({ level }) => level);
  if (longer === undefined || others.length < FEWEST_OTHERS) return false;
  const mean = meanOf(others);
  const spread = standardDeviationOf(others) * Math.sqrt(1 + 1 / others.length);
  const expected = tQuantile(1 - level, others.length - 1) * spread;
  return mean - longer.level > Math.max(Math.log(JUMP), expected);
}

/** More CPU time a task than the loop takes: code in a thread is compiled by itself. */
const DEARER = 1.15;

/**
 * Workers that are shown to need more CPU time a task than a loop does that runs the same, where computing decides. What the
 * main thread does is its own.
 */
function dearWorkers(executors: readonly ExecutorResult[], cores: number): Finding[] {
  const busy = executors.filter(executor => isBusy(executor, cores));
  const level = LEVEL / Math.max(1, busy.filter(isPool).length);
  return groupAlike(busy, ({ variant }) => variant).flatMap(alike => dearAmong(alike, level));
}

/** What a broker and its clients take is in the figure, and tells nothing of the task's code. */
function isPool({ variant: { capabilities } }: ExecutorResult): boolean {
  return capabilities.workers && capabilities.hasBroker !== true;
}

function dearAmong(alike: readonly ExecutorResult[], level: number): Finding[] {
  const loops = alike.filter(
    ({ variant, cpuMsPerTask }) => !variant.capabilities.workers && cpuMsPerTask !== null,
  );
  const [loop] = loops.toSorted((a, b) => a.cpuMsPerTask! - b.cpuMsPerTask!);
  if (loop === undefined) return [];
  const ofLoop = cpuMsByFork(loop, ({ cpuMsPerTask }) => cpuMsPerTask ?? 0);
  const dear = alike.filter(isPool).flatMap((executor): Found[] => {
    const logs = [...cpuMsByFork(executor, cpuMsOfWorkers)].flatMap(([fork, cpuMs]) => {
      const beside = ofLoop.get(fork);
      return beside === undefined ? [] : [Math.log(cpuMs / beside)];
    });
    if (leastOf(logs, level) <= Math.log(DEARER)) return [];
    const moreShare = Math.exp(meanOf(logs)) - 1;
    return [found('dear-workers', 'weak', executor.variant.id, { moreShare }, moreShare)];
  });
  return together(dear);
}

/**
 * At least their mean, one-sided; of too few of them it is the mean itself. Within one fork the two were measured one after the other, on
 * a machine that may have changed its speed in between: single forks of real packages differ from 0.7 to 1.7.
 */
function leastOf(logs: readonly number[], level: number): number {
  if (logs.length === 0) return Number.NEGATIVE_INFINITY;
  if (logs.length < FEWEST_OTHERS) return meanOf(logs);
  const error = standardDeviationOf(logs) / Math.sqrt(logs.length);
  return meanOf(logs) - tQuantile(1 - level, logs.length - 1) * error;
}

/** The median of each fork's trials that count. */
function cpuMsByFork(executor: ExecutorResult, of: (trial: MeasuredTrial) => number): Map<number, number> {
  const byFork = groupBy(counted(executor), ({ fork }) => fork);
  const medians = [...byFork].map(
    ([fork, trials]) => [fork, median(trials.map(of).filter(ms => ms > 0))] as const,
  );
  return new Map(medians.flatMap(([fork, cpuMs]) => (cpuMs === null ? [] : [[fork, cpuMs]])));
}

/** Of a task, without what the main thread is busy with. */
function cpuMsOfWorkers({ cpuMs, wallMs, loop, outcomes }: MeasuredTrial): number {
  return outcomes.completed === 0 ? 0 : (cpuMs - loop.utilization * wallMs) / outcomes.completed;
}
