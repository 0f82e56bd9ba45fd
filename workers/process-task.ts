/** The task file of the `processes` executor: keeps a ledger of its own and sends back what it has in it. */

import { messageOf } from '../src/errors.js';
import {
  ABORT,
  type BatchBegins,
  type LastWords,
  outcomeAndWorker,
  type ProcessReply,
  type ProcessTaskData,
  USAGE,
  type UsageAnswer,
} from '../src/executors/process-record.js';
import { isTask, type PoolRequest, poolTask } from '../src/tasks/pool-task.js';
import { Ledger, NOT_STARTED } from '../src/trial/ledger.js';

const data = JSON.parse(process.argv[2]!) as ProcessTaskData;
const worker = Number(process.env.TINYPOOL_WORKER_ID) - 1;
const ledger = Ledger.allocate(data.capacity ?? 0, false, {
  load: data.capacity === null ? 'duration' : 'batch',
});
const run = poolTask(data, ledger, worker, 'process');

process.on('message', message => {
  if (message === ABORT) ledger.abort();
  else if (message === USAGE) process.send?.(usage());
  else if (typeof (message as Partial<BatchBegins> | null)?.checked === 'boolean')
    ledger.reset(0, (message as BatchBegins).checked);
});

process.on('uncaughtExceptionMonitor', error =>
  process.send?.({ lastWords: messageOf(error) } satisfies LastWords),
);

function usage(): UsageAnswer {
  const { userCPUTime, systemCPUTime, maxRSS, involuntaryContextSwitches } = process.resourceUsage();
  return {
    usage: true,
    cpuMs: (userCPUTime + systemCPUTime) / 1_000,
    peakRssBytes: maxRSS * 1024,
    involuntarySwitches: involuntaryContextSwitches,
    ignoredAborts: ledger.ignoredAborts,
    strays: ledger.strays,
  };
}

/** The stamps as numbers, read without making BigInts of them. */
const startedWords = new Uint32Array(ledger.buffers.started);
const finishedWords = new Uint32Array(ledger.buffers.finished);

function stampOf(words: Uint32Array, place: number): number {
  return words[2 * place + 1]! * 2 ** 32 + words[2 * place]!;
}

function replyTo(request: PoolRequest, value: unknown): ProcessReply {
  if (!isTask(request)) return [value, outcomeAndWorker(NOT_STARTED, worker), 0, 0];
  const index = typeof request === 'number' ? request : request.index;
  const place = ledger.placeOf(index);
  const outcome = ledger.outcome[place]!;
  const startedNs = stampOf(startedWords, place);
  const durationNs = stampOf(finishedWords, place) - startedNs;
  // In a ring the place of a task that is done is another's.
  if (data.capacity === null && outcome !== NOT_STARTED) ledger.release(index);
  return [value, outcomeAndWorker(outcome, worker), startedNs, durationNs];
}

export default (request: PoolRequest): Promise<ProcessReply> =>
  run(request).then(value => replyTo(request, value));
