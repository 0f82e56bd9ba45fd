import { Worker as ThreadWorker } from 'node:worker_threads';
import { entryUrl } from '../../entry.js';
import type { BrokerAddress } from '../../schema/index.js';
import { type MessageRecorder, messageTask } from '../../tasks/message-recorder.js';
import { CLOSE, OPEN, type PoolTaskData } from '../../tasks/pool-task.js';
import type { TrialNotice } from './engine.js';
import { loadEngine } from './engines.js';
import { JobRunner } from './job-runner.js';
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
  const link = (await loadEngine(address)).worker(address, names);
  const onTrial = ({ lockMs }: TrialNotice) => {
    worker.opts.lockDuration = lockMs;
    worker.opts.stalledInterval = lockMs;
    locks.postMessage(lockMs);
  };
  const runner = new JobRunner({ link, names, recorder, run, onTrial });
  const worker = link.startJobWorker(job => runner.process(job), {
    concurrency,
    lockDuration: lockMs,
    stalledInterval: lockMs,
    maxStalledCount: maxStalled,
    // By a thread that runs no tasks: one that computes for longer than a lock holds is not lost.
    skipLockRenewal: true,
  });
  const locks = lockThread({ address, names, workerId: worker.id, lockMs });
  await Promise.all([
    link.listenForAborts(trial => runner.abort(trial)),
    worker.waitUntilReady(),
    isRenewing(locks),
  ]);
  return {
    async close() {
      await run(CLOSE);
    },
    drain: () => worker.close(),
  };
}

function lockThread(workerData: LockThreadData): ThreadWorker {
  const thread = new ThreadWorker(entryUrl('broker-locks'), { workerData });
  thread.unref();
  // It is there for tasks that compute for long: without it they may run twice, which is counted.
  thread.on('error', () => {});
  return thread;
}

/** What it loads may take longer than a lock holds: resolves when it renews, or never will. */
function isRenewing(thread: ThreadWorker): Promise<unknown> {
  return new Promise(resolve => {
    thread.once('message', resolve);
    thread.once('exit', resolve);
  });
}
