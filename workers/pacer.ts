/** A thread of a host under rate load: releases tasks as they become due, and touches none. */
import { parentPort, workerData } from 'node:worker_threads';
import { nowNs } from '../src/clock.js';
import { Ledger } from '../src/trial/ledger.js';
import { pace } from '../src/trial/pace.js';
import { PACER } from '../src/trial/pacing.js';
import { type SideThreadData, serveTrials } from '../src/trial/side-thread.js';
import { threadCpuMs } from '../src/trial/thread-cpu.js';

const data = workerData as SideThreadData;
const ledger = new Ledger(data.ledger);
parentPort?.postMessage('ready');

serveTrials(data, ({ figures }) => {
  const cpuBeforeMs = threadCpuMs();
  const { startNs } = ledger.span;
  const elapsedMs = () => Number(nowNs() - startNs) / 1e6;
  const overfull = pace(ledger, figures[PACER.maxBacklog]!, { elapsedMs, sleep: ms => ledger.sleep(ms) });
  figures[PACER.cpuMs] = threadCpuMs() - cpuBeforeMs;
  figures[PACER.overfull] = overfull ? 1 : 0;
});
