import type { Bench, Check } from '../support/check.js';
import { interleave, medianOf } from '../support/pairs.js';
import { startScript } from '../support/script.js';

const IN_FLIGHT = 64;
const TASKS = 10_000;

export const bookkeeping: Check = {
  name: 'bookkeeping',
  summary:
    'what stamps, outcomes, time-outs and sinks cost a task: limited and promise-all against bare loops',
  async run(bench) {
    await compare(bench, 'limited', 'lanes', 0.25);
    await compare(bench, 'promise-all', 'all', 0.5);
  },
};

async function compare(
  { quick, report }: Bench,
  executor: string,
  shape: string,
  atMostUs: number,
): Promise<void> {
  const differencesUs: number[] = [];
  const oursUs: number[] = [];
  // How V8 lays out and optimises the code varies from process to process: several of each.
  for (let fork = 0; fork < (quick ? 1 : 5); fork++) {
    await using ours = await startScript('support/executor-loop', { executor, inFlight: IN_FLIGHT });
    await using bare = await startScript('baselines/bare-loop', { shape, inFlight: IN_FLIGHT });
    const perTask = async (side: typeof ours) => ((await side.trial(TASKS)).wallMs / TASKS) * 1000;
    const pairs = await interleave(
      4,
      () => perTask(ours),
      () => perTask(bare),
    );
    for (const [ourUs, bareUs] of pairs) {
      oursUs.push(ourUs);
      differencesUs.push(ourUs - bareUs);
    }
  }
  report({
    measured: `${executor}, bookkeeping of ${TASKS.toLocaleString('en-US')} no-op tasks, each`,
    baseline: shape === 'lanes' ? '64 bare lanes' : 'a bare Promise.all',
    value: medianOf(differencesUs, us => us),
    unit: 'µs',
    bound: { atMost: atMostUs },
    note: `${medianOf(oursUs, us => us).toFixed(3)} µs in all`,
  });
}
