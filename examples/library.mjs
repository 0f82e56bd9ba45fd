/**
 * The library instead of the command: `node examples/library.mjs [seconds]`.
 *
 * Measures one scenario, follows it fork by fork, prints the report, and uses its numbers: which executor to choose for
 * this work. (Who needs no events writes `const events = measure({ … })`.)
 */
import { measure, render } from 'threads-vs-loop';

const budgetMs = Number(process.argv[2] ?? 10) * 1000;
const events = measure({
  scenarios: [
    {
      name: 'requests',
      workload: 'http',
      params: { path: '/todos/{index}', waitMs: 5 },
      tasks: 64,
      inFlight: 16,
      executors: ['limited', 'queue'],
      baseline: 'limited',
      budgetMs,
    },
  ],
  seed: 7,
});

let report;
for await (const event of events) {
  if (event.type === 'fork') console.log(`fork ${event.fork} after ${(event.elapsedMs / 1000).toFixed(1)} s`);
  if (event.type === 'done') report = event.report;
}
process.stdout.write(render(report));

const [scenario] = report.scenarios;
const [queue] = scenario.comparisons;
console.log(`queue ÷ limited: ${queue.ratio?.toFixed(2)} (${queue.verdict}), ${scenario.validity}`);
