import type { TrialFigures } from '../../../src/schema/index.js';
import { iterationsFor } from '../../../src/workloads/kernel.js';
import type { Check } from '../support/check.js';
import { startContestant } from '../support/contestant.js';
import { type Measured, perSecond } from '../support/measured.js';
import { interleave, medianOf, medianRatio, type Pair } from '../support/pairs.js';
import { startScript } from '../support/script.js';
import { warmUp } from '../support/warm.js';

const THREADS = 2;
const TASKS = 3_000;
const TASK_MS = 0.2;

/** Trials of 0.3 s: of short ones many, since every one of them has the same threads to wake and to wait for. */
export const posting: Check = {
  name: 'posting',
  summary: 'queue on tasks of 0.2 ms against bare threads that post their results at most 1 ms late',
  async run({ launcher, quick, report }) {
    const cpuIterationsPerMs = await launcher.calibrate();
    await using queue = await startContestant(
      launcher,
      {
        workload: 'cpu',
        executor: 'queue',
        tasks: TASKS,
        threads: THREADS,
        inFlight: 32,
        params: { cpuMs: TASK_MS },
      },
      { cpuIterationsPerMs },
    );
    const iterations = iterationsFor(TASK_MS, cpuIterationsPerMs);
    await using bare = await startScript('baselines/posting-threads', { threads: THREADS, iterations });
    const runBare = () => bare.trial(TASKS);
    await warmUp(5, () => queue.trial(), runBare);
    const pairs = await interleave(quick ? 5 : 41, () => queue.trial(), runBare);
    report({
      measured: 'queue, tasks of 0.2 ms a second',
      baseline: 'bare threads that post at most 1 ms late',
      value: medianRatio(ratesOf(pairs)),
      unit: '×',
      bound: { atLeast: 0.97 },
      note: noteOf(pairs),
    });
  },
};

function ratesOf(pairs: readonly Pair<TrialFigures, Measured>[]): Pair<number, number>[] {
  return pairs.map(([ours, theirs]) => [perSecond(TASKS, ours), perSecond(TASKS, theirs)]);
}

function noteOf(pairs: readonly Pair<TrialFigures, Measured>[]): string {
  const cpu = (of: (pair: Pair<TrialFigures, Measured>) => number) =>
    ((medianOf(pairs, of) / TASKS) * 1000).toFixed(0);
  const deliveryMs = medianOf(pairs, ([ours]) => ours.deliveryMs.p50!).toFixed(2);
  return `${cpu(([ours]) => ours.cpuMs)} and ${cpu(([, theirs]) => theirs.cpuMs)} µs CPU a task, delivery p50 ${deliveryMs} ms`;
}
