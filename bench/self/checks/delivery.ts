import type { TrialFigures } from '../../../src/schema/index.js';
import type { Bench, Check } from '../support/check.js';
import { startContestant } from '../support/contestant.js';
import { medianOf } from '../support/pairs.js';
import { warmUp } from '../support/warm.js';

const THREADS = 2;

export const delivery: Check = {
  name: 'delivery',
  summary: 'how long a finished result of queue waits for company: a lone 10 ms task, 2 ms computing tasks',
  async run(bench) {
    await loneTask(bench);
    await computingTasks(bench);
  },
};

async function loneTask({ launcher, quick, report }: Bench): Promise<void> {
  await using queue = await startContestant(launcher, {
    workload: 'timer',
    executor: 'queue',
    tasks: 1,
    threads: THREADS,
    inFlight: THREADS,
    params: { waitMs: 10 },
  });
  await warmUp(5, () => queue.trial());
  const delaysMs: number[] = [];
  for (let n = 0; n < (quick ? 11 : 51); n++) delaysMs.push((await queue.trial()).deliveryMs.max!);
  report({
    measured: 'queue, delivery of a lone 10 ms task',
    baseline: 'its finish',
    value: medianOf(delaysMs, delayMs => delayMs),
    unit: 'ms',
    bound: { atMost: 1 },
    note: `${delaysMs.length} trials, the slowest ${Math.max(...delaysMs).toFixed(2)} ms`,
  });
}

/** Against the finish of the task itself: held back until the next one ends would be 2 ms. */
async function computingTasks({ launcher, quick, report }: Bench): Promise<void> {
  const tasks = 200;
  const cpuIterationsPerMs = await launcher.calibrate();
  await using queue = await startContestant(
    launcher,
    { workload: 'cpu', executor: 'queue', tasks, threads: THREADS, inFlight: 32, params: { cpuMs: 2 } },
    { cpuIterationsPerMs },
  );
  await warmUp(2, () => queue.trial());
  const trials: TrialFigures[] = [];
  for (let n = 0; n < (quick ? 3 : 11); n++) trials.push(await queue.trial());
  const p90Ms = medianOf(trials, ({ deliveryMs }) => deliveryMs.p90!).toFixed(2);
  const serviceMs = medianOf(trials, ({ serviceMs }) => serviceMs.p50!).toFixed(2);
  report({
    measured: 'queue, delivery of 2 ms computing tasks, p50',
    baseline: 'the finish of each',
    value: medianOf(trials, ({ deliveryMs }) => deliveryMs.p50!),
    unit: 'ms',
    bound: { atMost: 1 },
    note: `p90 ${p90Ms} ms, service p50 ${serviceMs} ms`,
  });
}
