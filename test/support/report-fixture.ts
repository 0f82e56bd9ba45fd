import { failedLoss } from '../../src/errors.js';
import { LOOP, PROCESSES, THREADS } from '../../src/executors/capabilities.js';
import { DEFAULT_MEASUREMENT } from '../../src/plan/measurement.js';
import type {
  Capacity,
  Comparison,
  Distribution,
  Environment,
  ExecutorResult,
  ExecutorVariant,
  Finding,
  LossOf,
  LostTrial,
  MeasuredTrial,
  Measurement,
  Predicate,
  ProcessName,
  Report,
  Scenario,
  ScenarioResult,
  Steadiness,
  WorkloadKind,
} from '../../src/schema/index.js';
import { SCHEMA_VERSION } from '../../src/schema/index.js';

/** Builders of reports: realistic figures, each of which a test may override. */

const FORKS = 6;
const ROUNDS = 5;
const CAPABILITIES = { loop: LOOP, threads: THREADS, processes: PROCESSES };
const KINDS: Readonly<Record<string, keyof typeof CAPABILITIES>> = { queue: 'threads', piscina: 'threads' };

export function makeDistribution(typical: number, count = 6_000): Distribution {
  return {
    count,
    min: typical * 0.97,
    mean: typical * 1.02,
    p50: typical,
    p90: typical * 1.06,
    p99: count >= 1_000 ? typical * 1.12 : null,
    p999: count >= 10_000 ? typical * 1.3 : null,
    max: typical * 1.4,
  };
}

export const NO_SAMPLES: Distribution = {
  count: 0,
  min: null,
  mean: null,
  p50: null,
  p90: null,
  p99: null,
  p999: null,
  max: null,
};

/** Figures, and beside them what the variant is. */
export interface ExecutorSpec extends Partial<Omit<ExecutorResult, 'variant'>>, Partial<ExecutorVariant> {
  /** Throughput of a warm trial. */
  readonly perSecond?: number;
  /** In place of capabilities. */
  readonly kind?: keyof typeof CAPABILITIES;
  readonly tasks?: number;
  /** Median service time. */
  readonly typicalMs?: number;
}

/** Axes that ids call otherwise. */
const ID_LABELS = new Map([
  ['inFlight', 'in-flight'],
  ['uvThreads', 'uv-threads'],
]);

/** The variant's part of a specification, with the usual rest. */
function makeVariant(spec: Partial<ExecutorVariant> & Pick<ExecutorSpec, 'kind'>): ExecutorVariant {
  const { name = 'limited' } = spec;
  const kind = spec.kind ?? KINDS[name] ?? 'loop';
  const threads = spec.threads ?? (kind === 'loop' ? 1 : 2);
  const inFlight = spec.inFlight ?? (name === 'sequential' ? 1 : 64);
  const { id = name, axis = null } = spec;
  const withoutPart = (key: string) =>
    id
      .split(' ')
      .filter(part => !part.startsWith(`${key}=`))
      .join(' ');
  const axisKey = axis === null ? null : (ID_LABELS.get(axis.name) ?? axis.name);
  return {
    name,
    moduleUrl: `threads-vs-loop/executors/${name}`,
    id,
    label: spec.label ?? withoutPart('threads'),
    series: spec.series ?? (axisKey === null ? id : withoutPart(axisKey.replace(/^(param|option)\./, ''))),
    capabilities: spec.capabilities ?? CAPABILITIES[kind],
    sync: spec.sync ?? false,
    options: spec.options ?? {},
    threads,
    inFlight,
    inFlightPerWorker: spec.inFlightPerWorker ?? inFlight / threads,
    concurrency: spec.concurrency ?? inFlight,
    axis,
    params: spec.params ?? {},
    workload: spec.workload ?? null,
    alternative: spec.alternative ?? null,
    uvThreads: spec.uvThreads ?? null,
    node: spec.node ?? null,
    revision: spec.revision ?? null,
    results: spec.results ?? 'drop',
  };
}

function without<T extends object>(object: T, keys: readonly string[]): T {
  return Object.fromEntries(Object.entries(object).filter(([key]) => !keys.includes(key))) as T;
}

