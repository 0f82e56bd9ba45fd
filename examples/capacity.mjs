/**
 * How many requests a second can a service take before its slowest hundredth is slower than 60 ms, on one loop and with
 * threads? `node examples/capacity.mjs [seconds a trial]`.
 *
 * The same as
 *
 *     threads-vs-loop run mixed --param waitMs=20 --load rate=100,200,400/s --slo "p99<60ms" --executors limited,queue
 */
import { run } from 'threads-vs-loop';

const durationMs = Number(process.argv[2] ?? 1) * 1000;
const report = await run({
  targets: ['mixed'],
  params: { waitMs: 20, cpuMs: 2 },
  executors: ['limited', 'queue'],
  load: 'rate=100,200,400/s',
  durationMs,
  slo: 'p99<60ms, failed<1%',
  seed: 7,
  // With a number of forks the example is short; leave it out and the budget and the precision decide.
  ...(process.argv[2] === undefined ? {} : { forks: 1, rounds: 1 }),
});

for (const { scenario, executors } of report.scenarios.filter(({ purpose }) => purpose === 'comparison')) {
  for (const { variant, latencyMs, arrivals } of executors) {
    const p90 = arrivals.overloaded ? 'overloaded' : `p90 ${latencyMs.p90.toFixed(1)} ms`;
    console.log(`${scenario.axis.value}/s  ${variant.id.padEnd(8)} ${p90}`);
  }
}
for (const { executor, perSecond, confirmed } of report.capacities)
  console.log(
    `${executor}: ${perSecond === null ? 'not shown at any of these rates' : `${perSecond}/s`}, confirmed: ${confirmed}`,
  );
