import { formatPredicate, formatPredicates } from '../predicate.js';
import type {
  Broker,
  DifferenceCode,
  Environment,
  ExecutorVariant,
  Report,
  RunDifference,
  ScenarioResult,
} from '../schema/index.js';
import { packageDifferences, passingDifferences } from './passing-differences.js';

/** One thing that two runs may differ in. */
interface Trait<T> {
  readonly code: DifferenceCode;
  readonly isGrave: boolean;
  /** Compared as JSON. */
  of(one: T): unknown;
  /** Not compared where one of the runs, of an earlier version, does not tell. */
  readonly isOptional?: boolean;
}

/** What alone can change a ratio by as much as code does. */
function grave<T>(code: DifferenceCode, of: (one: T) => unknown): Trait<T> {
  return { code, isGrave: true, of };
}

/** What may. */
function slight<T>(code: DifferenceCode, of: (one: T) => unknown): Trait<T> {
  return { code, isGrave: false, of };
}

function ifTold<T>(trait: Trait<T>): Trait<T> {
  return { ...trait, isOptional: true };
}

const MACHINE: readonly Trait<Environment>[] = [
  grave('cpu-model', ({ cpuModel }) => cpuModel.trim()),
  grave('platform', ({ platform, arch }) => `${platform} ${arch}`),
  grave('cores', ({ cores }) => cores),
  grave('cgroup-cores', ({ cgroupCores }) => cgroupCores),
  grave('available-cores', ({ availableParallelism }) => availableParallelism),
  grave('node-major', ({ node }) => majorOf(node)),
  slight('os-release', ({ osRelease }) => osRelease),
  slight('governor', ({ governor }) => governor),
  slight('uv-threads', ({ uvThreadpoolSize }) => uvThreadpoolSize),
  slight('node-options', ({ nodeOptions }) => nodeOptions),
];

/** What tasks call or go through. */
const BESIDE: readonly Trait<Report>[] = [
  grave('serve', ({ plan }) => plan.serve),
  grave('broker', ({ brokers }) => brokers?.map(asItIs) ?? null),
];

/** Without what is found anew in each run. */
function asItIs({ packages: _packages, roundTripMs: _roundTripMs, ...one }: Broker) {
  return one;
}

/** Where the code came from. */
const SOURCE: readonly Trait<Report>[] = [ifTold(slight('commit', ({ commit }) => commit))];

const SCENARIO: readonly Trait<ScenarioResult>[] = [
  grave('workload', ({ scenario: { workload } }) => workload.name),
  grave('params', ({ scenario }) => scenario.params),
  ifTold(grave('args', ({ scenario: { workload } }) => workload.argsContents)),
  grave('payload', ({ scenario }) => scenario.payloadBytes),
  grave('load', ({ scenario }) => scenario.load),
  grave('tasks', ({ scenario }) => scenario.tasks),
  grave('in-flight', ({ scenario }) => scenario.inFlight),
  grave('warmup', ({ scenario: { measurement } }) => measurement.warmup),
  grave('origin', ({ scenario }) => scenario.origin),
  // A task that fails, or is held back, is another task.
  grave('task-timeout', ({ scenario }) => scenario.taskTimeoutMs),
  grave('expected-failures', ({ scenario }) => scenario.expectedFailures.toSorted().join(', ')),
  grave('remote', ({ scenario }) => scenario.remote),
  ifTold(slight('code', ({ scenario: { workload } }) => workload.contents)),
  slight('module', ({ scenario: { workload } }) => workload.moduleUrl),
  slight('forks', ({ executors }) => Math.max(0, ...executors.map(({ forks }) => forks))),
  slight('rounds', ({ scenario: { measurement } }) => measurement.rounds),
  slight('budget', ({ scenario: { measurement } }) => measurement.budgetMs),
  slight('precision', ({ scenario: { measurement } }) => measurement.precision),
  slight('equivalence', ({ scenario: { measurement } }) => measurement.equivalence),
  slight('max-failed', ({ scenario: { maxFailed } }) => formatPredicate(maxFailed)),
  slight('objective', ({ scenario: { slo } }) => (slo.length === 0 ? null : formatPredicates(slo))),
  slight('steadiness', ({ steadiness }) => steadiness.state),
];