/** An executor that finished every task of its trials; `perSecond` and `typicalMs` make its figures. */
export function makeExecutor(spec: ExecutorSpec = {}): ExecutorResult {
  const { perSecond = 1_120, tasks = 200, typicalMs = 51, kind: family, ...given } = spec;
  const variant = makeVariant({ ...given, ...(family && { kind: family }) });
  const overrides = without(given, Object.keys(variant));
  const wallMs = (tasks / perSecond) * 1_000;
  const rounds = overrides.rounds ?? FORKS * ROUNDS;
  const issued = rounds * tasks;
  return {
    variant,
    trace: null,
    forks: FORKS,
    validity: 'VALID',
    findings: [],
    rounds,
    coldOnly: false,
    startupMs: !variant.capabilities.workers ? 71.3 : 128.4,
    coldWallMs: wallMs * 1.48,
    warmUp: null,
    coldSlowdown: overrides.coldOnly === true || overrides.coldWallMs === null ? null : 1.48,
    tasksPerSecond: { median: perSecond, low: perSecond * 0.982, high: perSecond * 1.018 },
    wallMs: { median: wallMs, low: wallMs * 0.982, high: wallMs * 1.018 },
    batches: 1,
    latencyMs: makeDistribution(wallMs / 2, issued),
    waitMs: makeDistribution(wallMs / 2 - typicalMs / 2, issued),
    serviceMs: makeDistribution(typicalMs, issued),
    firstResultMs: typicalMs * 1.1,
    lastResultMs: wallMs,
    cpuMsPerTask: 0.24,
    coresUsed: 0.27,
    memoryBytes: 23_100_000,
    peakRssBytes: 84_300_000,
    idleRssBytes: 61_200_000,
    bareRssBytes: 61_200_000,
    loop: { utilization: 0.21, bystanderWaitMs: 0.31, p50Ms: 0.4, p99Ms: 2.2, maxMs: 6.1 },
    ideal: null,
    arrivals: null,
    latency: null,
    slo: [],
    outcomes: { issued, completed: issued, cancelled: 0, failed: {} },
    cpuFalling: false,
    lostTrials: 0,
    trials: [],
    ...overrides,
  };
}

/** @param halfWidth of the interval, relative; null: too few forks for one, so that there is a range only */
export function makeComparison(
  executor: string,
  baseline: string,
  ratio: number,
  halfWidth: number | null = 0.02,
  overrides: Partial<Comparison> = {},
): Comparison {
  const forks = halfWidth === null ? 2 : FORKS;
  const low = halfWidth === null ? null : ratio / (1 + halfWidth);
  const high = halfWidth === null ? null : ratio * (1 + halfWidth);
  const significant = low !== null && high !== null && (low > 1 || high < 1);
  return {
    executor,
    baseline,
    of: 'throughput',
    ratio,
    low,
    high,
    range: [ratio * 0.985, ratio * 1.015],
    forks,
    p: halfWidth === null ? null : significant ? 0.0004 : 0.31,
    significant,
    equivalence: null,
    verdict:
      halfWidth === null
        ? 'too few forks to say'
        : !significant
          ? 'no difference shown'
          : ratio > 1
            ? 'faster'
            : 'slower',
    forkLogRatios: Array.from({ length: forks }, (_, at) => Math.log(ratio) + (at - forks / 2) * 0.005),
    ...overrides,
  };
}

/** Every pair by the ratios of their throughputs: the baseline's, the leader's, and the rest. */
export function compareAll(
  executors: readonly ExecutorResult[],
  baseline: string,
  halfWidth: number | null = 0.02,
): { comparisons: Comparison[]; winner: string | null } {
  const measured = executors.filter(
    ({ tasksPerSecond, validity }) => tasksPerSecond.median !== null && validity !== 'INVALID',
  );
  const rate = (id: string) => measured.find(one => one.variant.id === id)?.tasksPerSecond.median ?? 1;
  const ids = measured.map(({ variant: { id } }) => id);
  const [leader] = [...ids].sort((a, b) => rate(b) - rate(a));
  if (leader === undefined || ids.length < 2) return { comparisons: [], winner: null };
  const against = (other: string, rivals: readonly string[]) =>
    rivals.map(id => makeComparison(id, other, rate(id) / rate(other), halfWidth));
  const without = (...some: string[]) => ids.filter(id => !some.includes(id));
  const rest = without(baseline, leader);
  const comparisons = [
    ...against(baseline, without(baseline)),
    ...(leader === baseline ? [] : against(leader, rest)),
    ...rest.flatMap((other, at) => against(other, rest.slice(at + 1))),
  ];
  const duels = against(leader, without(leader));
  return { comparisons, winner: duels.every(({ verdict }) => verdict === 'slower') ? leader : null };
}

