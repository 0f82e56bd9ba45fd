import type { TrialFigures } from '../../../src/schema/index.js';
import { iterationsFor } from '../../../src/workloads/kernel.js';
import type { Bench, Check } from '../support/check.js';
import { startContestant } from '../support/contestant.js';
import { type Measured, perSecond } from '../support/measured.js';
import { interleave, medianOf, medianRatio, type Pair } from '../support/pairs.js';
import { type Script, startScript } from '../support/script.js';
import { warmUp } from '../support/warm.js';

const THREADS = 2;
const TASKS = 3_000;
const TASK_MS = 0.2;

const IN_FLIGHT = 32;

/** Trials of 0.3 s: of short ones many, since every one of them has the same threads to wake and to wait for. */
export const posting: Check = {
  name: 'posting',
  summary:
    'tasks of 0.2 ms: queue against bare threads that post at most 1 ms late, piscina against itself without us',
  async run(bench) {
    const cpuIterationsPerMs = await bench.launcher.calibrate();
    const iterations = iterationsFor(TASK_MS, cpuIterationsPerMs);
    const sides: readonly Side[] = [
      {
        executor: 'queue',
        baseline: 'bare threads that post at most 1 ms late',
        atLeast: 0.97,
        start: () => startScript('baselines/posting-threads', { threads: THREADS, iterations }),
      },
      {
        // What it loses against the other two is its own: here it has the same on both sides.
        executor: 'piscina',
        baseline: 'a bare piscina script',
        atLeast: 0.95,
        start: () =>
          startScript('baselines/bare-pools', {
            library: 'piscina',
            threads: THREADS,
            inFlightPerWorker: IN_FLIGHT / THREADS,
            result: 'computed',
            iterations,
            measures: 'speed',
          }),
      },
    ];
    for (const side of sides) await compare(bench, side, cpuIterationsPerMs);
  },
};

interface Side {
  readonly executor: string;
  readonly baseline: string;
  readonly atLeast: number;
  start(): Promise<Script>;
}

async function compare({ launcher, quick, report }: Bench, side: Side, cpuIterationsPerMs: number) {
  const { executor, baseline, atLeast } = side;
  const spec = { executor, tasks: TASKS, threads: THREADS, inFlight: IN_FLIGHT };
  await using ours = await startContestant(
    launcher,
    { workload: 'cpu', params: { cpuMs: TASK_MS }, ...spec },
    { cpuIterationsPerMs },
  );
  await using bare = await side.start();
  const runBare = () => bare.trial(TASKS);
  await warmUp(5, () => ours.trial(), runBare);
  const pairs = await interleave(quick ? 5 : 41, () => ours.trial(), runBare);
  report({
    measured: `${executor}, tasks of 0.2 ms a second`,
    baseline,
    value: medianRatio(ratesOf(pairs)),
    unit: '×',
    bound: { atLeast },
    note: noteOf(pairs),
  });
}

function ratesOf(pairs: readonly Pair<TrialFigures, Measured>[]): Pair<number, number>[] {
  return pairs.map(([ours, theirs]) => [perSecond(TASKS, ours), perSecond(TASKS, theirs)]);
}

function noteOf(pairs: readonly Pair<TrialFigures, Measured>[]): string {
  const cpu = (of: (pair: Pair<TrialFigures, Measured>) => number) =>
    ((medianOf(pairs, of) / TASKS) * 1000).toFixed(0);
  const deliveryMs = medianOf(pairs, ([ours]) => ours.deliveryMs.p50!).toFixed(2);
  const wall = (of: (pair: Pair<TrialFigures, Measured>) => number) =>
    ((medianOf(pairs, of) / TASKS) * 1000).toFixed(0);
  const walls = `${wall(([ours]) => ours.wallMs)} and ${wall(([, theirs]) => theirs.wallMs)} µs a task`;
  return `${walls}, ${cpu(([ours]) => ours.cpuMs)} and ${cpu(([, theirs]) => theirs.cpuMs)} µs CPU a task, delivery p50 ${deliveryMs} ms`;
}
