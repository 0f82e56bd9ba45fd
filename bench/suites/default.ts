import { defineSuite } from '../../src/plan/suite.js';

/**
 * The story in three scenarios of about 20 s each on two quiet cores: waiting belongs to the loop, computing to threads,
 * and in between it depends on how much a task computes.
 */
export default defineSuite({
  name: 'default',
  summary: 'waiting, computing and both, by every way to start tasks; about a minute',
  scenarios: [
    {
      name: 'waiting',
      title: 'WAITING',
      summary: '64 GETs of 10 ms, 32 in flight: what does not wait alone wins',
      workload: 'http',
      // 64 is two full waves of 32, so that nobody's last wave is half empty. Waits are short because `sequential` takes
      // tasks × waitMs, 0.7 s here, twice in every fork; and long beside the 0.1 ms that a request computes.
      params: { waitMs: 10 },
      tasks: 64,
      inFlight: 32,
      executors: ['sequential', 'promise-all', 'limited', 'batched', 'queue', 'piscina'],
      // Batches as large as the limit of the others: what it loses is the wait for the slowest of a batch.
      options: { batchSize: 32 },
      budgetMs: 25_000,
    },
    {
      name: 'computing',
      title: 'COMPUTING',
      summary: '24 tasks of 4 ms of computing: cores decide',
      workload: 'cpu',
      // 4 ms is far above what a hand-over to a thread costs (20 µs), so the ratio is that of cores. 24 divides by
      // 1, 2, 3, 4, 6, 8 and 12 threads: on few cores none is idle at the end. A trial takes about 100 ms on one.
      params: { cpuMs: 4 },
      tasks: 24,
      executors: ['sequential', 'promise-all', 'limited', 'batched', 'queue', 'piscina'],
      budgetMs: 20_000,
    },
    {
      name: 'mixed',
      title: 'MIXED',
      summary: 'GETs of 10 ms, then 0.1 to 2 ms of computing: from where on do threads pay?',
      workload: 'mixed',
      // With 16 in flight a loop is idle below 10 ÷ 16 = 0.6 ms of computing a task and the bottleneck above: the
      // crossing lies inside the axis. Two executors: the question is loop or threads. 48 tasks are three waves.
      params: { waitMs: 10, cpuMs: [0.1, 0.5, 2] },
      tasks: 48,
      inFlight: 16,
      executors: ['limited', 'queue'],
      baseline: 'limited',
      // Of each of the three: 4 s do for the short tasks, the long ones need all of it.
      budgetMs: 10_000,
    },
  ],
});
