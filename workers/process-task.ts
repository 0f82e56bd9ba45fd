/** The task file of the `processes` executor: keeps a ledger of its own and sends back what it has in it. */
import {
  ABORT,
  type ProcessReply,
  type ProcessRequest,
  type ProcessTaskData,
} from '../src/executors/process-record.js';
import { Ledger, NOT_STARTED } from '../src/trial/ledger.js';
import { isTask, poolTask } from '../src/trial/pool-task.js';

const data = JSON.parse(process.argv[2]!) as ProcessTaskData;
const worker = Number(process.env.TINYPOOL_WORKER_ID) - 1;
const ledger = Ledger.allocate(data.capacity ?? 0, false, {
  load: data.capacity === null ? 'duration' : 'batch',
});
const run = poolTask(data, ledger, worker, 'process');
let latest = 0;

process.on('message', message => {
  if (message === ABORT) ledger.abort();
});

function timesOf(index: number): ProcessReply['times'] {
  const place = ledger.placeOf(index);
  const outcome = ledger.outcome[place]!;
  if (outcome === NOT_STARTED) return null;
  return { startedNs: ledger.startedNs[place]!, finishedNs: ledger.finishedNs[place]!, outcome };
}

export default async ({ batch, request }: ProcessRequest): Promise<ProcessReply> => {
  if (batch !== latest) {
    latest = batch;
    ledger.reset(0);
  }
  const value = await run(request);
  const index = typeof request === 'number' ? request : request.index;
  const times = isTask(request) ? timesOf(index) : null;
  // In a ring the place of a task that is done is another's.
  if (data.capacity === null && times !== null) ledger.release(index);
  const { userCPUTime, systemCPUTime, maxRSS, involuntaryContextSwitches } = process.resourceUsage();
  return {
    value,
    times,
    worker,
    pid: process.pid,
    cpuMs: (userCPUTime + systemCPUTime) / 1_000,
    peakRssBytes: maxRSS * 1024,
    involuntarySwitches: involuntaryContextSwitches,
  };
};
