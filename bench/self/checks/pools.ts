import { fileURLToPath } from 'node:url';
import { meanOf, standardErrorOf } from '../../../src/stats/comparison.js';
import { tQuantile } from '../../../src/stats/student-t.js';
import type { ResultKind } from '../baselines/pool-task.js';
import { chooseOnly } from '../choose.js';
import type { Bench, Check } from '../support/check.js';
import { startContestant } from '../support/contestant.js';
import { type Measured, perSecond } from '../support/measured.js';
import { interleave, medianOf, medianRatio, type Pair } from '../support/pairs.js';
import { startScript } from '../support/script.js';
import { warmUp } from '../support/warm.js';

const LIBRARIES = ['piscina', 'tinypool', 'workerpool', 'poolifier', 'processes'] as const;
type Library = (typeof LIBRARIES)[number];

const THREADS = 2;
const IN_FLIGHT_PER_WORKER = 8;
const MEMORY_TASKS = 200_000;
/** By which memory is told to grow: a tenth of the tasks have gone by when it is first looked at. */
const GROWN_OVER = 0.9;

interface Result {
  readonly kind: ResultKind;
  readonly says: string;
  /** Of a trial: enough for what surrounds a trial, a few ms, not to be seen. */
  readonly tasks: number;
}

const RESULTS: readonly Result[] = [
  { kind: 'number', says: 'a number', tasks: 20_000 },
  { kind: 'json', says: '1 kB of JSON', tasks: 20_000 },
  { kind: 'objects', says: '3,000 fresh objects', tasks: 300 },
];

/** Of workerpool a worker takes one task at a time. */
const perWorkerOf = (library: Library) => (library === 'workerpool' ? 1 : IN_FLIGHT_PER_WORKER);

export const pools: Check = {
  name: 'pools',
  summary: 'executors of other libraries against bare scripts with the same library, settings and tasks',
  async run(bench) {
    for (const library of chooseOnly(LIBRARIES, bench.only)) {
      for (const result of RESULTS) await speed(bench, library, result);
      await memory(bench, library);
    }
  },
};

/** Fresh processes of both sides: two of one program differ by several per cent for as long as they live. */
const FORKS = 5;
/** Where five do not tell on which side of its bound a figure is. */
const MOST_FORKS = 12;
const WARM_UP_TRIALS = 5;
const PAIRS = 5;
const THROUGHPUT_BOUND = { atLeast: 0.95 };
const CPU_BOUND = { atMost: 1.05 };

type Pairs = readonly Pair<Measured, Measured>[];
type Ratio = (pair: Pair<Measured, Measured>) => Pair<number, number>;

/** Whether the 95 % interval over forks, of the mean log ratio by Student's t, holds the bound. */
function holdsBound(forks: readonly Pairs[], ratio: Ratio, bound: number): boolean {
  const logs = forks.map(pairs => Math.log(medianRatio(pairs.map(ratio))));
  const halfWidth = tQuantile(0.975, logs.length - 1) * standardErrorOf(logs);
  return Math.abs(meanOf(logs) - Math.log(bound)) <= halfWidth;
}

async function speed(bench: Bench, library: Library, result: Result): Promise<void> {
  const { quick, report } = bench;
  const { kind, says } = result;
  const tasks = quick ? result.tasks / 10 : result.tasks;
  const throughput: Ratio = ([a, b]) => [perSecond(tasks, a), perSecond(tasks, b)];
  const cpu: Ratio = ([a, b]) => [a.cpuMs, b.cpuMs];
  const forks: Pairs[] = [];
  const isUndecided = () =>
    holdsBound(forks, throughput, THROUGHPUT_BOUND.atLeast) || holdsBound(forks, cpu, CPU_BOUND.atMost);
  while (forks.length < (quick ? 1 : FORKS) || (!quick && forks.length < MOST_FORKS && isUndecided()))
    forks.push(await pairsOf(bench, library, { kind, tasks }));
  const ratio = (of: Ratio) => medianOf(forks, pairs => medianRatio(pairs.map(of)));
  const baseline = `a bare ${library} script`;
  const perTask = (of: (one: Measured) => number, side: 0 | 1) =>
    ((medianOf(forks.flat(), pair => of(pair[side])) / tasks) * 1000).toFixed(1);
  const both = (of: (one: Measured) => number) =>
    `${perTask(of, 0)} and ${perTask(of, 1)} µs a task, ${forks.length} pairs of processes`;
  report({
    measured: `${library}, ${says}: tasks a second`,
    baseline,
    value: ratio(throughput),
    unit: '×',
    bound: THROUGHPUT_BOUND,
    note: both(({ wallMs }) => wallMs),
  });
  report({
    measured: `${library}, ${says}: CPU a task`,
    baseline,
    value: ratio(cpu),
    unit: '×',
    bound: CPU_BOUND,
    note: both(({ cpuMs }) => cpuMs),
  });
}

/** Of one process each. */
async function pairsOf(
  { launcher }: Bench,
  library: Library,
  { kind, tasks }: Pick<Result, 'kind' | 'tasks'>,
): Promise<readonly Pair<Measured, Measured>[]> {
  const inFlightPerWorker = perWorkerOf(library);
  await using ours = await startContestant(launcher, {
    workload: fileURLToPath(new URL('../baselines/pool-workload.js', import.meta.url)),
    executor: library,
    tasks,
    threads: THREADS,
    inFlight: THREADS * inFlightPerWorker,
    params: { result: kind },
  });
  await using bare = await startScript('baselines/bare-pools', {
    library,
    threads: THREADS,
    inFlightPerWorker,
    result: kind,
    measures: 'speed',
  });
  const runBare = () => bare.trial(tasks);
  await warmUp(WARM_UP_TRIALS, () => ours.trial(), runBare);
  return await interleave(PAIRS, () => ours.trial(), runBare);
}

async function memory({ quick, report }: Bench, library: Library): Promise<void> {
  const tasks = quick ? MEMORY_TASKS / 10 : MEMORY_TASKS;
  const config = {
    library,
    threads: THREADS,
    inFlightPerWorker: perWorkerOf(library),
    result: 'number',
    measures: 'memory',
  };
  const grown = async (script: string) => {
    await using side = await startScript(script, config);
    return (await side.trial(tasks)).grownBytes! / (GROWN_OVER * tasks);
  };
  const [ours, theirs] = [await grown('support/pool-memory'), await grown('baselines/bare-pools')];
  report({
    measured: `${library}: memory that grows with tasks, bytes each`,
    baseline: `a bare ${library} script`,
    value: ours - theirs,
    unit: 'B',
    bound: { atMost: 20 },
    note: `${ours.toFixed(1)} and ${theirs.toFixed(1)} bytes a task over ${tasks.toLocaleString('en-US')}`,
  });
}
