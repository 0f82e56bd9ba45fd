import { WorkerLost } from '../../errors.js';
import type { BrokerAddress, Executions, Loss } from '../../schema/index.js';
import type { Batch } from '../../tasks/batch.js';
import { PayloadCodec } from '../../tasks/payload.js';
import type { Recorder } from '../../tasks/recorder.js';
import type { WorkerUsage } from '../../trial/usage.js';
import type { WorkloadRef } from '../../workloads/workload.js';
import type { RunningExecutor, StartOptions } from '../executor.js';
import { Losses } from '../losses.js';
import { threadDataOf } from '../payload-options.js';
import { lossBy } from '../pool-run.js';
import { ProcessUsage } from '../process-usage.js';
import { jobOptions, maxStalledOf } from './attempts.js';
import { BrokerUsage } from './broker-usage.js';
import { BrokerWatch } from './broker-watch.js';
import type { BrokerEngine, ControllerLink, TrialNotice } from './engine.js';
import { loadEngine } from './engines.js';
import { ExecutionCounts } from './execution-counts.js';
import { LockInterval, SHORTEST_LOCK_MS } from './intervals.js';
import { brokerNames } from './names.js';
import { callLoss } from './refusals.js';
import { RemoteWorkers } from './remote/remote-workers.js';
import { ResultHashes } from './taken.js';
import { TrialRun } from './trial-run.js';
import type { BrokerWorkerData } from './worker.js';
import { WorkerProcesses } from './worker-processes.js';
import type { WorkerSet } from './worker-set.js';

/** How often it is asked for jobs that were given up: they are seconds old by then. */
const FAILED_EVERY_MS = 1_000;

/** A broker between the controller, which is this thread, and worker processes, here or on other machines. */
class BrokerExecutor implements RunningExecutor {
  readonly #names = brokerNames();
  readonly #options: StartOptions;
  readonly #losses: Losses;
  readonly #codec: PayloadCodec | null;
  readonly #link: ControllerLink;
  readonly #workers: WorkerSet;
  readonly #broker: BrokerUsage;
  readonly #locks: LockInterval;
  readonly #hashes = new ResultHashes();
  #lockMs: number;
  #trial = 0;
  readonly #counts = new ExecutionCounts();
  #reading: Promise<void> = Promise.resolve();
  #disposed: Promise<void> | undefined;

  constructor(
    engine: BrokerEngine,
    workload: WorkloadRef,
    options: StartOptions,
    address: BrokerAddress,
    lockMs: number,
  ) {
    const { recorder, inFlightPerWorker } = options;
    const { payload, taskTimeoutMs } = threadDataOf(workload, options);
    this.#options = options;
    this.#locks = new LockInterval(lockMs);
    this.#lockMs = lockMs;
    this.#losses = new Losses('bullmq');
    this.#codec = payload && new PayloadCodec(payload);
    this.#link = engine.controller({
      ...{ address, names: this.#names, jobOptions: jobOptions(options.options) },
      lose: loss => this.#losses.lose(loss),
    });
    this.#broker = new BrokerUsage(this.#link);
    const data = {
      ...{ workload, taskTimeoutMs, payload, address, names: this.#names },
      ...{ concurrency: inFlightPerWorker, maxStalled: maxStalledOf(options.options), lockMs },
    };
    this.#workers = this.#workerSet(data, recorder);
  }

