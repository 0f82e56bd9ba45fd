import type { Clock } from '../../src/clock.js';
import { WorkerLost } from '../../src/errors.js';
import type { Companion, RunningBroker, RunningSetup, ServedCommand } from '../../src/hosts/companion.js';
import type {
  BrokerRequest,
  Host,
  HostOptions,
  Launcher,
  MachineWatch,
  Origin,
} from '../../src/hosts/launcher.js';
import type {
  ArrivalFigures,
  Loss,
  OriginCounters,
  OriginSettings,
  Params,
  ThreadUse,
  TrialFault,
  WarmUpBlock,
} from '../../src/schema/index.js';
import { LogHistogram } from '../../src/stats/histogram.js';
import { describe, sortSamples } from '../../src/stats/quantile.js';
import type { StartMessage } from '../../src/trial/messages.js';
import type { TrialOutput, TrialSpec } from '../../src/trial/trial.js';
import type { WarmUpAim } from '../../src/trial/warm-up.js';
import { makeEnvironment } from './report-fixture.js';

/** Time that passes only when a scripted trial says so. */
export class FakeClock implements Clock {
  #nowMs = 1_000;

  nowMs(): number {
    return this.#nowMs;
  }

  date(): Date {
    return new Date(Date.UTC(2026, 0, 1) + this.#nowMs);
  }

  advance(ms: number): void {
    this.#nowMs += ms;
  }
}

export interface ScriptedTrial {
  /** Of a batch. */
  readonly wallMs: number;
  /** Of each task. */
  readonly serviceMs?: number;
  readonly cpuMs?: number;
  readonly failed?: Readonly<Record<string, number>>;
  /** Makes the results of this trial others than everybody's. */
  readonly alteredTask?: number;
  readonly faults?: readonly TrialFault[];
  /** Rate load: the backlog grew throughout. */
  readonly overloaded?: boolean;
  /** Of a task alone. */
  readonly threadUse?: ThreadUse;
}

/** What a script knows of the trial it is asked for; `host` counts the hosts of this executor, from 0. */
export interface Asked {
  readonly executor: string;
  readonly host: number;
  /** Of this host, from 0: the cold one. */
  readonly trial: number;
  readonly threads: number;
  /** Of the trial; else as the host was started. */
  readonly inFlight: number;
  /** Of the workload, as this host was given them. */
  readonly params: Params;
  /** Of its workload. */
  readonly moduleUrl: string;
  readonly load: TrialSpec['load'];
  /** What the origin draws from; null where there is none. */
  readonly salt: number | null;
  /** Of the workload. */
  readonly seed: number;
  /** Of the Node that its host was started with; null: this one. */
  readonly execPath?: string | null;
  /** Whether its workers are at work when the clock starts. */
  readonly leadIn: boolean;
}

export type Script = (asked: Asked) => ScriptedTrial | Error;

const HOST_START_MS = 50;
const COMPANION: Companion = { lost: new Promise(() => {}), end: async () => null };

/** Hosts whose trials take what a script says, at once; the origin counts what it is expected to. */
export class ScriptedLauncher implements Launcher {
  readonly #script: Script;
  readonly #clock: FakeClock;
  readonly #hosts = new Map<string, number>();
  /** Every trial, those of a task alone too, in the order in which it was asked for. */
  readonly log: Asked[] = [];
  /** What each of them was told. */
  readonly told: TrialSpec[] = [];
  /** What warmed an executor up, or was a pilot; `trial` is the one to come. */
  readonly warmUps: Asked[] = [];
  readonly origins: { port: number; kill(how: Loss): void }[] = [];
  /** Nobody else uses it. */
  readonly machine: MachineWatch = {
    facts: () => ({ cores: 2, uvThreads: 4, clockResolutionNs: 40 }),
    environment: () => makeEnvironment(),
    ticks: () => null,
    loadAverage1m: () => 0,
  };
  hostsAlive = 0;
  disposed = false;
  #requests = 0;
  #salt: number | null = null;

  constructor(clock: FakeClock, script: Script) {
    this.#clock = clock;
    this.#script = script;
  }

