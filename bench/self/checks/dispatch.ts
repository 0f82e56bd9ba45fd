import type { Bench, Check } from '../support/check.js';
import { type Contestant, startContestant } from '../support/contestant.js';
import { formatRate } from '../support/format.js';
import { type Measured, perSecond } from '../support/measured.js';
import { interleave, medianOf, medianRatio, type Pair } from '../support/pairs.js';
import { startScript } from '../support/script.js';
import { warmUp } from '../support/warm.js';

const THREADS = 2;
const IN_FLIGHT = 32;
const QUEUE_TASKS = 200_000;
const PISCINA_TASKS = 20_000;

const SETTINGS = (['sync', 'async', 'disabled'] as const).flatMap(atomics =>
  [false, true].map(stricterFIFO => ({ atomics, stricterFIFO })),
);

type PiscinaSetting = (typeof SETTINGS)[number];

const describe = ({ atomics, stricterFIFO }: PiscinaSetting) =>
  `piscina (atomics ${atomics}, ${stricterFIFO ? 'stricter' : 'default'} FIFO)`;

const startPiscina = (setting: PiscinaSetting) =>
  startScript('baselines/piscina', { ...setting, threads: THREADS, inFlightPerWorker: IN_FLIGHT / THREADS });

export const dispatch: Check = {
  name: 'dispatch',
  summary: 'what handing out a no-op task costs: queue against piscina and a bare postMessage loop',
  async run(bench) {
    await using queue = await startContestant(bench.launcher, {
      workload: 'noop',
      executor: 'queue',
      tasks: QUEUE_TASKS,
      threads: THREADS,
      inFlight: IN_FLIGHT,
    });
    await againstPiscina(bench, queue);
    await againstPostMessage(bench, queue);
  },
};

async function againstPiscina(bench: Bench, queue: Contestant): Promise<void> {
  const setting = await fastestSetting(bench.quick);
  await using piscina = await startPiscina(setting);
  const runPiscina = () => piscina.trial(PISCINA_TASKS);
  await warmUp(3, () => queue.trial(), runPiscina);
  const pairs = await interleave(bench.quick ? 3 : 11, () => queue.trial(), runPiscina);
  bench.report({
    measured: 'queue, no-op tasks a second',
    baseline: describe(setting),
    ...rateRatio(pairs, PISCINA_TASKS),
    unit: '×',
    bound: { atLeast: 15 },
  });
}

/** The setting in which piscina is at its best here. */
async function fastestSetting(quick: boolean): Promise<PiscinaSetting> {
  let fastest = SETTINGS[0]!;
  let best = 0;
  for (const setting of SETTINGS) {
    await using piscina = await startPiscina(setting);
    const trial = () => piscina.trial(PISCINA_TASKS);
    await warmUp(2, trial);
    const trials: Measured[] = [];
    for (let n = 0; n < (quick ? 1 : 3); n++) trials.push(await trial());
    const rate = medianOf(trials, one => perSecond(PISCINA_TASKS, one));
    if (rate <= best) continue;
    best = rate;
    fastest = setting;
  }
  return fastest;
}

async function againstPostMessage(bench: Bench, queue: Contestant): Promise<void> {
  await using loop = await startScript('baselines/post-message', { threads: THREADS });
  const runLoop = () => loop.trial(QUEUE_TASKS);
  await warmUp(5, () => queue.trial(), runLoop);
  const pairs = await interleave(bench.quick ? 5 : 21, () => queue.trial(), runLoop);
  bench.report({
    measured: 'queue, no-op tasks a second',
    baseline: 'a bare postMessage loop, 2 × 64 in its window',
    ...rateRatio(pairs, QUEUE_TASKS),
    unit: '×',
    bound: { atLeast: 0.8 },
  });
}

function rateRatio(
  pairs: readonly Pair<Measured, Measured>[],
  baselineTasks: number,
): { value: number; note: string } {
  const rates = pairs.map(([a, b]) => [perSecond(QUEUE_TASKS, a), perSecond(baselineTasks, b)] as const);
  const ours = formatRate(medianOf(rates, ([rate]) => rate));
  const theirs = formatRate(medianOf(rates, ([, rate]) => rate));
  return { value: medianRatio(rates), note: `${ours} and ${theirs}` };
}
