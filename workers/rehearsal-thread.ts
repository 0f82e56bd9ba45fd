/** A thread in which a user's own code is tried, once, before anything is measured. */
import { parentPort, workerData } from 'node:worker_threads';
import { nowMs } from '../src/clock.js';
import { type RehearsalSetting, rehearse } from '../src/tasks/rehearsal.js';

// Of CommonJS that throws as it is imported Node 20 rejects a second promise, which nobody has.
process.on('unhandledRejection', () => {});
// What it has loaded stays for as long as other threads need to meet it.
parentPort?.on('message', () => {});
parentPort?.postMessage(await rehearse(workerData as RehearsalSetting, nowMs));
