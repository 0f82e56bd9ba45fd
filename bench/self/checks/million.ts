import type { TrialFigures } from '../../../src/schema/index.js';
import type { Bench, Check } from '../support/check.js';
import { startContestant } from '../support/contestant.js';
import { medianOf } from '../support/pairs.js';
import { warmUp } from '../support/warm.js';

const FEW = 10_000;
const MEGABYTE = 1_000_000;

export const million: Check = {
  name: 'million',
  summary: '1,000,000 timers of 0 ms through limited and queue, all results kept: peak memory, CPU per task',
  async run(bench) {
    for (const executor of ['limited', 'queue']) await measure(bench, executor);
  },
};

async function measure({ launcher, quick, report }: Bench, executor: string): Promise<void> {
  const many = quick ? 100_000 : 1_000_000;
  const spec = { workload: 'timer', executor, threads: 2, inFlight: 64, params: { waitMs: 0 } };
  await using few = await startContestant(launcher, { ...spec, tasks: FEW });
  await using all = await startContestant(launcher, { ...spec, tasks: many });
  // The warm 10,000 before and after, so that drift over the long trial shows on both sides.
  const warm: TrialFigures[] = [];
  const runFew = async () => {
    for (let n = 0; n < 10; n++) warm.push(await few.trial());
  };
  await warmUp(10, () => few.trial());
  await runFew();
  const { peakRssBytes, cpuMsPerTask, wallMs } = await all.trial();
  await runFew();
  const tasks = many.toLocaleString('en-US');
  const manyUs = cpuMsPerTask! * 1000;
  const fewUs = medianOf(warm, trial => trial.cpuMsPerTask! * 1000);
  report({
    measured: `${executor}, peak memory of ${tasks} tasks`,
    baseline: '',
    value: peakRssBytes / MEGABYTE,
    unit: 'MB',
    bound: { atMost: 220 },
    note: `${(wallMs / 1000).toFixed(1)} s`,
  });
  report({
    measured: `${executor}, CPU per task of ${tasks}`,
    baseline: 'a warm 10,000',
    value: manyUs / fewUs,
    unit: '×',
    bound: { atMost: 1.3 },
    note: `${manyUs.toFixed(2)} and ${fewUs.toFixed(2)} µs`,
  });
}
