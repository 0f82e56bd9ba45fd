import { Queue } from 'bullmq';
import { lossOf } from '../../errors.js';
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
import { BrokerUsage } from './broker-usage.js';
import { Connections } from './connections.js';
import { ExecutionCounts } from './execution-counts.js';
import { LockInterval } from './intervals.js';
import type { TrialNotice } from './job-runner.js';
import { brokerNames, resultsKey } from './names.js';
import { RemoteWorkers } from './remote/remote-workers.js';
import { ResultReader } from './result-reader.js';
import { ResultHashes } from './taken.js';
import { TrialRun } from './trial-run.js';
import type { BrokerWorkerData } from './worker.js';
import { WorkerProcesses } from './worker-processes.js';
import type { WorkerSet } from './worker-set.js';

/** A job fails once, and is forgotten when it has completed; of those that failed the controller is to hear. */
const JOB_OPTIONS = { attempts: 1, removeOnComplete: true, removeOnFail: false } as const;
/** How often it is asked for jobs that were given up: they are seconds old by then. */
const FAILED_EVERY_MS = 1_000;

/** A broker between the controller, which is this thread, and worker processes, here or on other machines. */
class BrokerExecutor implements RunningExecutor {
  readonly #names = brokerNames();
  readonly #options: StartOptions<unknown>;
  readonly #losses: Losses;
  readonly #codec: PayloadCodec | null;
  readonly #connections: Connections;
  readonly #queue: Queue;
  readonly #workers: WorkerSet;
  readonly #broker: BrokerUsage;
  readonly #locks = new LockInterval();
  readonly #hashes = new ResultHashes();
  #lockMs = this.#locks.next();
  #trial = 0;
  readonly #counts = new ExecutionCounts();
  #reading: Promise<void> = Promise.resolve();
  #disposed: Promise<void> | undefined;

  constructor(workload: WorkloadRef, options: StartOptions, address: BrokerAddress) {
    const { recorder, inFlightPerWorker } = options;
    const { payload, taskTimeoutMs } = threadDataOf(workload, options);
    this.#options = options;
    this.#losses = new Losses('bullmq');
    this.#codec = payload && new PayloadCodec(payload);
    this.#connections = new Connections(address, loss => this.#losses.lose(loss));
    const { client } = this.#connections;
    const { queue, prefix } = this.#names;
    this.#queue = new Queue(queue, { connection: client, prefix, defaultJobOptions: JOB_OPTIONS });
    this.#queue.on('error', error => this.#connections.fail(error));
    this.#broker = new BrokerUsage(client, address);
    const data = {
      ...{ workload, taskTimeoutMs, payload, address, names: this.#names },
      concurrency: inFlightPerWorker,
    };
    this.#workers = this.#workerSet(data, recorder);
  }

  #workerSet(data: Omit<BrokerWorkerData, 'worker'>, recorder: Recorder): WorkerSet {
    const lose = (loss: Loss) => this.#losses.lose(lossBy(recorder, loss));
    const { stations } = data.address;
    if (stations !== undefined) {
      const { client, subscriber } = this.#connections;
      return new RemoteWorkers({ client, subscriber: subscriber(), stations, data, lose });
    }
    const usage = new ProcessUsage(words => recorder.leaveLastWords(words));
    return new WorkerProcesses({ data, usage, lose });
  }

