/** A thread of the `queue` executor: opens the workload, then drains batches until its port closes. */
import { parentPort, workerData } from 'node:worker_threads';
import { describeThrown } from '../src/errors.js';
import type { FromQueueWorker, QueueThread, QueueWorkerData, ToQueueWorker } from '../src/executors/queue.js';
import { Inbox } from '../src/tasks/inbox.js';
import { openWorkload } from '../src/tasks/open-workload.js';
import { outputOf, withPayloadFrom } from '../src/tasks/payload.js';
import { ResultBuffer, type UnsentResult } from '../src/tasks/result-buffer.js';
import { TaskRunner } from '../src/tasks/task-runner.js';
import { Ledger } from '../src/trial/ledger.js';

if (parentPort === null) throw new Error('queue-worker runs in a worker thread only');
const port = parentPort;
const data = workerData as QueueWorkerData;
const post = (message: FromQueueWorker, transfer: readonly ArrayBuffer[] = []) =>
  port.postMessage(message, transfer);

const who: QueueThread = { worker: 'thread', number: data.worker + 1 };
const ledger = new Ledger(data.record);
const { workload: own, context } = await openWorkload(data.workload).catch(async (error: unknown) => {
  // Told and not thrown: the thread ends when all others have answered too.
  post({ refused: { code: 'worker-failed', ...who, message: describeThrown(error) } });
  return await new Promise<never>(() => port.ref());
});
const inbox = data.payload && new Inbox(() => ledger.aborted);
const workload = inbox === null ? own : withPayloadFrom(own, inbox.inputs);
const runner = new TaskRunner({
  workload,
  context,
  recorder: ledger,
  worker: data.worker,
  taskTimeoutMs: data.taskTimeoutMs,
  way: 'thread',
});

async function drain(lanes: number): Promise<void> {
  inbox?.reopen();
  // In a measured trial a result that cannot be sent is what it is in any pool: the end of the worker.
  const refuse = (unsent: UnsentResult) =>
    post({ refused: { code: 'result-not-sent', number: who.number, ...unsent } });
  const refused = ledger.checked ? undefined : refuse;
  const buffer = new ResultBuffer(ledger, post, { transferOf, refused });
  await runner.runLanes(lanes, inbox ?? ledger.claims, buffer);
  buffer.flush(true);
}

/** What is handed over with results rather than copied. */
const transferOf =
  data.payload?.by === 'transfer'
    ? (results: readonly unknown[]) => results.map(outputOf).filter(output => output !== null)
    : undefined;

port.on('message', (message: ToQueueWorker) => {
  if (typeof message === 'object') inbox?.put(message);
  else if (message === 'done') inbox?.close();
  else if (typeof message === 'number') void drain(message);
  // Closing the port lets the thread end by itself, after the workload has let go of its resources.
  else void workload.close(context).finally(() => port.close());
});
post({ opened: true });
