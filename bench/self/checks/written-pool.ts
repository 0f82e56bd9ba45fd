import { iterationsFor } from '../../../src/workloads/kernel.js';
import { chooseOnly } from '../choose.js';
import type { Bench, Check } from '../support/check.js';
import { startContestant } from '../support/contestant.js';
import { perSecond } from '../support/measured.js';
import { interleave, medianRatio, type Pair } from '../support/pairs.js';
import { type Script, startScript } from '../support/script.js';
import { warmUp } from '../support/warm.js';

const THREADS = 2;
const IN_FLIGHT = 32;
const COMPUTING = { tasks: 3_000, taskMs: 0.2 };
const TINY_TASKS = 20_000;
const LIBRARIES = ['piscina', 'tinypool', 'poolifier', 'workerpool'];

/** Of tasks that have arguments, which the executor's shared claims cannot hand out. */
export const writtenPool: Check = {
  name: 'written-pool',
  summary:
    'the module of tune --write: against the queue executor, and against pools on tasks of an argument each',
  async run(bench) {
    await againstQueue(bench);
    for (const library of chooseOnly(LIBRARIES, bench.only)) await againstLibrary(bench, library);
  },
};

function startPool(library: string, result: string, iterations = 0): Promise<Script> {
  const inFlightPerWorker = IN_FLIGHT / THREADS;
  const shape = { threads: THREADS, inFlightPerWorker, result, iterations, measures: 'speed' };
  return startScript('baselines/bare-pools', { library, ...shape });
}

async function againstQueue({ launcher, quick, report }: Bench): Promise<void> {
  const { taskMs } = COMPUTING;
  const tasks = quick ? COMPUTING.tasks / 10 : COMPUTING.tasks;
  const cpuIterationsPerMs = await launcher.calibrate();
  const asked = { workload: 'cpu', params: { cpuMs: taskMs }, executor: 'queue', tasks };
  await using queue = await startContestant(
    launcher,
    { ...asked, threads: THREADS, inFlight: IN_FLIGHT },
    { cpuIterationsPerMs },
  );
  await using written = await startPool('written', 'computed', iterationsFor(taskMs, cpuIterationsPerMs));
  const runWritten = () => written.trial(tasks);
  await warmUp(5, () => queue.trial(), runWritten);
  const pairs = await interleave(quick ? 5 : 41, runWritten, () => queue.trial());
  const rates = pairs.map(
    ([own, other]): Pair<number, number> => [perSecond(tasks, own), perSecond(tasks, other)],
  );
  report({
    measured: `pool.mjs, tasks of ${taskMs} ms a second`,
    baseline: 'the queue executor',
    value: medianRatio(rates),
    unit: '×',
    bound: { atLeast: 0.9 },
    note: 'a message for each batch of arguments, where the executor claims indexes in shared memory',
  });
}

async function againstLibrary({ quick, report }: Bench, library: string): Promise<void> {
  await using written = await startPool('written', 'number');
  await using other = await startPool(library, 'number');
  const tasks = quick ? TINY_TASKS / 10 : TINY_TASKS;
  const [runWritten, runOther] = [written, other].map(script => () => script.trial(tasks));
  await warmUp(5, runWritten!, runOther!);
  const pairs = await interleave(quick ? 5 : 21, runWritten!, runOther!);
  const rates = pairs.map(
    ([own, theirs]): Pair<number, number> => [perSecond(tasks, own), perSecond(tasks, theirs)],
  );
  report({
    measured: 'pool.mjs, tasks of an argument a second',
    baseline: library,
    value: medianRatio(rates),
    unit: '×',
    bound: { atLeast: 1 },
    note: `${THREADS} threads, ${IN_FLIGHT} in flight`,
  });
}
