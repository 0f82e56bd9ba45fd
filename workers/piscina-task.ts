/** The task file of the `piscina` executor. */
import { parentPort, workerData } from 'node:worker_threads';
import type { PiscinaTaskData } from '../src/executors/piscina.js';
import type { Failure } from '../src/trial/failure.js';
import { Ledger } from '../src/trial/ledger.js';
import { openWorkload } from '../src/trial/open-workload.js';
import { TaskRunner } from '../src/trial/task-runner.js';

/** @returns the task's result, or its Failure: the ledger says which; undefined for a task held back by an abort */
type RunTask = (index: number) => Promise<unknown>;

async function open(): Promise<RunTask> {
  const data = workerData as PiscinaTaskData;
  const ledger = new Ledger(data.ledger);
  const { workload, context } = await openWorkload(data.workload);
  const runner = new TaskRunner({
    workload,
    context,
    ledger,
    worker: ledger.enlist(),
    taskTimeoutMs: data.taskTimeoutMs,
  });
  parentPort?.postMessage({ opened: true });
  return async index => {
    let value: unknown;
    await runner.runOne(index, {
      complete: (_index, result) => {
        value = result;
      },
      fail: (_index, failure: Failure) => {
        value = failure;
      },
    });
    return value;
  };
}

/** Piscina awaits a default export that is a promise: a worker that is ready has opened the workload. */
export default open();
