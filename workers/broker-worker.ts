/** A worker process of the `bullmq` executor: takes tasks from the broker, and gives their results to it. */
import { describeThrown } from '../src/errors.js';
import type { StartedWorker } from '../src/executors/broker/worker.js';
import { startWorker } from '../src/executors/broker/worker.js';
import type { FromBrokerWorker, ToBrokerWorker } from '../src/executors/broker/worker-processes.js';
import { answerHost } from '../src/executors/process-usage.js';
import { MessageRecorder } from '../src/tasks/message-recorder.js';

const recorder = new MessageRecorder();
let started: StartedWorker | null = null;
const send = (message: FromBrokerWorker) => process.send?.(message, undefined, {}, () => {});

answerHost(recorder);
process.on('message', async (message: ToBrokerWorker) => {
  if (message === 'close' || message === 'drain') {
    if (message === 'drain') await started?.drain().catch(() => {});
    await started?.close().catch(() => {});
    process.exit(0);
  }
  if (typeof message !== 'object' || message === null || !('open' in message)) return;
  try {
    started = await startWorker(message.open, recorder);
    send({ opened: true });
  } catch (error) {
    send({ refused: describeThrown(error) });
  }
});
process.on('disconnect', () => process.exit(0));
