import { expect, it } from 'vitest';
import { looksOf } from '../../src/report/html/looks.js';
import { CANCELLED, COMPLETED, FAILED } from '../../src/tasks/recorder.js';
import { raceResultOf } from '../../src/ui/server/race-result.js';
import {
  machineBusy,
  makeExecutor,
  makeLostTrial,
  makeReport,
  makeScenario,
} from '../support/report-fixture.js';
import { recordedTrace } from '../support/task-tables.js';

const asked = { preset: 'waiting', plan: { preset: 'waiting' }, command: 'run waiting' };
const looks = looksOf(['limited', 'queue']);
const row = (startedMs: number, outcome = COMPLETED) => ({ startedMs, ranMs: 10, outcome });

/** Two that ran, one whose host died, one that was too slow. */
const race = () =>
  raceResultOf(
    makeReport({
      scenarios: [
        makeScenario({
          name: 'waiting',
          kind: 'wait',
          alone: {
            tasks: 20,
            serviceMs: 10.5,
            cpuMs: 0.4,
            parts: { computesMs: 0.3, blocksMs: 0.1, offThreadMs: 0.1, childrenMs: 0, waitsMs: 10 },
          },
          findings: [
            { code: 'left-out', severity: 'note', subjects: ['sequential'], values: { trialMs: 60_000 } },
            machineBusy(0.4),
          ],
          executors: [
            makeExecutor({
              name: 'limited',
              trace: recordedTrace([row(0), row(0), row(10), row(10, FAILED)]),
            }),
            makeExecutor({
              name: 'queue',
              trace: recordedTrace([row(0), row(0), row(0), row(0)]),
              loop: { utilization: 0.1, bystanderWaitMs: 0.25, p50Ms: 0, p99Ms: 1, maxMs: 2 },
              ideal: { perSecond: 500, limitedBy: 'waiting', uvThreads: null, share: 0.8 },
            }),
            makeExecutor({
              name: 'piscina',
              trace: null,
              lostTrials: 1,
              trials: [makeLostTrial('out of memory')],
            }),
            makeExecutor({ name: 'sequential', trace: null, trials: [] }),
          ],
        }),
      ],
    }),
    asked,
    looks,
  );

it('has the fastest first, by what their trials that are drawn did', () => {
  const { entrants } = race();
  expect(
    entrants.map(({ label, name, tasksPerSecond, ratio }) => ({ label, name, tasksPerSecond, ratio })),
  ).toEqual([
    { label: 'queue ×2', name: 'queue', tasksPerSecond: 400, ratio: 400 / 150 },
    // Who fails is not faster.
    { label: 'limited', name: 'limited', tasksPerSecond: 150, ratio: 1 },
  ]);
  expect(entrants[0]).toMatchObject({
    threads: 2,
    family: 'threads',
    tone: looks('queue').className,
    wallMs: 10,
    tasks: 4,
    idealPerSecond: 500,
    limitedBy: 'waiting',
    bystanderMs: 0.25,
  });
  expect(entrants[0]!.packed).toMatch(/^[\w+/]+=*$/);
  expect(entrants[0]).not.toHaveProperty('id');
});

it('says of the others why they are not there', () => {
  expect(race().lost).toEqual([
    { label: 'piscina ×2', why: 'out of memory' },
    { label: 'sequential', why: expect.stringContaining('longer than the budget') },
  ]);
});

it('says why in whole sentences, what a task is, and that one trial is no measurement', () => {
  const { why, task, caveat, ...others } = race();
  expect(why.length).toBeGreaterThan(0);
  for (const sentence of why) expect(sentence).toMatch(/^[A-Z`].*\.$/);
  expect(task).toEqual({ waitsMs: 10, computesMs: 0.4, blocksMs: 0.1 });
  expect(caveat).toMatch(/^One trial of each is no measurement: .*Machine busy: .*\.$/);
  expect(others).toMatchObject(asked);
});

it('of a task whose parts the system does not tell, waiting is what its CPU time leaves', () => {
  const alone = { tasks: 20, serviceMs: 10, cpuMs: 4, parts: null };
  const { task } = raceResultOf(makeReport({ scenarios: [makeScenario({ alone })] }), asked, looks);
  expect(task).toEqual({ waitsMs: 6, computesMs: 4, blocksMs: 0 });
});

it('a race that was stopped before anything shows nobody', () => {
  const result = raceResultOf(makeReport({ scenarios: [] }), asked, looks);
  expect(result).toMatchObject({ entrants: [], lost: [], why: [], task: null });
});

it('what was cancelled is not done either', () => {
  const trace = recordedTrace([row(0), row(0, CANCELLED)]);
  const scenarios = [makeScenario({ executors: [makeExecutor({ name: 'limited', trace })] })];
  expect(raceResultOf(makeReport({ scenarios }), asked, looks).entrants[0]!.tasksPerSecond).toBe(100);
});
