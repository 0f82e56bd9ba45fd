import { expect, test } from 'vitest';
import { createProgress, type Progress } from '../../src/cli/progress.js';
import { TimeLeft } from '../../src/cli/time-left.js';
import type { ForkEvent } from '../../src/measure/events.js';
import { makePlan } from '../../src/plan/plan.js';
import type { Scenario } from '../../src/schema/index.js';
import { catalogue } from '../plan/catalogue.js';
import { makeMeasuredTrial } from '../support/report-fixture.js';

const plan = await makePlan({ targets: ['waiting', 'cpu'] }, { catalogue });
const [scenario, second] = plan.scenarios as [Scenario, Scenario];
const baseline = 'sequential';
const ranking = [
  { id: 'limited', tasksPerSecond: 1120, ratio: 56.1 },
  { id: 'queue', tasksPerSecond: 1109, ratio: 5.456 },
  { id: 'sequential', tasksPerSecond: 20, ratio: 1 },
  { id: 'piscina', tasksPerSecond: null, ratio: null },
];

function watch(isTTY: boolean, columns = 100) {
  const clock = { ms: 0, nowMs: () => clock.ms, date: () => new Date(0) };
  const written: string[] = [];
  const stderr = { isTTY, columns, write: (text: string) => written.push(text) };
  return { clock, written, progress: createProgress(plan, stderr, {}, clock) };
}

const purpose = 'comparison';
const started = (of: Scenario = scenario, number = 1) =>
  ({ type: 'scenario-started', scenario: of, purpose, number, ofScenarios: 2 }) as const;
const planned = (forMs: number) => ({ type: 'scenario-planned', scenario, forMs }) as const;
const forked = (more: Partial<ForkEvent> = {}): ForkEvent => ({
  type: 'fork',
  scenario,
  fork: 1,
  ofForks: 12,
  elapsedMs: 1_234,
  ranking,
  isCold: false,
  baseline,
  ...more,
});

function trial(progress: Progress, round: number) {
  const one = makeMeasuredTrial({ fork: 0, round });
  progress.show({
    type: 'trial',
    scenario,
    fork: 1,
    ofForks: 12,
    ofRounds: 5,
    executor: 'limited',
    trial: one,
  });
}

test('elsewhere than on a terminal it is a line per fork, without control codes', () => {
  const { progress, written } = watch(false);
  progress.show({ type: 'run-started', plan });
  progress.show(started());
  progress.show(planned(30_000));
  trial(progress, 0);
  progress.show(forked());
  progress.show(forked({ fork: 2, elapsedMs: 12_340, ranking: [] }));
  progress.end();
  expect(written).toEqual([
    '2 scenarios, about 40 s, up to 120 s where that is enough to warm the code up\n',
    'WAITING 1/2\n',
    '  up to 90 s left\n',
    '  fork 1 · 1.2 s · up to 90 s left · limited 56×, queue 5.46× sequential\n',
    '  fork 2 · 12 s · up to 90 s left · no comparison yet\n',
  ]);
});

test('on a terminal lines are drawn over, at most ten times a second, and gone at the end', () => {
  const { progress, written, clock } = watch(true);
  progress.show({ type: 'run-started', plan });
  progress.show(started());
  clock.ms = 99;
  trial(progress, 0);
  clock.ms = 100;
  trial(progress, 0);
  clock.ms = 150;
  progress.show(forked({ elapsedMs: 150 }));
  clock.ms = 4000;
  trial(progress, 1);
  progress.end();
  const erase = '\x1b[1A\x1b[2K';
  expect(written).toEqual([
    '2 scenarios, about 40 s, up to 120 s where that is enough to warm the code up\n',
    'WAITING 1/2 · pilot · up to 120 s left\n',
    erase,
    'WAITING 1/2 · fork 1 · cold round · up to 120 s left\n',
    erase,
    'WAITING 1/2 · fork 1 · round 1/5 · up to 116 s left\n' + '  limited 56×, queue 5.46× sequential\n',
    erase + erase,
  ]);
});

test('figures of first trials in fresh processes are called cold', () => {
  const { progress, written } = watch(false);
  progress.show(forked({ isCold: true }));
  expect(written.join('')).toContain('· cold: limited 56×, queue 5.46× sequential');
});

test('another scenario begins at once and without the ranking of the last', () => {
  const { progress, written } = watch(true);
  progress.show(started());
  progress.show(forked({ elapsedMs: 150 }));
  progress.show(started(second, 2));
  expect(written.at(-1)).toBe('CPU 2/2 · pilot · up to 60 s left\n');
});

test('a line never reaches the last column, and names cannot command the terminal', () => {
  const { progress, written } = watch(true, 40);
  progress.show(started({ ...scenario, title: `\x1b[31m${'long '.repeat(20)}` }));
  expect(written).toEqual([`␛[31m${'long '.repeat(7)}`.slice(0, 38).concat('…\n')]);
});

test.each([
  [{ budgetMs: 20_000, mostBudgetMs: 20_000 }, 3, 5000, 15_000],
  [{ budgetMs: 20_000, mostBudgetMs: 20_000 }, 3, 25_000, 0],
  [{ forks: 4 }, 0, 500, null],
  [{ forks: 4 }, 1, 1000, 3000],
  [{ forks: 4 }, 4, 4100, 0],
])('with %j, %i forks done after %i ms, %s ms are left', (more, forksDone, elapsedMs, left) => {
  const clock = { ms: 0, nowMs: () => clock.ms, date: () => new Date(0) };
  const only = { ...scenario, measurement: { ...scenario.measurement, ...more } };
  const time = new TimeLeft({ ...plan, scenarios: [only] }, clock);
  time.follow(started(only));
  time.follow(forked({ fork: forksDone }));
  clock.ms = elapsedMs;
  expect(time.leftMs(only)).toBe(left);
});

test('of forks that were asked for it tells what a task alone says of them, until one is done or that is over', () => {
  const { progress, written, clock } = watch(true);
  const fixed = { ...scenario, measurement: { ...scenario.measurement, forks: 4 } };
  progress.show(started(fixed));
  clock.ms = 500;
  progress.show({ type: 'scenario-planned', scenario: fixed, forMs: 30_000 });
  expect(written.filter(text => text.startsWith('WAITING'))).toEqual([
    'WAITING 1/2 · pilot · time left unknown\n',
    'WAITING 1/2 · fork 1 · up to 90 s left\n',
  ]);
  const time = new TimeLeft({ ...plan, scenarios: [fixed] }, clock);
  time.follow(started(fixed));
  time.follow({ type: 'scenario-planned', scenario: fixed, forMs: 30_000 });
  clock.ms = 20_500;
  expect(time.leftMs(fixed)).toBe(10_000);
  clock.ms = 30_500;
  expect(time.leftMs(fixed)).toBeNull();
  time.follow(forked({ fork: 1 }));
  expect(time.leftMs(fixed)).toBe(90_000);
});

test('what a pilot has found out makes what is left no longer', () => {
  const clock = { ms: 0, nowMs: () => clock.ms, date: () => new Date(0) };
  const time = new TimeLeft(plan, clock);
  time.follow(started());
  expect(time.leftMs(scenario)).toBe(120_000);
  clock.ms = 4_000;
  time.follow(planned(30_000));
  expect(time.leftMs(scenario)).toBe(90_000);
});