  async open(): Promise<void> {
    await this.#losses.rejectOnLoss(async () => {
      await this.#queue.waitUntilReady();
      await this.#workers.open(this.#options.threads);
    });
    await this.#broker.refresh();
  }

  async run(batch: Batch): Promise<void> {
    if (this.#losses.lost !== null) throw this.#losses.lost;
    if (batch.signal.aborted) return;
    const trial = ++this.#trial;
    const stream = resultsKey(this.#names, trial);
    const run = this.#trialRun(batch, trial);
    const { client, waiter } = this.#connections;
    const reader = new ResultReader(client, waiter, stream);
    const abort = () => this.#abort(batch, trial);
    const look = () => Promise.all([run.takeFailed(), this.#workers.check()]).catch(this.#lose);
    const failed = setInterval(() => void look(), FAILED_EVERY_MS);
    this.#counts.add(trial, run);
    batch.signal.addEventListener('abort', abort);
    try {
      await this.#losses.rejectOnLoss(async () => {
        await this.#begin(trial, stream);
        this.#reading = reader.read(message => run.take(message)).catch(this.#lose);
        await run.run();
      });
    } finally {
      clearInterval(failed);
      batch.signal.removeEventListener('abort', abort);
      run.stop();
      reader.stop();
      void this.#end(trial, stream);
    }
  }

  #trialRun(batch: Batch, trial: number): TrialRun {
    const { threads, inFlight } = this.#options;
    return new TrialRun({
      batch,
      trial,
      names: this.#names,
      queue: this.#queue,
      codec: this.#codec,
      workers: threads,
      inFlight,
      hashes: this.#hashes,
      locks: this.#locks,
      toControllerNs: (worker, ns) => this.#workers.toControllerNs(worker, ns),
      lose: this.#lose,
    });
  }

  /** What workers have to know of it, and the stream, without which no result is written. */
  async #begin(trial: number, stream: string): Promise<void> {
    const notice: TrialNotice = { checked: this.#options.recorder.checked, lockMs: this.#lockMs };
    const { client } = this.#connections;
    const begun = client.hset(this.#names.trials, String(trial), JSON.stringify(notice));
    await Promise.all([begun, client.xadd(stream, '*', 'begin', '')]);
  }

  /**
   * The reader waits for a message: it is given one. Its question and what is told here go by two connections, so the stream
   * stays until it has read that: to wait for one that is gone takes as long as a reader waits, and the next trial with it.
   */
  async #end(trial: number, stream: string): Promise<void> {
    this.#hashes.forgetAll();
    const { client } = this.#connections;
    const reading = this.#reading;
    try {
      await Promise.all([
        client.xadd(stream, '*', 'end', ''),
        client.hdel(this.#names.trials, String(trial)),
        reading,
      ]);
      await client.del(stream);
    } catch {
      // A broker that is gone has forgotten it.
    }
  }

  #abort(batch: Batch, trial: number): void {
    batch.recorder.abort();
    this.#connections.client.publish(this.#names.aborts, String(trial)).catch(this.#lose);
  }

  executions(): Promise<Executions> {
    this.#lockMs = this.#locks.next();
    return this.#counts.take(this.#connections.client, this.#names, this.#workers);
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
    setImmediate(() => this.#losses.lose(lossBy(this.#options.recorder, lossOf(error))));
  };

  [Symbol.asyncDispose](): Promise<void> {
    this.#disposed ??= this.#close();
    return this.#disposed;
  }

  async #close(): Promise<void> {
    this.#connections.beginClosing();
    await this.#workers.close();
    if (this.#connections.isOpen) await this.#forget().catch(() => {});
    this.#connections.close();
    await this.#queue.close().catch(() => {});
    await this.#reading;
  }

  /** Nothing of it stays in a broker that others use. */
  async #forget(): Promise<void> {
    const { trials, executions } = this.#names;
    await this.#queue.obliterate({ force: true });
    await this.#connections.client.del(trials, executions, resultsKey(this.#names, this.#trial));
  }
}

/** @throws Error without a broker, or where a worker cannot open the workload */
export async function startBrokerExecutor(
  workload: WorkloadRef,
  options: StartOptions,
): Promise<RunningExecutor> {
  const { broker } = options;
  if (broker === undefined) throw new Error('bullmq was started without a broker');
  const executor = new BrokerExecutor(workload, options, broker);
  try {
    await executor.open();
    return executor;
  } catch (error) {
    await executor[Symbol.asyncDispose]();
    throw error;
  }
}
