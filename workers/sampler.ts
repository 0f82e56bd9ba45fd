/** A thread of a host: samples how many tasks are in flight, from counts that know no stamps. */
import { parentPort, workerData } from 'node:worker_threads';
import { nowNs } from '../src/clock.js';
import { createRandom } from '../src/random.js';
import { SAMPLER } from '../src/trial/in-flight.js';
import { Ledger } from '../src/trial/ledger.js';
import { type SideThreadData, serveTrials } from '../src/trial/side-thread.js';
import { threadCpuMs } from '../src/trial/thread-cpu.js';

const SHORTEST_MS = 1;
const LONGEST_MS = 5;

const data = workerData as SideThreadData;
const ledger = new Ledger(data.ledger);
parentPort?.postMessage('ready');

serveTrials(data, ({ figures, stopped, sleep }) => {
  // Irregular, or the samples might keep step with tasks that are.
  const random = createRandom(1);
  const cpuBeforeMs = threadCpuMs();
  while (!stopped()) {
    sleep(SHORTEST_MS + (LONGEST_MS - SHORTEST_MS) * random.next());
    if (stopped()) break;
    if (nowNs() < ledger.span.startNs) continue;
    const tasks = ledger.counts.inFlight();
    figures[SAMPLER.samples]!++;
    figures[SAMPLER.sum]! += tasks;
    figures[SAMPLER.squares]! += tasks * tasks;
  }
  figures[SAMPLER.cpuMs] = threadCpuMs() - cpuBeforeMs;
});
