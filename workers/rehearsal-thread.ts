/** A thread in which a user's own code is tried, once, before anything is measured. */
import { parentPort, workerData } from 'node:worker_threads';
import { nowMs } from '../src/clock.js';
import { type RehearsalSetting, rehearse } from '../src/tasks/rehearsal.js';

parentPort?.postMessage(await rehearse(workerData as RehearsalSetting, nowMs));
