import { defineSuite } from '../../src/settings/suite.js';

/**
 * The story in three scenarios of 20 to 40 s each: waiting belongs to the loop, computing to threads, and in between it
 * depends on how much a task computes.
 */
export default defineSuite({
  name: 'default',
  summary: 'waiting, computing and both, by every way to start tasks; about a minute',
  scenarios: [
    {
      name: 'waiting',
      title: 'WAITING',
      summary: '64 GETs of 10 ms, 16 in flight: what does not wait alone wins',
      workload: 'http',
      // 64 is four full waves of 16, so that nobody's last wave is half empty. Waits are short because `sequential` takes
      // tasks × waitMs, 0.7 s here, twice in every fork; and long beside the 0.15 ms that a request computes: a loop
      // could compute five times what 16 in flight ask of it, so code that is not at its speed yet changes little.
      params: { waitMs: 10 },
      tasks: 64,
      inFlight: 16,
      executors: ['sequential', 'promise-all', 'limited', 'batched', 'queue', 'piscina'],
      // Batches as large as the limit of the others: what it loses is the wait for the slowest of a batch.
      options: { batchSize: 16 },
      warmup: '300ms',
      budgetMs: 32_000,
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
      // The kernel is at its speed after 0.17 s of CPU time in an isolate, as a pilot finds: no need to find it each time.
      warmup: '300ms',
      budgetMs: 22_000,
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
      // A pilot finds 60 to 500 tasks, 0.1 to 0.2 s of CPU time in an isolate; it would take a third of the minute.
      warmup: '400ms',
      // Of each of the three.
      budgetMs: 12_000,
    },
  ],
});
