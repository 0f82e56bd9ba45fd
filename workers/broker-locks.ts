/** A thread of a worker of `bullmq`: renews the locks of its jobs, however long a task keeps the other thread busy. */
import { parentPort, workerData } from 'node:worker_threads';
import { Redis } from 'ioredis';
import { connectionOptions } from '../src/executors/broker/address.js';
import { type LockThreadData, renewEveryMs, renewLocks } from '../src/executors/broker/locks.js';

const data = workerData as LockThreadData;
const client = new Redis({ ...connectionOptions(data.address), maxRetriesPerRequest: null });
client.on('error', () => {});

let lockMs = data.lockMs;
let timer = renewRegularly();

function renewRegularly(): NodeJS.Timeout {
  return setInterval(() => void renewLocks(client, data, lockMs).catch(() => {}), renewEveryMs(lockMs));
}

parentPort?.on('message', (ms: number) => {
  if (ms === lockMs) return;
  lockMs = ms;
  clearInterval(timer);
  timer = renewRegularly();
});
