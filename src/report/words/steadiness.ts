import type { ExecutorResult, ScenarioResult, SteadyState } from '../../schema/index.js';
import { count, duration, times } from '../format.js';
import { durationFlag } from '../hints/command-hint.js';
import { findPair, firstOfKinds, isPool } from '../pairs.js';
import type { Conclusion } from './conclusion.js';
import { needText } from './findings.js';
import { axisValues, familyOf } from './labels.js';
import { loadOf } from './load.js';
import { quotientText } from './ratios.js';

/** A verdict on steady speed is only one of isolates that were warm; what else was measured is said to be what it is. */
export function withSteadiness(result: ScenarioResult, conclusion: Conclusion): Conclusion {
  if (conclusion.kind === 'invalid' || conclusion.kind === 'nothing measured') return conclusion;
  const cold = `${inFreshProcess(result)}: ${uncapitalised(conclusion.headline)}`;
  switch (result.steadiness.state) {
    case 'cold':
      return { ...conclusion, headline: cold + withStartUp(conclusion.about, '; with start-up it is ') };
    case 'not warm':
      return { ...conclusion, kind: 'not warm', headline: notWarm(result), aside: null };
    case 'no steady state': {
      const headline = `No steady state: the CPU time of a task goes on changing. ${cold}`;
      return { ...conclusion, kind: 'not warm', headline };
    }
    default:
      return conclusion;
  }
}

/**
 * `Not warm: a thread needs about 2,400 tasks (1.7 s) and had 100; --budget 90s gives the answer`.
 *
 * @param where ` at 4 ms`, of a place of a sweep, or nothing
 */
export function notWarm({ steadiness, executors }: ScenarioResult, where = ''): string {
  const { neededTasks, neededMs, hadTasks, budgetMs } = steadiness;
  if (neededTasks === null && neededMs === null)
    return `Not warm${where}: the run ended before it was known what warming takes`;
  const isolate = executors.some(({ variant }) => familyOf(variant) === 'threads') ? 'a thread' : 'a process';
  const needs = needText({ neededTasks, neededMs, hadTasks }, 'with its time');
  const remedy = budgetMs === null ? '' : `; --budget ${durationFlag(budgetMs)} gives the answer`;
  return `Not warm${where}: ${isolate} ${needs}${remedy}`;
}

/**
 * A verdict over the places of an axis is one of isolates that were warm at each of them. Pure.
 *
 * @param verdict of these places, whatever their isolates were
 */
export function steadyAlong(
  scenarios: readonly ScenarioResult[],
  verdict: (places: readonly ScenarioResult[]) => string,
): string {
  const valid = scenarios.filter(({ validity }) => validity !== 'INVALID');
  const of = (state: SteadyState) => valid.filter(({ steadiness }) => steadiness.state === state);
  const where = (places: readonly ScenarioResult[]) =>
    places.length === valid.length ? '' : placesText(places);
  const unwarm = of('not warm');
  if (unwarm.length > 0) return notWarm(unwarm.reduce(largerBudget), where(unwarm));
  const changing = of('no steady state');
  const cold = () => `${inFreshProcesses(valid)}: ${uncapitalised(verdict(scenarios))}`;
  if (changing.length === 0) return of('cold').length > 0 ? cold() : verdict(scenarios);
  // What is cold there and steady elsewhere makes no verdict together.
  const rest =
    changing.length === valid.length ? cold() : verdict(scenarios.filter(one => !changing.includes(one)));
  return `No steady state${where(changing)}: the CPU time of a task goes on changing. ${rest}`;
}

function largerBudget(one: ScenarioResult, other: ScenarioResult): ScenarioResult {
  return (other.steadiness.budgetMs ?? 0) > (one.steadiness.budgetMs ?? 0) ? other : one;
}

function placesText(places: readonly ScenarioResult[]): string {
  const axes = places.flatMap(({ scenario: { axis } }) => (axis === null ? [] : [axis]));
  return axes.length === 0 ? '' : ` at ${axisValues(axes)}`;
}

/** Along an axis of tasks each place has its own number of them. */
function inFreshProcesses(places: readonly ScenarioResult[]): string {
  const leads = [...new Set(places.map(inFreshProcess))];
  return leads.length === 1 ? leads[0]! : 'First tasks in fresh processes';
}

/** `warmed for 300 ms, as set`: no pilot has found that it is enough; null where that was left to one. */
export function setByHand(scenarios: readonly ScenarioResult[]): string | null {
  const all = scenarios.map(({ steadiness: { state }, scenario: { measurement } }) => {
    const { warmup } = measurement;
    if (state !== 'as asked') return null;
    if (warmup.kind === 'time') return `warmed for ${duration(warmup.ms)}, as set`;
    return warmup.kind === 'tasks'
      ? `warmed by ${count(warmup.tasksPerWorker)} tasks a worker, as set`
      : null;
  });
  return all.find(text => text !== null) ?? null;
}

/** `First 100 tasks in a fresh process`. */
function inFreshProcess({ scenario }: ScenarioResult): string {
  const { batchTasks: tasks } = loadOf(scenario);
  if (tasks === null) return 'The first second of a fresh process';
  return tasks === 1 ? 'First task in a fresh process' : `First ${count(tasks)} tasks in a fresh process`;
}

/**
 * The answer for whoever runs a script: `first 100 tasks in a fresh process: queue ÷ limited 0.92 [0.87, 0.97]`; null
 * where the scenario is about nothing else.
 */
export function coldAnswer(result: ScenarioResult, about: readonly ExecutorResult[]): string | null {
  const { state } = result.steadiness;
  const [first, second] = about;
  if (first === undefined || second === undefined || state === 'cold' || state === 'no steady state')
    return null;
  const [other, executor] = isPool(first) ? [second, first] : [first, second];
  const pair = findPair(result.coldComparisons, executor.variant.id, other.variant.id);
  if (pair === null) return null;
  const text = uncapitalised(inFreshProcess(result));
  return `${text}: ${quotientText(executor, other, pair)}${withStartUp(about, ', with start-up ')}`;
}

/** A script pays for the start of its threads too: `, with start-up 0.94`; nothing where that is not known. */
function withStartUp(about: readonly ExecutorResult[], before: string): string {
  const { loop, pool } = firstOfKinds(about);
  if (loop === undefined || pool === undefined) return '';
  const wholeMs = ({ startupMs, coldWallMs }: ExecutorResult) =>
    startupMs === null || coldWallMs === null ? Number.NaN : startupMs + coldWallMs;
  const ratio = wholeMs(loop) / wholeMs(pool);
  return Number.isFinite(ratio) ? `${before}${times(ratio)}` : '';
}

/** Within a sentence; `README` is a name. */
function uncapitalised(text: string): string {
  return /^[A-Z][a-z ]/.test(text) ? text.charAt(0).toLowerCase() + text.slice(1) : text;
}
