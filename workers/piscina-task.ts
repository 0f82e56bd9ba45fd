/** The task file of the `piscina` executor. */
import { parentPort, workerData } from 'node:worker_threads';
import { move, transferableSymbol, valueSymbol } from 'piscina';
import { messageOf } from '../src/errors.js';
import { type ThreadPoolData, threadTask } from '../src/executors/thread-task.js';
import { outputOf } from '../src/tasks/payload.js';
import { OPEN, type PoolRequest } from '../src/tasks/pool-task.js';

async function open() {
  const data = workerData as ThreadPoolData;
  const run = threadTask(data);
  await run(OPEN);
  parentPort?.postMessage({ opened: true });
  if (data.payload?.by !== 'transfer') return run;
  return async (request: PoolRequest) => {
    const value = await run(request);
    const output = outputOf(value);
    return output === null ? value : move({ [transferableSymbol]: [output], [valueSymbol]: value as object });
  };
}

/** Piscina awaits a default export that is a promise: a worker that is ready has opened the workload. */
/** A thread that ended over this would be replaced, by one that is ended while it loads. */
async function openOrTell() {
  try {
    return await open();
  } catch (error) {
    parentPort?.postMessage({ refused: messageOf(error) });
    return () => Promise.reject(error);
  }
}

export default openOrTell();
