/** A thread of the `queue` executor: opens the workload, then drains batches until its port closes. */
import { parentPort, workerData } from 'node:worker_threads';
import type { FromQueueWorker, QueueWorkerData, ToQueueWorker } from '../src/executors/queue.js';
import { Ledger } from '../src/trial/ledger.js';
import { openWorkload } from '../src/trial/open-workload.js';
import { ResultBuffer } from '../src/trial/result-buffer.js';
import { sharedSource } from '../src/trial/source.js';
import { TaskRunner } from '../src/trial/task-runner.js';

if (parentPort === null) throw new Error('queue-worker runs in a worker thread only');
const port = parentPort;
const data = workerData as QueueWorkerData;
const post = (message: FromQueueWorker) => port.postMessage(message);

const ledger = new Ledger(data.ledger);
const { workload, context } = await openWorkload(data.workload);
const runner = new TaskRunner({
  workload,
  context,
  ledger,
  worker: data.worker,
  taskTimeoutMs: data.taskTimeoutMs,
});

async function drain(): Promise<void> {
  const buffer = new ResultBuffer(ledger, post);
  await runner.runLanes(data.lanes, sharedSource(ledger), buffer);
  buffer.flush(true);
}

port.on('message', (message: ToQueueWorker) => {
  if (message === 'batch') void drain();
  // Closing the port lets the thread end by itself, after the workload has let go of its resources.
  else void workload.close(context).finally(() => port.close());
});
post({ opened: true });