/** Results, and beside them what was planned; the workload by its name and kind. */
export interface ScenarioSpec
  extends Partial<Omit<ScenarioResult, 'scenario'>>,
    Partial<Omit<Scenario, 'workload' | 'executors' | 'findings' | 'baseline'>> {
  readonly workload?: string;
  readonly kind?: WorkloadKind;
  /** Relative half-width of every interval; null: too few forks. */
  readonly halfWidth?: number | null;
}

/** Comparisons and winner follow from the executors' throughputs unless they are given. */
/** As found without a pilot: waiting decides. */
export const STEADY: Steadiness = {
  state: 'steady',
  by: 'waiting',
  neededTasks: null,
  neededMs: null,
  hadTasks: null,
  budgetMs: null,
};

/** What was planned of a scenario, with the usual rest. */
function makePlanned(spec: ScenarioSpec, executors: readonly ExecutorResult[], baseline: string): Scenario {
  const { name = 'waiting', workload = 'http', kind = 'wait' } = spec;
  return {
    name,
    id: spec.id ?? name,
    title: spec.title ?? name.toUpperCase(),
    workload: {
      name: workload,
      moduleUrl: `threads-vs-loop/workloads/${workload}`,
      kind,
      requestsPerTask: 1,
      needsCalibration: kind !== 'wait',
      hasSetup: false,
      resultsCompared: 'contents',
    },
    params: spec.params ?? {},
    tasks: spec.tasks === undefined ? 200 : spec.tasks,
    load: spec.load ?? { kind: 'batch' },
    inFlight: spec.inFlight ?? 64,
    executors: executors.map(({ variant }) => variant),
    baseline,
    axis: spec.axis ?? null,
    payloadBytes: spec.payloadBytes ?? 0,
    expectedFailures: spec.expectedFailures ?? [],
    timeline: spec.timeline ?? false,
    attachment: spec.attachment ?? null,
    taskTimeoutMs: spec.taskTimeoutMs ?? 30_000,
    maxFailed: spec.maxFailed ?? { metric: 'failed', operator: '<=', value: 0.01 },
    slo: spec.slo ?? [],
    origin: spec.origin ?? null,
    findings: [],
    measurement: spec.measurement ?? makeMeasurement(),
  };
}

/** As the defaults have it. */
export function makeMeasurement(more: Partial<Measurement> = {}): Measurement {
  return { ...DEFAULT_MEASUREMENT, mostBudgetMs: 60_000, ...more };
}

export function makeScenario({ halfWidth = 0.02, ...given }: ScenarioSpec = {}): ScenarioResult {
  const executors = given.executors ?? [
    makeExecutor({ name: 'sequential', perSecond: 20 }),
    makeExecutor({ name: 'limited' }),
    makeExecutor({ name: 'queue', perSecond: 1_109 }),
  ];
  const baseline = given.baseline ?? executors[0]!.variant.id;
  const scenario = makePlanned(given, executors, baseline);
  const own = ['executors', 'findings', 'baseline'];
  const planned = [...Object.keys(scenario).filter(key => !own.includes(key)), 'kind'];
  const overrides: Partial<ScenarioResult> = without(given, planned);
  return {
    scenario,
    baseline,
    purpose: 'comparison',
    validity: 'VALID',
    findings: [],
    stoppedBy: 'precision',
    elapsedMs: 18_400,
    medianForkMs: 3_000,
    alone: { tasks: 20, serviceMs: 50.6, cpuMs: 0.41 },
    alternatives: [],
    precision: null,
    executors,
    ...compareAll(executors, baseline, halfWidth),
    steadiness: STEADY,
    coldComparisons: [],
    ...overrides,
  };
}

/** The same result of something else planned. */
export function withPlan(result: ScenarioResult, more: Partial<Scenario>): ScenarioResult {
  return { ...result, scenario: { ...result.scenario, ...more } };
}

/** The same figures of another variant. */
export function withVariant(executor: ExecutorResult, more: Partial<ExecutorVariant>): ExecutorResult {
  return { ...executor, variant: { ...executor.variant, ...more } };
}