  async startHost({ execPath = null }: Partial<HostOptions> = {}): Promise<Host> {
    this.hostsAlive++;
    let executor = '';
    let host = 0;
    let trial = 0;
    let params: Params = {};
    let moduleUrl = '';
    let threads = 1;
    let inFlight = 1;
    let seed = 0;
    let disposed = false;
    return {
      start: async (message: StartMessage) => {
        // Variants of one executor differ in their threads or in-flight limit.
        executor = message.executor.name + (message.threads > 1 ? ` ×${message.threads}` : '');
        params = message.workload.params;
        moduleUrl = message.workload.moduleUrl;
        threads = message.threads;
        inFlight = message.inFlight;
        seed = message.workload.env.seed;
        host = this.#hosts.get(executor) ?? 0;
        this.#hosts.set(executor, host + 1);
        this.#clock.advance(HOST_START_MS);
        return HOST_START_MS;
      },
      trial: async (spec: TrialSpec) => {
        const { load, leadIn = false } = spec;
        const shape = { executor, host, threads, inFlight: spec.inFlight ?? inFlight, moduleUrl, execPath };
        const asked = { ...shape, trial: trial++, params, load, salt: this.#salt, seed, leadIn };
        this.log.push(asked);
        this.told.push(spec);
        const scripted = this.#script(asked);
        if (scripted instanceof Error) throw scripted;
        this.#clock.advance(scripted.wallMs * spec.repeats);
        this.#requests += tasksOf(spec) * spec.repeats;
        return outputOf(spec, scripted);
      },
      warmUp: async (spec: TrialSpec, aim: WarmUpAim) => {
        const blocks: WarmUpBlock[] = [];
        const sumOf = (of: (block: WarmUpBlock) => number) =>
          blocks.reduce((sum, block) => sum + of(block), 0);
        const isEnough = () => sumOf(block => block.cpuMs) >= (aim.enoughCpuMs ?? Number.POSITIVE_INFINITY);
        const isOver = () => {
          const wallMs = sumOf(block => block.wallMs);
          const isReached =
            sumOf(block => block.tasks) >= aim.tasksPerWorker * threads &&
            sumOf(block => block.cpuMs) >= aim.cpuMs &&
            wallMs >= aim.wallMs;
          return isReached || isEnough() || wallMs >= aim.mostMs;
        };
        do {
          const asked = {
            executor,
            host,
            threads,
            inFlight: spec.inFlight ?? inFlight,
            trial,
            params,
            moduleUrl,
            load: spec.load,
            salt: this.#salt,
            seed,
            execPath,
            leadIn: false,
          };
          this.warmUps.push(asked);
          const scripted = this.#script(asked);
          if (scripted instanceof Error) throw scripted;
          this.#clock.advance(scripted.wallMs);
          this.#requests += tasksOf(spec);
          blocks.push({
            tasks: tasksOf(spec),
            cpuMs: scripted.cpuMs ?? defaultCpuMs(spec),
            wallMs: scripted.wallMs,
            loopBusyMs: scripted.cpuMs ?? defaultCpuMs(spec),
          });
        } while (!isOver());
        const leastTasks = sumOf(block => block.tasks) / threads;
        const byCpu = leastTasks < aim.tasksPerWorker && isEnough();
        return { blocks, leastTasks, byCpu, passesMs: blocks.map(block => block.wallMs).slice(-9) };
      },
      [Symbol.asyncDispose]: async () => {
        if (!disposed) this.hostsAlive--;
        disposed = true;
      },
    };
  }

  async startOrigin(_settings: OriginSettings, seed: number, port: number): Promise<Origin> {
    let lost: Loss | null = null;
    this.#salt = seed;
    const origin = {
      port: port === 0 ? 4_000 + this.origins.length : port,
      kill(how: Loss) {
        lost = how;
      },
    };
    this.origins.push(origin);
    return {
      url: `http://127.0.0.1:${origin.port}`,
      port: origin.port,
      get lost() {
        return lost;
      },
      begin: async salt => {
        if (lost !== null) throw new WorkerLost(lost);
        this.#salt = salt;
        this.#requests = 0;
      },
      counters: async () => {
        if (lost !== null) throw new WorkerLost(lost);
        const requests = this.#requests;
        this.#requests = 0;
        return countersOf(requests);
      },
      [Symbol.asyncDispose]: async () => {},
    };
  }

  /** Nothing is run: no task is either. */
  async setUp(): Promise<RunningSetup> {
    return { ...COMPANION, data: undefined };
  }

  async broker({ backend }: BrokerRequest): Promise<RunningBroker> {
    const facts = { backend, engine: 'redis', version: '7.0.15', url: null } as const;
    const told = { ...facts, settings: { save: '' }, packages: { bullmq: '6.7.0' } };
    return { ...COMPANION, address: { url: 'unix:/scripted', caFile: null }, facts: told };
  }

  async serve(): Promise<ServedCommand> {
    return { ...COMPANION, url: 'http://127.0.0.1:1' };
  }

  async calibrate(): Promise<number> {
    return 1_000;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.disposed = true;
  }
}

/** A duration load has no number: one task a millisecond. */
function tasksOf({ load }: TrialSpec): number {
  return load.kind === 'duration' ? load.durationMs : load.tasks;
}

function countersOf(requests: number): OriginCounters {
  return {
    requests,
    responses: requests,
    connections: 1,
    maxConcurrency: 1,
    meanConcurrency: 1,
    cpuMs: 0,
    elapsedMs: 1,
    loopActiveMs: 0.1,
  };
}

function arrivalsOf({ load }: TrialSpec, { overloaded = false }: ScriptedTrial): ArrivalFigures | null {
  if (load.kind !== 'rate') return null;
  return {
    due: load.tasks,
    unfinished: 0,
    pacerLateMs: describe(sortSamples(new Float64Array(load.tasks).fill(0.1))),
    pacerCpuMs: 1,
    backlogByQuarter: overloaded ? [10, 100, 200, 300] : [5, 5, 5, 5],
    overloaded,
  };
}

/** So little that waiting decides, and no pilot is needed. */
function defaultCpuMs(spec: TrialSpec): number {
  return Math.min(1, tasksOf(spec) * 0.001);
}

function outputOf(spec: TrialSpec, scripted: ScriptedTrial): TrialOutput {
  const { serviceMs = 1, alteredTask, faults = [] } = scripted;
  const failed = Object.fromEntries(
    Object.entries(scripted.failed ?? {}).map(([kind, count]) => [kind, count * spec.repeats]),
  );
  const [wallMs, cpuMs] = [
    scripted.wallMs * spec.repeats,
    (scripted.cpuMs ?? defaultCpuMs(spec)) * spec.repeats,
  ];
  const failures = Object.values(failed).reduce((sum, count) => sum + count, 0);
  const tasks = tasksOf(spec) * spec.repeats;
  const completed = tasks - failures;
  // A failed task counts as its time limit.
  const samples = () =>
    sortSamples(new Float64Array(tasks).fill(serviceMs).fill(spec.taskTimeoutMs, completed));
  const histogram = new LogHistogram();
  histogram.addAll(samples());
  const data = histogram.toData();
  const distribution = describe(samples());
  return {
    figures: {
      wallMs,
      batches: spec.repeats,
      tasksPerSecond: completed / (wallMs / 1000),
      latencyMs: distribution,
      waitMs: distribution,
      serviceMs: distribution,
      deliveryMs: distribution,
      firstResultMs: serviceMs,
      lastResultMs: scripted.wallMs,
      cpuMs,
      cpuMsPerTask: completed > 0 ? cpuMs / completed : null,
      coresUsed: cpuMs / wallMs,
      memoryBytes: 10e6,
      peakRssBytes: 60e6,
      idleRssBytes: 50e6,
      bareRssBytes: 50e6,
      involuntarySwitches: 0,
      loop: {
        utilization: Math.min(1, cpuMs / wallMs),
        bystanderWaitMs: 0.1,
        p50Ms: 0.1,
        p99Ms: 1,
        maxMs: 1,
      },
      outcomes: { issued: tasks, completed, cancelled: 0, failed },
      arrivals: arrivalsOf(spec, scripted),
      inFlight: { fromStamps: 1, sampled: null, samples: 0, standardError: null },
      tasksRanOn: 0,
    },
    histograms: {
      latencyMs: data,
      waitMs: data,
      serviceMs: data,
      pacerLateMs: null,
      loopWaitMs: data,
    },
    digests: spec.digest
      ? Float64Array.from({ length: tasksOf(spec) }, (_, index) => (index === alteredTask ? -1 : index))
      : null,
    trace: null,
    ...(scripted.threadUse && { threadUse: scripted.threadUse }),
    examples: Object.keys(failed).map(kind => ({ kind, message: `an example of ${kind}` })),
    faults,
  };
}
