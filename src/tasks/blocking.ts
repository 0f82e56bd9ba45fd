import { elapsedMs, nowNs } from '../clock.js';
import { ClaimLoop } from './claim-loop.js';
import { failureOf, timedOut } from './failure.js';
import { COMPLETED } from './recorder.js';
import { ResultLook } from './result-look.js';
import type { TaskSource } from './source.js';
import type { RunnerOptions, Sink } from './task-runner.js';

/**
 * One task after the other by `taskSync`, each holding this thread until it is done: between two tasks of a batch nothing
 * else gets a turn, no timer, no message. A task that was longer than its limit has failed, but nothing can cut it short.
 */
export function runBlocking(options: RunnerOptions, source: TaskSource, sink: Sink): Promise<void> {
  const { workload, context, recorder, worker, taskTimeoutMs } = options;
  const taskSync = workload.taskSync!.bind(workload);
  const look = new ResultLook(recorder);
  const start = (index: number) => {
    recorder.start(index, worker);
    try {
      const startedNs = nowNs();
      const result = taskSync(context, index);
      if (elapsedMs(startedNs) > taskTimeoutMs) throw timedOut(taskTimeoutMs);
      recorder.finish(index, COMPLETED);
      if (recorder.checked) look.refusal(result);
      sink.complete(index, result);
    } catch (error) {
      sink.fail(index, recorder.fail(index, failureOf(error)));
    }
    loop.ended();
  };
  const loop = new ClaimLoop({ source, most: 1, start });
  return loop.run();
}
