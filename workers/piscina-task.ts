/** The task file of the `piscina` executor. */
import { parentPort, workerData } from 'node:worker_threads';
import { move, transferableSymbol, valueSymbol } from 'piscina';
import { messageOf } from '../src/errors.js';
import { type ThreadPoolData, threadTask } from '../src/executors/thread-task.js';
import { OPEN } from '../src/tasks/pool-task.js';

/**
 * A thread that ended over a workload that cannot be opened would be replaced, by one that is ended while it loads: it
 * tells, and stays.
 */
async function openOrTell() {
  try {
    const run = threadTask(workerData as ThreadPoolData, (value, output) =>
      move({ [transferableSymbol]: [output], [valueSymbol]: value }),
    );
    await run(OPEN);
    parentPort?.postMessage({ opened: true });
    return run;
  } catch (error) {
    parentPort?.postMessage({ refused: messageOf(error) });
    return () => Promise.reject(error);
  }
}

/** Piscina awaits a default export that is a promise: a worker that is ready has opened the workload. */
export default openOrTell();
