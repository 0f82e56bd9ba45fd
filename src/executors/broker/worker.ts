import { Worker as ThreadWorker } from 'node:worker_threads';
import { Worker } from 'bullmq';
import { Redis } from 'ioredis';
import { entryUrl } from '../../entry.js';
import type { BrokerAddress } from '../../schema/index.js';
import { type MessageRecorder, messageTask } from '../../tasks/message-recorder.js';
import { CLOSE, OPEN, type PoolTaskData } from '../../tasks/pool-task.js';
import { connectionOptions } from './address.js';
import { type JobData, JobRunner, type TrialNotice } from './job-runner.js';
import type { LockThreadData } from './locks.js';
import type { BrokerNames } from './names.js';

/** All that a worker is told before it begins: nothing of it is shared memory, so that one may be anywhere. */
export interface BrokerWorkerData extends PoolTaskData {
  readonly address: BrokerAddress;
  readonly names: BrokerNames;
  /** From 0, as it is recorded. */
  readonly worker: number;
  /** Tasks at the same time. */
  readonly concurrency: number;
  /** Times that a job may be taken over before it fails as `stalled`. */
  readonly maxStalled: number;
  /** Of a job, before a trial says another. */
  readonly lockMs: number;
}

export interface StartedWorker {
  /** Lets go of the workload. */
  close(): Promise<void>;
  /** Takes no more jobs. Resolves when those that it has are done. */
  drain(): Promise<void>;
}

/** Opens the workload, and takes jobs from then on. @throws Error when it cannot be opened */
export async function startWorker(data: BrokerWorkerData, recorder: MessageRecorder): Promise<StartedWorker> {
  const { address, names, concurrency, maxStalled, lockMs } = data;
  const run = messageTask(data, recorder, data.worker);
  await run(OPEN);
  const connection = { ...connectionOptions(address), maxRetriesPerRequest: null };
  const client = connect(connection);
  const control = connect(connection);
  const onTrial = ({ lockMs }: TrialNotice) => {
    worker.opts.lockDuration = lockMs;
    worker.opts.stalledInterval = lockMs;
    locks.postMessage(lockMs);
  };
  const runner = new JobRunner({ client, names, recorder, run, onTrial });
  const worker = new Worker<JobData>(names.queue, job => runner.process(job), {
    connection,
    prefix: names.prefix,
    concurrency,
    lockDuration: lockMs,
    stalledInterval: lockMs,
    maxStalledCount: maxStalled,
    // By a thread that runs no tasks: one that computes for longer than a lock holds is not lost.
    skipLockRenewal: true,
  });
  worker.on('error', () => {});
  const locks = lockThread({ address, names, workerId: worker.id, lockMs });
  control.on('message', (_channel, trial) => runner.abort(Number(trial)));
  await Promise.all([control.subscribe(names.aborts), worker.waitUntilReady()]);
  return {
    async close() {
      await run(CLOSE);
    },
    drain: () => worker.close(),
  };
}

/** Connects anew for as long as it takes: the controller is the one to say that a broker is lost. */
function connect(options: Record<string, unknown>): Redis {
  const client = new Redis(options);
  client.on('error', () => {});
  return client;
}

function lockThread(workerData: LockThreadData): ThreadWorker {
  const thread = new ThreadWorker(entryUrl('broker-locks'), { workerData });
  thread.unref();
  // It is there for tasks that compute for long: without it they may run twice, which is counted.
  thread.on('error', () => {});
  return thread;
}