  #workerSet(data: Omit<BrokerWorkerData, 'worker'>, recorder: Recorder): WorkerSet {
    const lose = (loss: Loss) => this.#losses.lose(lossBy(recorder, loss));
    const { stations } = data.address;
    if (stations !== undefined) return new RemoteWorkers({ place: this.#link.meet(), stations, data, lose });
    const usage = new ProcessUsage(words => recorder.leaveLastWords(words));
    return new WorkerProcesses({ data, usage, lose });
  }

  async open(): Promise<void> {
    await this.#losses.rejectOnLoss(async () => {
      await this.#link.open();
      await this.#workers.open(this.#options.threads);
    });
    await this.#broker.refresh();
  }

  async run(batch: Batch): Promise<void> {
    if (this.#losses.lost !== null) throw this.#losses.lost;
    if (batch.signal.aborted) return;
    const trial = ++this.#trial;
    const run = this.#trialRun(batch, trial);
    const results = this.#link.results(trial);
    const abort = () => this.#abort(batch, trial);
    const watch = new BrokerWatch({
      write: () => this.#link.tellAgain(trial, this.#notice()),
      slowest: run.repetitions,
      rttMs: Number(this.#options.options.rtt ?? 0),
    });
    const look = () => Promise.all([watch.look(), run.takeFailed(), this.#workers.check()]).catch(this.#lose);
    const failed = setInterval(() => void look(), FAILED_EVERY_MS);
    this.#counts.add(run);
    batch.signal.addEventListener('abort', abort);
    try {
      await this.#losses.rejectOnLoss(async () => {
        await this.#link.begin(trial, this.#notice());
        this.#reading = results.read(message => run.take(message)).catch(this.#lose);
        await run.run();
      });
    } finally {
      clearInterval(failed);
      batch.signal.removeEventListener('abort', abort);
      run.stop();
      results.stop();
      this.#hashes.forgetAll();
      this.#link.end(trial, this.#reading);
    }
  }

  #trialRun(batch: Batch, trial: number): TrialRun {
    const { threads, inFlight } = this.#options;
    return new TrialRun({
      batch,
      trial,
      names: this.#names,
      queue: this.#link.queue,
      codec: this.#codec,
      workers: threads,
      inFlight,
      hashes: this.#hashes,
      locks: this.#locks,
      toControllerNs: (worker, ns) => this.#workers.toControllerNs(worker, ns),
      lose: this.#lose,
    });
  }

  #notice(): TrialNotice {
    return { checked: this.#options.recorder.checked, lockMs: this.#lockMs };
  }

  #abort(batch: Batch, trial: number): void {
    batch.recorder.abort();
    this.#link.abort(trial).catch(this.#lose);
  }

  executions(): Promise<Executions> {
    this.#lockMs = this.#locks.next();
    return this.#losses.rejectOnLoss(() =>
      this.#counts.take(this.#link, this.#workers).catch(error => {
        throw new WorkerLost(callLoss(error));
      }),
    );
  }

  usage(): WorkerUsage {
    const workers = this.#workers.usage();
    const brokerCpuMs = this.#broker.cpuMs;
    return { ...workers, cpuMs: workers.cpuMs + brokerCpuMs, brokerCpuMs };
  }

  async refreshUsage(): Promise<void> {
    await Promise.all([this.#workers.refresh(), this.#broker.refresh()]);
  }

  readonly #lose = (error: unknown): void => {
    // A connection that was closed says so itself, and for all.
    setImmediate(() => this.#losses.lose(lossBy(this.#options.recorder, callLoss(error))));
  };

  [Symbol.asyncDispose](): Promise<void> {
    this.#disposed ??= this.#close();
    return this.#disposed;
  }

  async #close(): Promise<void> {
    this.#link.beginClosing();
    await this.#workers.close();
    await this.#link.close();
    await this.#reading;
  }
}

/** Loads what speaks with the broker, before a clock runs. */
export function prepareFor({ broker }: Pick<StartOptions, 'broker'> = {}): Promise<unknown> {
  return broker === undefined ? Promise.resolve() : loadEngine(broker);
}

/**
 * @param shortestLockMs for which a job is held at least without a sign of life
 * @throws Error without a broker, or where a worker cannot open the workload
 */
export async function startBrokerExecutor(
  workload: WorkloadRef,
  options: StartOptions,
  shortestLockMs = SHORTEST_LOCK_MS,
): Promise<RunningExecutor> {
  const { broker } = options;
  if (broker === undefined) throw new Error('bullmq was started without a broker');
  const executor = new BrokerExecutor(await loadEngine(broker), workload, options, broker, shortestLockMs);
  try {
    await executor.open();
    return executor;
  } catch (error) {
    await executor[Symbol.asyncDispose]();
    throw error;
  }
}