/** Results that differ: as grave as a finding can be. */
export const RESULTS_DIFFER: Finding = {
  code: 'results-differ',
  severity: 'invalid',
  subjects: ['queue'],
  values: {
    other: 'limited',
    fork: 0,
    different: 1,
    compared: 200,
    firstIndex: 17,
    results: null,
    comparedBy: 'contents',
    threw: null,
  },
};

export const PACER_LATE: Finding = {
  code: 'pacer-late',
  severity: 'invalid',
  subjects: ['limited'],
  values: { percentile: 'p99', pacerLateMs: 9, allowedMs: 2, fillsCoresWith: null, cores: 2 },
};

/** Of 6,000 tasks. */
export function tooManyFailed(id: string, failedShare: number, kind = 'http-429'): Finding {
  const wanted = { metric: 'failed', operator: '<=', value: 0.01 } as const;
  const failed = { [kind]: 6_000 * failedShare };
  const values = { failedShare, issued: 6_000, failed, cancelled: 0, wanted };
  return { code: 'too-many-failed', severity: 'invalid', subjects: [id], values };
}

export function machineBusy(share: number): Finding {
  return { code: 'machine-busy', severity: 'weak', subjects: [], values: { by: 'programs', share } };
}

export function makeMeasuredTrial(overrides: Partial<MeasuredTrial> = {}): MeasuredTrial {
  return {
    state: 'measured',
    fork: 0,
    round: 1,
    position: 0,
    cold: false,
    wallMs: 178.6,
    batches: 1,
    tasksPerSecond: 1_120,
    latencyMs: makeDistribution(90, 200),
    waitMs: makeDistribution(60, 200),
    serviceMs: makeDistribution(51, 200),
    deliveryMs: makeDistribution(0.04, 200),
    firstResultMs: 51.2,
    lastResultMs: 178.6,
    cpuMs: 48,
    cpuMsPerTask: 0.24,
    coresUsed: 0.27,
    memoryBytes: 23_100_000,
    peakRssBytes: 84_300_000,
    idleRssBytes: 61_200_000,
    bareRssBytes: 61_200_000,
    involuntarySwitches: 2,
    loop: { utilization: 0.21, bystanderWaitMs: 0.31, p50Ms: 0.4, p99Ms: 2.2, maxMs: 6.1 },
    outcomes: { issued: 200, completed: 200, cancelled: 0, failed: {} },
    arrivals: null,
    inFlight: { fromStamps: 57.1, sampled: null, samples: 0, standardError: null },
    tasksRanOn: 0,
    origin: {
      requests: 200,
      responses: 200,
      connections: 64,
      maxConcurrency: 64,
      meanConcurrency: 56.2,
      cpuMs: 21,
      elapsedMs: 179,
      loopActiveMs: 19.7,
    },
    faults: [],
    ...overrides,
  };
}

/** @param message what somebody else said of it */
export function makeLostTrial(message: string, overrides: Partial<LostTrial> = {}): LostTrial {
  const place = { fork: 0, round: 1, position: 0, cold: false };
  return { state: 'lost', ...place, during: 'trial', loss: failedLoss(message), ...overrides };
}

/** As its kill is known of a process. */
export function killed(process: ProcessName): LossOf<'process-ended'> {
  const end = { exitCode: null, signal: 'SIGKILL', outOfMemory: false, message: null };
  return { code: 'process-ended', process, ...end };
}

export function makeEnvironment(overrides: Partial<Environment> = {}): Environment {
  return {
    node: 'v20.20.2',
    v8: '11.3.244.8-node.38',
    platform: 'linux',
    arch: 'x64',
    osRelease: '6.1.0',
    cpuModel: 'Example CPU @ 2.80GHz',
    cores: 2,
    cgroupCores: null,
    availableParallelism: 2,
    memoryBytes: 8_000_000_000,
    governor: null,
    loadAverage1m: 0.4,
    stealShare: 0,
    uvThreadpoolSize: 4,
    nodeOptions: '',
    versions: { 'threads-vs-loop': '0.1.0', undici: '7.30.2', piscina: '5.3.2' },
    cpuIterationsPerMs: 412_000,
    clockResolutionNs: 40,
    ...overrides,
  };
}

