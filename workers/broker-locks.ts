/** A thread of a worker of `bullmq`: renews the locks of its jobs, however long a task keeps the other thread busy. */
import { parentPort, workerData } from 'node:worker_threads';
import { loadLockRenewer } from '../src/executors/broker/engines.js';
import { type LockThreadData, renewEveryMs } from '../src/executors/broker/locks.js';

const data = workerData as LockThreadData;
const renew = await loadLockRenewer(data);

let lockMs = data.lockMs;
let timer = renewRegularly();

function renewRegularly(): NodeJS.Timeout {
  return setInterval(() => void renew(lockMs).catch(() => {}), renewEveryMs(lockMs));
}

parentPort?.on('message', (ms: number) => {
  if (ms === lockMs) return;
  lockMs = ms;
  clearInterval(timer);
  timer = renewRegularly();
});

// From here on no lock runs out that is not to.
parentPort?.postMessage(null);
