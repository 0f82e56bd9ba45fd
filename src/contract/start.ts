import { compiledUrl } from '../entry.js';
import type { Executor, RunningExecutor } from '../executors/executor.js';
import { startChecked } from '../executors/start-checked.js';
import { PrivateBroker } from '../hosts/private-broker.js';
import type { BrokerAddress, Load, ParamSpecs, Params } from '../schema/index.js';
import { Batch, type BatchOptions } from '../tasks/batch.js';
import { Ledger } from '../trial/ledger.js';
import type { WorkloadRef } from '../workloads/workload.js';

export interface Started extends AsyncDisposable {
  readonly executor: RunningExecutor;
  /** Of an executor that goes through one: a private one, ended with it; null where one was given. */
  readonly broker: PrivateBroker | null;
  readonly ledger: Ledger;
  readonly threads: number;
  /** A fresh batch on the reset ledger, its results looked at as in a cold trial unless `checked` is false. */
  batch(tasks: number, signal?: AbortSignal, options?: BatchOptions & { readonly checked?: boolean }): Batch;
  /** The same, run to its end. */
  run(...asked: Parameters<Started['batch']>): Promise<Batch>;
}

export interface StartRequest {
  /** Of the probe. */
  readonly does?: string;
  /** In place of the probe. */
  readonly workload?: Pick<WorkloadRef, 'name' | 'moduleUrl' | 'params'>;
  readonly originUrl?: string | null;
  readonly threads?: number;
  readonly inFlight?: number;
  readonly taskTimeoutMs?: number;
  readonly payloadBytes?: number;
  readonly options?: Params;
  readonly load?: Load['kind'];
  /** Of an executor that goes through one; left out: a private one is started. */
  readonly broker?: BrokerAddress | undefined;
  /** Tasks of a batch, at most. */
  readonly capacity?: number;
  /** As of `Ledger.allocate`. */
  readonly mostPlaces?: number;
}

/** Enough for the `cpu` workload to compute a little. */
const CPU_ITERATIONS_PER_MS = 1_000;
/** No batch of a check has more. */
const MOST_TASKS = 300;

/** Starts an executor in this process, with its default options. */
export async function startExecutor(definition: Executor, asked: StartRequest): Promise<Started> {
  const threads = !definition.capabilities.workers ? 1 : (asked.threads ?? 2);
  const inFlight = inFlightOf(definition, threads, asked.inFlight ?? 4);
  const { load = 'batch', capacity = MOST_TASKS, mostPlaces } = asked;
  const shape = { load, workers: threads, ...(mostPlaces !== undefined && { mostPlaces }) };
  const ledger = Ledger.allocate(capacity, definition.capabilities.workers, shape);
  const workload = asked.workload ?? {
    name: 'probe',
    moduleUrl: compiledUrl('contract/probe.js'),
    params: { does: asked.does ?? 'index', hostPid: process.pid },
  };
  const options = withDefaults(definition.options, asked.options);
  const needsBroker = definition.capabilities.hasBroker === true && asked.broker === undefined;
  const broker = needsBroker ? await PrivateBroker.start(String(options.backend ?? 'any')) : null;
  const executor = await startOr(
    () => broker?.[Symbol.asyncDispose](),
    () =>
      startChecked(
        definition,
        {
          ...workload,
          env: {
            originUrl: asked.originUrl ?? null,
            inFlight: inFlight / threads,
            cpuIterationsPerMs: CPU_ITERATIONS_PER_MS,
            seed: 1,
          },
        },
        {
          options,
          threads,
          inFlight,
          inFlightPerWorker: inFlight / threads,
          taskTimeoutMs: asked.taskTimeoutMs ?? 30_000,
          payloadBytes: asked.payloadBytes ?? 0,
          broker: asked.broker ?? broker?.address,
          recorder: ledger,
        },
        new AbortController().signal,
      ),
  );
  const batchOf: Started['batch'] = (
    tasks,
    signal = new AbortController().signal,
    { checked = true, ...options } = {},
  ) => {
    ledger.reset(tasks, checked, checked);
    return new Batch(tasks, ledger, signal, options);
  };
  return {
    executor,
    broker,
    ledger,
    threads,
    batch: batchOf,
    async run(...asked) {
      const batch = batchOf(...asked);
      await executor.run(batch);
      return batch;
    },
    async [Symbol.asyncDispose]() {
      await executor[Symbol.asyncDispose]();
      await broker?.[Symbol.asyncDispose]();
    },
  };
}

async function startOr<T>(giveUp: () => unknown, start: () => Promise<T>): Promise<T> {
  try {
    return await start();
  } catch (error) {
    await giveUp();
    throw error;
  }
}

export function withDefaults(specs: ParamSpecs, given: Params = {}): Params {
  const defaults = Object.entries(specs).map(([key, spec]) => [key, spec.default]);
  return { ...Object.fromEntries(defaults), ...given };
}

function inFlightOf({ maxInFlight, maxInFlightPerWorker }: Executor, threads: number, asked: number): number {
  if (maxInFlight === 1) return 1;
  return maxInFlightPerWorker === 1 ? threads : asked;
}
