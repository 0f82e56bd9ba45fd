import { expect, it } from 'vitest';
import { makePlan } from '../../src/plan/plan.js';
import { looksOf } from '../../src/report/html/looks.js';
import type { UiMessage, UiRequest } from '../../src/ui/protocol.js';
import { MessageLog } from '../../src/ui/server/message-log.js';
import { RunDesk } from '../../src/ui/server/runs.js';
import { makeMeasuredTrial, makeReport, waitingScenario } from '../support/report-fixture.js';
import { FakeClock } from '../support/scripted-launcher.js';

const REQUEST: UiRequest = { kind: 'measure', plan: { preset: 'waiting' } };
const TRIALS = 200;
const TRIAL_MS = 50;

/** Ten seconds of short trials: what is told of them, and how long the run was made to wait. */
async function told({ isQuiet, isWatched }: { readonly isQuiet: boolean; readonly isWatched: boolean }) {
  const [clock, log, messages] = [new FakeClock(), new MessageLog(), [] as UiMessage[]];
  const { scenario } = waitingScenario();
  if (isWatched) log.listen(message => messages.push(message));
  let waitedMs = 0;
  const desk = new RunDesk({
    log,
    clock,
    isQuiet,
    looks: looksOf([]),
    sections: {},
    plan: async () => ({ plan: await makePlan({ targets: ['waiting'] }), args: [] }),
    pause: async ms => {
      waitedMs += ms;
    },
    runner: {
      race: () => Promise.reject(new Error('nobody races')),
      async measure(_plan, { follow }) {
        for (let round = 1; round <= TRIALS; round++) {
          clock.advance(TRIAL_MS);
          const trial = makeMeasuredTrial({ round });
          await follow({
            type: 'trial',
            scenario,
            fork: 1,
            ofForks: 5,
            ofRounds: TRIALS,
            executor: 'queue',
            trial,
          });
        }
        return { report: makeReport(), saved: null, faults: [] };
      },
      estimate: () => ({ follow: () => {}, leftMs: () => null }),
      commandOf: () => '',
    },
  });
  await desk.start(REQUEST);
  while (desk.isRunning) await new Promise(setImmediate);
  return { updates: messages.filter(({ type }) => type === 'progress').length, waitedMs };
}

it('tells at most four times a second where there are cores enough, and holds no trial up', async () => {
  const { updates, waitedMs } = await told({ isQuiet: false, isWatched: true });
  expect(updates).toBeLessThanOrEqual(41);
  expect(updates).toBeGreaterThan(30);
  expect(waitedMs).toBe(0);
});

it('on few cores once a second, and the next trial waits until that is drawn', async () => {
  const { updates, waitedMs } = await told({ isQuiet: true, isWatched: true });
  expect(updates).toBeLessThanOrEqual(11);
  expect(updates).toBeGreaterThan(7);
  expect(waitedMs).toBe(100 * updates);
  // Nobody draws: nobody is waited for.
  expect(await told({ isQuiet: true, isWatched: false })).toMatchObject({ waitedMs: 0 });
});
