/**
 * The library instead of the command: `node examples/library.mjs [seconds]`.
 *
 * Measures one scenario, prints the report, and uses its numbers: which executor to choose for this work.
 */
import { render, run } from 'threads-vs-loop';

const budgetMs = Number(process.argv[2] ?? 10) * 1000;
const report = await run({
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
process.stdout.write(render(report));

const [scenario] = report.scenarios;
const [queue] = scenario.comparisons;
console.log(`queue ÷ limited: ${queue.ratio?.toFixed(2)} (${queue.verdict}), ${scenario.validity}`);