/** By default the default suite's story: waiting, computing, and a sweep in between. */
export function makeReport(overrides: Partial<Report> = {}): Report {
  const scenarios = overrides.scenarios ?? [waitingScenario(), computingScenario(), ...mixedSweep()];
  return {
    schemaVersion: SCHEMA_VERSION,
    generator: 'threads-vs-loop 0.1.0',
    command: { program: 'threads-vs-loop', args: ['run'] },
    startedAt: '2025-11-20T20:00:00.000Z',
    elapsedMs: 61_200,
    seed: 7,
    environment: makeEnvironment(),
    plan: { suite: 'default', seed: 7, serve: null, scenarios: scenarios.map(({ scenario }) => scenario) },
    interrupted: false,
    scenarios,
    capacities: [],
    ...overrides,
  };
}

const P99_BELOW_50: Predicate = { metric: 'p99', operator: '<', value: 50 };

/** An executor at a rate; `p99Ms` null: it is overloaded. */
export function atRate(name: string, perSecond: number, p99Ms: number | null): ExecutorResult {
  const estimate = (median: number) => ({ median, low: median * 0.95, high: median * 1.05 });
  const overloaded = p99Ms === null;
  const latencyMs = makeDistribution(p99Ms === null ? 900 : p99Ms * 0.7, perSecond * FORKS * ROUNDS);
  return makeExecutor({
    name,
    perSecond: overloaded ? perSecond * 0.7 : perSecond,
    tasks: perSecond,
    latencyMs,
    arrivals: {
      due: perSecond * FORKS * ROUNDS,
      unfinished: overloaded ? 40 : 0,
      pacerLateMs: makeDistribution(0.1, perSecond * FORKS * ROUNDS),
      backlogByQuarter: overloaded ? [30, 120, 240, 361] : [12, 13, 12, 13],
      overloaded,
    },
    latency:
      p99Ms === null
        ? null
        : { p50: estimate(p99Ms * 0.7), p90: estimate(p99Ms * 0.8), p99: estimate(p99Ms), p999: null },
    slo: [
      {
        predicate: P99_BELOW_50,
        value: p99Ms,
        bound: p99Ms === null ? null : p99Ms * 1.05,
        met: p99Ms === null ? null : p99Ms * 1.05 < 50,
        beyondShare: null,
      },
    ],
  });
}

/** Executors at a rate by their p99, compared with the first by latency. */
export function rateScenario(
  perSecond: number,
  p99Ms: Readonly<Record<string, number | null>>,
  overrides: ScenarioSpec = {},
): ScenarioResult {
  const entries = Object.entries(p99Ms);
  const [baseline, baselineP99Ms] = entries[0]!;
  return makeScenario({
    name: 'service',
    id: `service rate=${perSecond}`,
    workload: 'mixed',
    params: { waitMs: 20, cpuMs: 1 },
    tasks: perSecond,
    load: { kind: 'rate', perSecond, arrivals: 'constant', maxBacklog: 10_000 },
    axis: { name: 'rate', value: perSecond },
    slo: [P99_BELOW_50],
    baseline,
    executors: entries.map(([name, ms]) => atRate(name, perSecond, ms)),
    comparisons: entries.slice(1).map(([name, ms]) =>
      ms === null || baselineP99Ms == null
        ? {
            ...makeComparison(name, baseline, 1, null),
            of: 'p99 latency',
            ratio: null,
            range: null,
            forks: 0,
          }
        : { ...makeComparison(name, baseline, baselineP99Ms / ms), of: 'p99 latency' },
    ),
    ...overrides,
  });
}

export const capacityOf = (executor: string, perSecond: number | null): Capacity => ({
  scenario: 'service',
  params: { waitMs: 20, cpuMs: 1 },
  executor,
  slo: [P99_BELOW_50],
  perSecond,
  confirmed: perSecond === null ? null : true,
});

