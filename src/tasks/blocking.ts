import { elapsedMs, nowNs } from '../clock.js';
import { COMPLETED } from '../trial/ledger.js';
import { findUncloneable } from './cloneable.js';
import { failureOf, timedOut } from './failure.js';
import { NONE_LEFT, NOT_YET, type TaskSource } from './source.js';
import type { RunnerOptions, Sink } from './task-runner.js';

/**
 * One task after the other by `taskSync`, each holding this thread until it is done: between two tasks of a batch nothing
 * else gets a turn, no timer, no message. A task that was longer than its limit has failed, but nothing can cut it short.
 */
export async function runBlocking(options: RunnerOptions, source: TaskSource, sink: Sink): Promise<void> {
  const { workload, context, ledger, worker, taskTimeoutMs } = options;
  const taskSync = workload.taskSync!.bind(workload);
  for (let index = source.claim(); index !== NONE_LEFT; index = source.claim()) {
    if (index === NOT_YET) {
      await source.arrival();
      continue;
    }
    ledger.start(index, worker);
    try {
      const startedNs = nowNs();
      const result = taskSync(context, index);
      if (elapsedMs(startedNs) > taskTimeoutMs) throw timedOut(taskTimeoutMs);
      ledger.finish(index, COMPLETED);
      // All executors look at results in the cold trial: see TaskRunner.
      if (ledger.checked) findUncloneable(result);
      sink.complete(index, result);
    } catch (error) {
      sink.fail(index, ledger.fail(index, failureOf(error)));
    }
  }
}
