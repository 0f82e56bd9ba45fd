/** A thread of a broker's relay: rings when the next chunk of bytes is due. */
import { parentPort, workerData } from 'node:worker_threads';
import { nowMs } from '../src/clock.js';
import { type AlarmData, serveAlarm } from '../src/executors/broker/relay/alarm-thread.js';

serveAlarm(workerData as AlarmData, nowMs, () => parentPort?.postMessage(null));