export function waitingScenario(overrides: ScenarioSpec = {}): ScenarioResult {
  const ideal = (perSecond: number) =>
    ({ perSecond: 1_280, limitedBy: 'waiting', uvThreads: null, share: perSecond / 1_280 }) as const;
  return makeScenario({
    name: 'waiting',
    params: { method: 'GET', path: '/todos/{index}', waitMs: 50 },
    executors: [
      makeExecutor({
        name: 'sequential',
        perSecond: 20,
        rounds: 6,
        coresUsed: 0.02,
        cpuMsPerTask: 0.43,
        ideal: { perSecond: 19.8, limitedBy: 'waiting', uvThreads: null, share: 0.99 },
        tasksPerSecond: { median: 20, low: 19.94, high: 20.06 },
      }),
      makeExecutor({ name: 'promise-all', perSecond: 1_098, typicalMs: 52, ideal: ideal(1_098) }),
      makeExecutor({ name: 'limited', perSecond: 1_120, ideal: ideal(1_120) }),
      makeExecutor({ name: 'batched', perSecond: 946, ideal: ideal(946) }),
      makeExecutor({
        name: 'queue',
        perSecond: 1_109,
        typicalMs: 51.8,
        cpuMsPerTask: 0.36,
        coresUsed: 0.4,
        memoryBytes: 39_800_000,
        loop: { utilization: 0.03, bystanderWaitMs: 0.05, p50Ms: 0.1, p99Ms: 0.6, maxMs: 2 },
        ideal: ideal(1_109),
      }),
      makeExecutor({
        name: 'piscina',
        perSecond: 1_064,
        typicalMs: 53,
        cpuMsPerTask: 0.44,
        coresUsed: 0.47,
        memoryBytes: 47_800_000,
        loop: { utilization: 0.09, bystanderWaitMs: 0.11, p50Ms: 0.1, p99Ms: 0.9, maxMs: 2.4 },
        ideal: ideal(1_064),
      }),
    ],
    ...overrides,
  });
}

export function computingScenario(overrides: ScenarioSpec = {}): ScenarioResult {
  const onLoop = (name: string, perSecond: number) =>
    makeExecutor({
      name,
      perSecond,
      typicalMs: 5.1,
      cpuMsPerTask: 5.09,
      coresUsed: 1,
      loop: {
        utilization: 0.99,
        bystanderWaitMs: name === 'sequential' ? 2.6 : 12.4,
        p50Ms: 5,
        p99Ms: 30,
        maxMs: 41,
      },
      ideal: { perSecond: 198, limitedBy: 'cpu', uvThreads: null, share: perSecond / 198 },
    });
  const onThreads = (name: string, perSecond: number) =>
    makeExecutor({
      name,
      perSecond,
      typicalMs: 5.3,
      cpuMsPerTask: 5.24,
      coresUsed: 1.94,
      memoryBytes: 35_800_000,
      loop: { utilization: 0.02, bystanderWaitMs: 0.04, p50Ms: 0.1, p99Ms: 0.5, maxMs: 2.9 },
      ideal: { perSecond: 396, limitedBy: 'cpu', uvThreads: null, share: perSecond / 396 },
    });
  return makeScenario({
    name: 'computing',
    workload: 'cpu',
    kind: 'cpu',
    params: { cpuMs: 5 },
    alone: { tasks: 20, serviceMs: 5.06, cpuMs: 5.05 },
    executors: [
      onLoop('sequential', 196),
      onLoop('promise-all', 194),
      onLoop('limited', 195),
      onLoop('batched', 195.4),
      onThreads('queue', 372),
      onThreads('piscina', 361),
    ],
    halfWidth: 0.035,
    ...overrides,
  });
}

/** Throughputs of limited and queue when each of a task's 20 ms of waiting comes with `cpuMs` of computing. */
const MIXED: readonly (readonly [cpuMs: number, limited: number, queue: number])[] = [
  [0.5, 1_640, 1_480],
  [1, 930, 905],
  [2, 478, 492],
  [5, 194, 322],
  [10, 98, 183],
];

/** At each cpuMs one scenario: the crossing is at about 2 ms. */
export function mixedSweep(overrides: ScenarioSpec = {}): ScenarioResult[] {
  return MIXED.map(([cpuMs, limited, queue]) =>
    makeScenario({
      name: 'mixed',
      id: `mixed cpuMs=${cpuMs}`,
      title: 'MIXED',
      workload: 'mixed',
      kind: 'mixed',
      params: { waitMs: 20, cpuMs },
      axis: { name: 'param.cpuMs', value: cpuMs },
      alone: { tasks: 20, serviceMs: 20.4 + cpuMs, cpuMs: 0.5 + cpuMs },
      executors: [
        makeExecutor({ name: 'sequential', perSecond: 1_000 / (20.5 + cpuMs) }),
        makeExecutor({ name: 'limited', perSecond: limited }),
        makeExecutor({ name: 'queue', perSecond: queue }),
      ],
      halfWidth: 0.04,
      ...overrides,
    }),
  );
}
