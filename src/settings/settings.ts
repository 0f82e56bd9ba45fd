import type { ParamValue, Predicate, ResultsKept, WarmUp } from '../model.js';
import type { LoadAsked } from './load.js';

export type OneOrMore<T> = T | readonly T[];
/** A list of values makes variants along an axis. */
export type ParamInput = Readonly<Record<string, OneOrMore<ParamValue>>>;

/** One executor with settings of its own. */
export interface ExecutorEntry {
  /** Name of a built-in one, of an article's program, or the path of a module with one as its default export. */
  readonly executor: string;
  /** What reports call it; by default its name. */
  readonly as?: string | undefined;
  readonly options?: ParamInput | undefined;
  /** Parameters of the workload in which it differs from the scenario; the origin is the same for all. */
  readonly params?: Readonly<Record<string, ParamValue>> | undefined;
  readonly threads?: number | undefined;
  readonly inFlight?: number | undefined;
}

/** What a scenario may say and a flag may override. All optional: the defaults are in `scenario.ts`. */
export interface Settings {
  readonly executors?: readonly (string | ExecutorEntry)[] | undefined;
  readonly tasks?: OneOrMore<number> | undefined;
  /** Of each executor that has threads or processes. */
  readonly threads?: OneOrMore<number> | undefined;
  /** Limit for a whole executor. */
  readonly inFlight?: OneOrMore<number> | undefined;
  readonly params?: ParamInput | undefined;
  /** Options of executors: each goes to every chosen executor that has it. */
  readonly options?: ParamInput | undefined;
  /** Name of an executor or id of a variant. */
  readonly baseline?: string | undefined;
  /** Fixes the number of forks; otherwise precision and budget decide. */
  readonly forks?: number | undefined;
  readonly minForks?: number | undefined;
  readonly maxForks?: number | undefined;
  readonly rounds?: number | undefined;
  /** Wanted half-width of the interval as a share, e.g. 0.03. */
  readonly precision?: number | undefined;
  /** Per scenario. */
  readonly budgetMs?: number | undefined;
  /**
   * What each worker runs before its trials count: `auto`, as much as a pilot finds that the code needs; `none`, which asks
   * for the cold answer; a time, `'5s'`; a number of tasks.
   */
  readonly warmup?: string | number | undefined;
  readonly taskTimeoutMs?: number | undefined;
  /** Share of failed tasks past which a scenario is INVALID: `0.01`, `'1%'` or `'failed<1%'`. */
  readonly maxFailed?: number | string | undefined;
  /** `batch`, `rate=500/s`, `rate=100..2000/s`, `rate=500/s,poisson`; several rates make variants. */
  readonly load?: string | undefined;
  /** Of a trial: keeps in-flight full for this long, or lets tasks arrive for as long. */
  readonly durationMs?: number | undefined;
  /** Rate load: tasks due and not delivered past which no more arrive. */
  readonly maxBacklog?: number | undefined;
  /** An objective, e.g. `p99<50ms`. */
  readonly slo?: string | undefined;
  /** The share within which two executors count as equal, e.g. 0.02; sets the precision to half of it. */
  readonly equivalence?: number | undefined;
  /** Data that goes to each task, and as much that comes back: 0 to 10 MB. */
  readonly payloadBytes?: OneOrMore<number> | undefined;
  /** Threads of libuv's pool in each host (UV_THREADPOOL_SIZE). */
  readonly uvThreads?: OneOrMore<number> | undefined;
  /** Whether results are kept until a measured trial ends, or let go of as they come (the default). */
  readonly results?: OneOrMore<ResultsKept> | undefined;
  /** Multiplies the scenario's `scaledParams`. */
  readonly timeScale?: number | undefined;
  /** Kinds of failed tasks that belong to what is shown, e.g. `http-503`. */
  readonly expectedFailures?: readonly string[] | undefined;
  /** Traces one trial of each executor, and draws it. */
  readonly timeline?: boolean | undefined;
}

/** Settings that can be trusted: numbers in their limits, lists that are lists without repetitions. */
export interface CheckedSettings {
  readonly executors?: readonly ExecutorEntry[];
  readonly tasks?: readonly number[];
  readonly threads?: readonly number[];
  readonly inFlight?: readonly number[];
  /** Not yet checked against a workload. */
  readonly params?: Readonly<Record<string, readonly ParamValue[]>>;
  readonly options?: Readonly<Record<string, readonly ParamValue[]>>;
  readonly baseline?: string;
  readonly forks?: number;
  readonly minForks?: number;
  readonly maxForks?: number;
  readonly rounds?: number;
  readonly precision?: number;
  readonly budgetMs?: number;
  readonly warmup?: WarmUp;
  readonly taskTimeoutMs?: number;
  readonly maxFailed?: Predicate;
  readonly load?: LoadAsked;
  readonly durationMs?: number;
  readonly maxBacklog?: number;
  readonly slo?: readonly Predicate[];
  readonly equivalence?: number;
  readonly payloadBytes?: readonly number[];
  readonly uvThreads?: readonly number[];
  readonly results?: readonly ResultsKept[];
  readonly timeScale?: number;
  readonly expectedFailures?: readonly string[];
  readonly timeline?: boolean;
}

export type Field = keyof Settings;

/** How messages speak of a setting: by its flag or by its property. */
export interface Wording {
  subject(field: Field | 'seed'): string;
  /** What to write instead, e.g. `Write --threads 2.` */
  remedy(field: Field | 'seed'): string;
}

const EXAMPLES: Readonly<Record<Field | 'seed', string>> = {
  executors: "executors: ['limited', 'queue']",
  tasks: 'tasks: 100',
  threads: 'threads: 2',
  inFlight: 'inFlight: 16',
  params: 'params: { waitMs: 10 }',
  options: 'options: { batchSize: 10 }',
  baseline: "baseline: 'sequential'",
  forks: 'forks: 5',
  minForks: 'minForks: 5',
  maxForks: 'maxForks: 12',
  rounds: 'rounds: 5',
  precision: 'precision: 0.03',
  budgetMs: 'budgetMs: 20_000',
  warmup: "warmup: 'none'",
  taskTimeoutMs: 'taskTimeoutMs: 5_000',
  maxFailed: "maxFailed: '1%'",
  load: "load: 'rate=500/s'",
  durationMs: 'durationMs: 10_000',
  maxBacklog: 'maxBacklog: 10_000',
  slo: "slo: 'p99<50ms'",
  equivalence: 'equivalence: 0.02',
  payloadBytes: 'payloadBytes: 64_000',
  uvThreads: 'uvThreads: 8',
  results: "results: 'keep'",
  timeScale: 'timeScale: 0.1',
  expectedFailures: "expectedFailures: ['http-503']",
  timeline: 'timeline: true',
  seed: 'seed: 7',
};

/** @param where e.g. `scenario waiting: ` */
export function propertyWording(where: string): Wording {
  return {
    subject: field => `${where}${field}`,
    remedy: field => `Write for example ${EXAMPLES[field]}.`,
  };
}
