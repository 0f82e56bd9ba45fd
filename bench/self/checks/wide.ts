import type { Check } from '../support/check.js';
import { type ContestantSpec, startContestant, startOrigin } from '../support/contestant.js';
import { originSettings } from '../support/origin-settings.js';
import { interleave, medianOf, medianRatio } from '../support/pairs.js';
import { startScript } from '../support/script.js';
import { warmUp } from '../support/warm.js';

const REQUESTS = 499;
const WAIT_MS = 254;

const wideSpec = (workload: string): ContestantSpec => ({
  workload,
  executor: 'promise-all',
  tasks: REQUESTS,
  inFlight: REQUESTS,
  params: { waitMs: WAIT_MS },
});

export const wide: Check = {
  name: 'wide',
  summary:
    '499 requests of 254 ms at once by promise-all: wall against a bare undici script and the wait itself',
  async run({ launcher, quick, report }) {
    await using origin = await startOrigin(launcher, originSettings(WAIT_MS));
    await using ours = await startContestant(launcher, wideSpec('http'), { origin });
    await using bare = await startScript('baselines/undici', {
      url: origin.url,
      connections: REQUESTS,
      shape: 'all',
    });
    const runBare = () => bare.trial(REQUESTS);
    const cold = [(await ours.trial()).wallMs, (await runBare()).wallMs] as const;
    await warmUp(quick ? 2 : 5, () => ours.trial(), runBare);
    const trials = await interleave(quick ? 5 : 21, () => ours.trial(), runBare);
    const walls = trials.map(([a, b]) => [a.wallMs, b.wallMs] as const);
    const inWaits = (wallMs: number) => (wallMs / WAIT_MS).toFixed(2);
    report({
      measured: 'promise-all, wall of 499 requests, warm',
      baseline: 'a bare undici script',
      value: medianRatio(walls),
      unit: '×',
      bound: { atMost: 1.05 },
      note: `cold ${inWaits(cold[0])} and ${inWaits(cold[1])} × 254 ms`,
    });
    report({
      measured: 'promise-all, wall of 499 requests, warm',
      baseline: 'their wait, 254 ms',
      value: medianOf(walls, ([wallMs]) => wallMs / WAIT_MS),
      unit: '×',
      bound: { atMost: 1.2 },
      note: `bare undici ${inWaits(medianOf(walls, ([, wallMs]) => wallMs))}, timers alone ${inWaits(await timersAlone())}`,
    });

    async function timersAlone(): Promise<number> {
      await using timers = await startContestant(launcher, wideSpec('timer'));
      await warmUp(2, () => timers.trial());
      const wallsMs: number[] = [];
      for (let n = 0; n < 5; n++) wallsMs.push((await timers.trial()).wallMs);
      return medianOf(wallsMs, wallMs => wallMs);
    }
  },
};
