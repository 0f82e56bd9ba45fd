import type { RunningExecutor } from '../../src/executors/executor.js';
import { findExecutor } from '../../src/executors/registry.js';
import type { Load, Params } from '../../src/model.js';
import { Batch, type BatchOptions } from '../../src/trial/batch.js';
import { Ledger } from '../../src/trial/ledger.js';

export interface Started extends AsyncDisposable {
  readonly executor: RunningExecutor;
  readonly ledger: Ledger;
  /** A fresh batch on the reset ledger. */
  batch(tasks: number, signal?: AbortSignal, options?: BatchOptions): Batch;
}

export interface StartAsked {
  readonly does: string;
  readonly threads?: number;
  readonly inFlight?: number;
  readonly taskTimeoutMs?: number;
  readonly options?: Params;
  readonly capacity?: number;
  readonly load?: Load['kind'];
}

/** Starts an executor of the registry in this process, with its default options, on the fixture `probe`. */
export async function startProbe(name: string, asked: StartAsked): Promise<Started> {
  const definition = await findExecutor(name)!.load();
  const threads = definition.kind === 'loop' ? 1 : (asked.threads ?? 2);
  const inFlight = asked.inFlight ?? 4;
  const { load = 'batch' } = asked;
  const ledger = Ledger.allocate(asked.capacity ?? 300, definition.kind !== 'loop', {
    load,
    workers: threads,
  });
  const defaults = Object.fromEntries(
    Object.entries(definition.options).map(([key, spec]) => [key, spec.default]),
  );
  const executor = await definition.start(
    {
      name: 'probe',
      moduleUrl: new URL('../fixtures/probe.mjs', import.meta.url).href,
      params: { does: asked.does },
      env: { originUrl: null, inFlight: inFlight / threads, cpuIterationsPerMs: 0, seed: 1 },
    },
    {
      options: { ...defaults, ...asked.options },
      threads,
      inFlight,
      inFlightPerWorker: inFlight / threads,
      taskTimeoutMs: asked.taskTimeoutMs ?? 30_000,
      ledger,
    },
    new AbortController().signal,
  );
  return {
    executor,
    ledger,
    batch(tasks, signal = new AbortController().signal, options = {}) {
      ledger.reset(tasks);
      return new Batch(tasks, ledger, signal, options);
    },
    [Symbol.asyncDispose]: () => executor[Symbol.asyncDispose](),
  };
}
