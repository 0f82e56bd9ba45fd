import type { OriginSettings, ParamSpecs, Params, ParamValue, WorkloadKind } from '../schema/index.js';
import type { NetworkEnv } from './network.js';
import type { SetupEnv } from './setup.js';
import type { TaskSignal } from './task-signal.js';

/** What a workload is given besides its parameters. */
export interface WorkloadEnv {
  /** Base URL of the embedded origin, without a trailing slash; null when the workload asked for none. */
  readonly originUrl: string | null;
  /** Tasks that this worker has in flight at most: its share of connections. */
  readonly inFlight: number;
  /** Iterations of the computing kernel that take a millisecond on this machine (calibrated once a run); 0 if not needed. */
  readonly cpuIterationsPerMs: number;
  /**
   * For whatever a workload draws at random, by index and never by order: the same in every worker of every executor of a
   * fork, new for the next fork, repeated by `--seed`.
   */
  readonly seed: number;
  /** What the workload's `setup` returned; absent without one. */
  readonly setup?: unknown;
  /** Of a run that was given leave to call other machines, or certificates to trust. */
  readonly network?: NetworkEnv;
}

/** What tasks send to another machine. */
export interface RemoteRequest {
  readonly method: string;
  /** May have placeholders in its path. */
  readonly url: string;
}

/** For a workload that asks for an origin. */
export function originUrlOf({ originUrl }: WorkloadEnv): string {
  if (originUrl === null) throw new Error('the workload was opened without an origin');
  return originUrl;
}

/** A workload as data: what a worker needs to open it. */
export interface WorkloadRef {
  readonly name: string;
  readonly moduleUrl: string;
  /** What the module is made of (`moduleIdentity`), where workers load one of their own: they are to refuse another. */
  readonly contents?: string;
  readonly params: Params;
  readonly env: WorkloadEnv;
}

/** The scenario a workload makes by itself, so that `run NAME` works. */
export interface WorkloadDefaults {
  readonly tasks: number;
  readonly executors?: readonly string[];
}

/**
 * The code of a task. The same module runs in every executor: `open` once per worker, `task` for each index, `close`.
 *
 * Results must survive a structured clone: they travel between threads.
 */
export interface Workload<P extends Params = Params, Context = unknown, Result = unknown> {
  readonly name: string;
  /** One line for `list`. */
  readonly summary: string;
  /** What a task mostly does. A hint: it is measured, and the kind decides only what cannot be. */
  readonly kind: WorkloadKind;
  /** The kind with these parameters, where they change it: an asynchronous call becomes a blocking one. Called in the CLI. */
  kindOf?(params: P): WorkloadKind;
  readonly params: ParamSpecs;
  readonly defaults: WorkloadDefaults;
  /** Settings of the embedded origin for these parameters, where it is not to answer at once and in full; absent or null: no origin is started. Called in the CLI. */
  origin?(params: P): Partial<OriginSettings> | null;
  /**
   * What its tasks send to other machines with these parameters, a request a task: nobody but `--allow-remote` can allow
   * it. Absent: nothing. Called in the CLI, after `check`.
   */
  remote?(params: P): readonly RemoteRequest[];
  /** Requests a task sends to the origin. Default 0. */
  readonly requestsPerTask?: number | ((params: P) => number);
  /** True: `env.cpuIterationsPerMs` is calibrated before the run. */
  readonly needsCalibration?: boolean;
  /** Further checks of parameters, in the CLI: throws UsageError. */
  check?(params: P): void;
  /**
   * Once per run, before anything is measured, in a process of its own that stays until `teardown`: what it starts may
   * live there. Returns plain data, at most 64 kB of JSON, for every `open` (`env.setup`). What it throws ends the run.
   */
  setup?(env: SetupEnv): Promise<unknown>;
  /** In that process, when all is measured, interrupted or failed; not when the program itself is killed. Has 10 s. */
  teardown?(data: unknown): Promise<void>;
  open(params: P, env: WorkloadEnv): Promise<Context>;
  task(context: Context, index: number, signal: TaskSignal): Promise<Result>;
  /** The same task as one call that holds its thread until it is done: for the `blocking` executor. */
  taskSync?(context: Context, index: number): Result;
  close(context: Context): Promise<void>;
  /**
   * What of a result must be the same in every executor, where not all of it is: without its times, ids or salts.
   * Compared by contents; given what a thread would have received.
   */
  digest?(result: Result): unknown;
  /** Whether two results of one task count as the same. Called in the CLI for results whose contents differ. */
  sameResult?(a: Result, b: Result): boolean;
  /** `may differ`: results are not compared between executors, and the report says so. */
  readonly results?: 'may differ';
  /** What `mix` has made it of. */
  readonly mix?: WorkloadMix<Context>;
}

export interface WorkloadMix<Context> {
  /** 0 … 1, by the names of its parts. */
  readonly shares: Readonly<Record<string, number>>;
  /** Name of the part that a task belongs to. */
  partOf(context: Context, index: number): string;
  /** The function that is the task of a part, as somebody has written it. */
  taskOf?(part: string): unknown;
}

/** Parameters, or options of an executor, typed by their specs. */
export type ParamsOf<S extends ParamSpecs> = {
  readonly [K in keyof S]: S[K] extends { kind: 'number' }
    ? number
    : S[K] extends { kind: 'boolean' }
      ? boolean
      : S[K] extends { kind: 'record' }
        ? { readonly [key: string]: string }
        : S[K] extends { kind: 'choice'; choices: readonly (infer C)[] }
          ? C
          : S[K] extends { kind: 'text' }
            ? string
            : ParamValue;
};

/** What may be left out. */
type LeftOut = 'params' | 'defaults' | 'close';

type Definition<S extends ParamSpecs, Context, Result> = Omit<
  Workload<ParamsOf<S> & Params, Context, Result>,
  LeftOut
> & {
  readonly params?: S;
  readonly defaults?: WorkloadDefaults;
  close?(context: Context): Promise<void>;
};

/** A workload as a module has it. */
export type WorkloadDefinition = Omit<Workload, LeftOut> & Partial<Pick<Workload, LeftOut>>;

const USUAL: Pick<Workload, LeftOut> = { params: {}, defaults: { tasks: 100 }, close: async () => {} };

/** The same object, which may be of a class: methods and private fields stay as they are. */
export function withLeftOut(definition: WorkloadDefinition): Workload {
  const missing = Object.entries(USUAL).filter(([key]) => definition[key as LeftOut] === undefined);
  const open = Object.isExtensible(definition) ? definition : Object.create(definition);
  return Object.assign(open, Object.fromEntries(missing));
}

/**
 * Gives a workload its types: parameters from their specs, the context from `open`. Without `params` it has none, without
 * `defaults` 100 tasks, without `close` nothing to let go of.
 *
 * @example export default defineWorkload({ name: 'hello', kind: 'wait', … })
 */
export function defineWorkload<
  const S extends ParamSpecs = Record<never, never>,
  Context = unknown,
  Result = unknown,
>(definition: Definition<S, Context, Result>): Workload {
  // The types of parameters and context are known inside the definition only; outside they are opaque.
  return withLeftOut(definition as unknown as WorkloadDefinition);
}