const EXECUTOR: readonly Trait<ExecutorVariant>[] = [
  grave('executor-module', ({ name }) => name),
  grave('executor-options', ({ options, results }) => ({ ...options, results })),
  grave('executor-threads', ({ threads }) => threads),
  grave('executor-in-flight', ({ inFlight }) => inFlight),
  grave('executor-params', ({ params }) => params),
  grave('executor-uv-threads', ({ uvThreads }) => uvThreads),
  ifTold(slight('revision', ({ revision }) => revision?.commit)),
  grave('executor-call', ({ sync }) => (sync ? 'taskSync' : 'task')),
];

/** A scenario that both runs have. */
export interface ScenarioPair {
  readonly base: ScenarioResult;
  readonly next: ScenarioResult;
}

/** Of runs that may be compared by their machine, Node and server the same text. */
export function machineKey(report: Report): string {
  return JSON.stringify([graveOf(MACHINE, report.environment), graveOf(BESIDE, report)]);
}

/** Of results that may be compared by what was planned the same text. */
export function scenarioKey(result: ScenarioResult): string {
  return JSON.stringify(graveOf(SCENARIO, result));
}

/** Of variants that may be compared the same text. */
export function executorKey(variant: ExecutorVariant): string {
  return JSON.stringify(graveOf(EXECUTOR, variant));
}

function graveOf<T>(traits: readonly Trait<T>[], one: T): RunDifference['base'][] {
  return traits.filter(({ isGrave }) => isGrave).map(({ of }) => plain(of(one)));
}

/** Scenarios of the same id. What a sweep confirmed was measured twice: the comparison counts. */
export function scenarioPairs(base: Report, next: Report): ScenarioPair[] {
  const later = comparedOf(next);
  return comparedOf(base).flatMap(one => {
    const other = later.find(({ scenario: { id } }) => id === one.scenario.id);
    return other === undefined ? [] : [{ base: one, next: other }];
  });
}

export function comparedOf({ scenarios }: Report): readonly ScenarioResult[] {
  return scenarios.filter(({ purpose }) => purpose === 'comparison');
}

/** In what two runs differ apart from their figures, grave ones first. Pure. */
export function differencesOf(base: Report, next: Report): RunDifference[] {
  const found = [
    ...differing(MACHINE, base.environment, next.environment),
    ...differing(BESIDE, base, next),
    ...scenarioPairs(base, next).flatMap(differencesOfScenario),
    ...differing(SOURCE, base, next),
    ...passingDifferences(base, next),
    ...packageDifferences(base.environment, next.environment),
  ];
  return found.toSorted((a, b) => Number(b.isGrave) - Number(a.isGrave));
}

function differencesOfScenario({ base, next }: ScenarioPair): RunDifference[] {
  const scenario = base.scenario.id;
  const own = differing(SCENARIO, base, next).map(one => ({ ...one, scenario }));
  const executors = base.scenario.executors.flatMap(variant => {
    const other = next.scenario.executors.find(({ id }) => id === variant.id);
    if (other === undefined) return [];
    return differing(EXECUTOR, variant, other).map(one => ({ ...one, scenario, executor: variant.id }));
  });
  return [...own, ...executors];
}

function differing<T>(traits: readonly Trait<T>[], base: T, next: T): RunDifference[] {
  return traits.flatMap(({ code, isGrave, of, isOptional }) => {
    const [before, after] = [of(base), of(next)].map(plain);
    if (before === after || (isOptional && (before === null || after === null))) return [];
    return [{ code, isGrave, scenario: null, executor: null, name: null, base: before!, next: after! }];
  });
}

/** Objects as JSON, with their keys in one order: `{a, b}` and `{b, a}` are the same options. */
function plain(value: unknown): RunDifference['base'] {
  if (value === null || value === undefined) return null;
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return value;
  return JSON.stringify(value, (_, one: unknown) =>
    typeof one === 'object' && one !== null && !Array.isArray(one)
      ? Object.fromEntries(Object.entries(one).sort(([a], [b]) => (a < b ? -1 : 1)))
      : one,
  );
}

export function majorOf(node: string): string {
  return node.replace(/^v/, '').split('.')[0] ?? '';
}
