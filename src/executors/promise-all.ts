import type { Batch } from '../tasks/batch.js';
import type { Sink, TaskRunner } from '../tasks/task-runner.js';
import { choice } from '../workloads/params.js';
import { LOOP } from './capabilities.js';
import { defineExecutor } from './executor.js';
import { startOnLoop } from './loop.js';

/** As `Promise.all` has it when its caller cancels the rest: the first failure aborts what is in flight. */
function abortOnFailure(batch: Batch, runner: TaskRunner): Sink {
  return {
    complete: (index, result) => batch.complete(index, result),
    fail: (index, failure) => {
      batch.fail(index, failure);
      if (batch.failed === 1) runner.cancelAll();
    },
  };
}

export default defineExecutor({
  name: 'promise-all',
  summary: 'one loop, all tasks at once: Promise.all (only connections keep to in-flight)',
  capabilities: LOOP,
  options: {
    onError: choice(['continue', 'abort'], 'a failed task: go on, or abort what is in flight'),
  },
  concurrency: ({ inFlight, tasks, connections }) => (connections ? inFlight : tasks),
  start: (ref, options) =>
    startOnLoop(ref, options, (runner, batch) => {
      const sink = options.options.onError === 'abort' ? abortOnFailure(batch, runner) : batch;
      // "All at once" has no end when there is no number of tasks: as many as may be in flight, again and again.
      const limits = Number.isFinite(batch.tasks) ? {} : { most: options.inFlight, inWindows: true };
      return runner.runAll(batch.source, sink, limits);
    }),
});
