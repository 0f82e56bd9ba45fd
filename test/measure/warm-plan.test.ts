import { describe, expect, it } from 'vitest';
import { settle } from '../../src/analysis/steady.js';
import { THREADS } from '../../src/executors/capabilities.js';
import type { Pilot } from '../../src/measure/pilot.js';
import { pilotMs, planWarmUp } from '../../src/measure/warm-plan.js';
import { aimOf, timeOf } from '../../src/measure/warming.js';
import { makePlan } from '../../src/plan/plan.js';
import {
  type AloneMeasured,
  type ExecutorVariant,
  LONGER_FORK,
  type Scenario,
  type WarmUp,
  type WarmUpBlock,
} from '../../src/schema/index.js';

const ALL = ['sequential', 'promise-all', 'limited', 'batched', 'queue', 'piscina'];

interface Input {
  readonly budgetMs?: number;
  readonly warmup?: string;
  readonly tasks?: number;
  readonly executors?: readonly string[];
}

async function scenarioOf(input: Input = {}) {
  const plan = await makePlan({
    targets: ['noop'],
    executors: ['limited', 'queue'],
    threads: 2,
    tasks: 100,
    ...input,
  });
  return plan.scenarios[0]!;
}

/** A task that computes for this long and does nothing else. */
function computing(cpuMs: number): AloneMeasured {
  return { tasks: 25, serviceMs: cpuMs, cpuMs, computes: true, lengths: null };
}

/** A pilot of 4 s in which a task takes `coldMs` at first and `warmMs` after `changesMs` of CPU time. */
function pilotOf(coldMs: number, warmMs: number, changesMs: number, totalMs = 4_000): Pilot {
  const blocks = Array.from({ length: totalMs / 100 }, (_, at): WarmUpBlock => {
    const taskMs = at * 100 < changesMs ? coldMs : warmMs;
    return { tasks: Math.round(100 / taskMs), cpuMs: 100, wallMs: 100, loopBusyMs: 100 };
  });
  return { blocks, settling: settle(blocks), waits: false };
}

function planOf(scenario: Scenario, alone: AloneMeasured | null, pilot: Pilot | null, elapsedMs = 4_500) {
  return planWarmUp({ scenario, executors: scenario.executors, alone, pilot, cores: 2, elapsedMs });
}

const isWarmed = (scenario: Scenario, pilot: Pilot) =>
  planOf(scenario, computing(1), pilot).warming.kind === 'need';

describe('whether a pilot is run', () => {
  const known = (scenario: Scenario, alone: AloneMeasured | null) => ({
    scenario,
    executors: scenario.executors,
    alone,
    cores: 2,
  });

  it('for code that computes, for a fifth of the budget at most, and of 20 s', async () => {
    const usual = await scenarioOf({ budgetMs: 20_000 });
    expect(pilotMs(known(usual, computing(1)))).toBe(4_000);
    const long = await scenarioOf({ budgetMs: 600_000 });
    expect(pilotMs(known(long, computing(1)))).toBe(20_000);
  });

  it('not where waiting decides by three times, in every executor', async () => {
    const scenario = await scenarioOf();
    const waiting = (serviceMs: number) => ({ ...computing(0.1), serviceMs, computes: false });
    // 64 in flight: a loop could do 64 ÷ 20 ms by waiting and 1 ÷ 0.1 ms by computing.
    expect(pilotMs(known(scenario, waiting(20)))).toBeNull();
    expect(pilotMs(known(scenario, waiting(19)))).not.toBeNull();
  });

  it('not for tasks above 0.2 s, nor where the warm-up was asked for', async () => {
    const scenario = await scenarioOf();
    expect(pilotMs(known(scenario, computing(201)))).toBeNull();
    for (const warmup of ['none', '5s', '2000'])
      expect(pilotMs(known(await scenarioOf({ warmup }), computing(1)))).toBeNull();
  });
});

describe('what isolates are given', () => {
  const queue = { capabilities: THREADS, threads: 2 } satisfies Partial<ExecutorVariant>;

  it('1.5 times the tasks through which the code changed, for every worker', async () => {
    // Of trials of 5 s, beside which there is no time for more.
    const scenario = await scenarioOf({ budgetMs: 300_000, tasks: 5_000 });
    const { warming, steadiness } = planOf(scenario, computing(1), pilotOf(2, 1, 1_000));
    // 1 s of tasks of 2 ms.
    expect(warming).toMatchObject({ kind: 'need', byCpu: false, need: { tasks: 750, settledTasks: 500 } });
    expect(steadiness).toMatchObject({ state: 'steady', by: 'pilot', neededTasks: 750, budgetMs: null });
    if (warming.kind !== 'need') return;
    const { measurement } = scenario;
    expect(aimOf(queue, warming, 0, measurement)).toMatchObject({ tasksPerWorker: 750, cpuMs: 0 });
    // One fork is warmed twice as long.
    expect(aimOf(queue, warming, 1, measurement).tasksPerWorker).toBe(1_500);
    expect(aimOf(queue, warming, 2, measurement).tasksPerWorker).toBe(750);
  });

  it('up to 2.5 s of CPU time where there is room for that and for all rounds', async () => {
    const given = async (budgetMs: number, changesMs: number) => {
      const {
        warming,
        steadiness,
        budgetMs: grownMs,
      } = planOf(await scenarioOf({ budgetMs }), computing(1), pilotOf(2, 1, changesMs));
      expect(steadiness.neededTasks).toBe((1.5 * changesMs) / 2);
      expect(grownMs).toBeGreaterThanOrEqual(budgetMs);
      return warming.kind === 'need' ? warming.need : null;
    };
    // 1.5 s are 750 tasks: 2.5 s are 1,250.
    expect(await given(120_000, 1_000)).toMatchObject({ cpuMs: 2_500, tasks: 1_250, settledTasks: 500 });
    // What is needed is never cut.
    expect(await given(120_000, 1_900)).toMatchObject({ cpuMs: 2_850, tasks: 1_425 });
    const some = await given(30_000, 400);
    expect(some?.cpuMs).toBeGreaterThan(600);
    expect(some?.cpuMs).toBeLessThan(2_500);
    expect(await given(20_000, 400)).toMatchObject({ cpuMs: 600, tasks: 300 });
  });

  it('5 s of CPU time each for tasks above 0.2 s', async () => {
    const scenario = await scenarioOf({ budgetMs: 600_000, tasks: 10 });
    const { warming } = planOf(scenario, computing(500), null);
    expect(warming).toMatchObject({ kind: 'need', byCpu: true, need: { tasks: 10, cpuMs: 5_000 } });
    if (warming.kind === 'need')
      expect(aimOf(queue, warming, 0, scenario.measurement)).toMatchObject({
        tasksPerWorker: 0,
        cpuMs: 10_000,
      });
  });

  it('no more CPU time than half as much again as its isolates need, however many tasks that is', async () => {
    const scenario = await scenarioOf({ budgetMs: 120_000 });
    const { warming } = planOf(scenario, computing(1), pilotOf(3, 1, 1_000));
    if (warming.kind !== 'need') throw new Error('not warmed');
    const { need } = warming;
    const aim = (threads: number, fork: number) => aimOf({ threads }, warming, fork, scenario.measurement);
    expect(aim(1, 0)).toMatchObject({ tasksPerWorker: need.tasks, enoughCpuMs: 1.5 * need.cpuMs });
    expect(aim(2, 0).enoughCpuMs).toBe(3 * need.cpuMs);
    expect(aim(2, LONGER_FORK)).toMatchObject({
      tasksPerWorker: 2 * need.tasks,
      enoughCpuMs: 6 * need.cpuMs,
    });
    // Who asked for a number of tasks gets them.
    const asked = await scenarioOf({ warmup: '2000' });
    const { warming: given } = planOf(asked, computing(1), null, 0);
    if (given.kind !== 'need') throw new Error('not warmed');
    expect(aimOf({ threads: 2 }, given, 0, asked.measurement)).not.toHaveProperty('enoughCpuMs');
  });

  it('250 ms where waiting decides', async () => {
    const scenario = await scenarioOf();
    const { warming, steadiness } = planOf(scenario, computing(1), { ...pilotOf(1, 1, 0), waits: true });
    expect(warming).toEqual({ kind: 'time', ms: 250 });
    expect(steadiness).toMatchObject({ state: 'steady', by: 'waiting' });
  });

  it.each<[string, WarmUp['kind'], object, string]>([
    ['none', 'none', { kind: 'none' }, 'cold'],
    ['5s', 'time', { kind: 'time', ms: 5_000 }, 'as asked'],
    ['2000', 'tasks', { kind: 'need', byCpu: false, need: { tasks: 2_000 } }, 'as asked'],
  ])('--warmup %s as asked', async (warmup, kind, warming, state) => {
    const scenario = await scenarioOf({ warmup });
    expect(scenario.measurement.warmup.kind).toBe(kind);
    const plan = planOf(scenario, computing(1), null, 0);
    expect(plan.warming).toMatchObject(warming);
    expect(plan.steadiness.state).toBe(state);
  });
});

describe('a warm-up that was set by hand', () => {
  const planAsked = async (warmup: string, input: Input = {}) => {
    const scenario = await scenarioOf({ budgetMs: 60_000, warmup, ...input });
    return { scenario, ...planOf(scenario, computing(1), null, 1_000) };
  };

  it('is twice as long in one fork, which tells whether it was enough', async () => {
    const { scenario, warming } = await planAsked('300ms');
    if (warming.kind !== 'time') throw new Error('not by time');
    expect([0, LONGER_FORK, 2].map(fork => timeOf(warming, fork, scenario.measurement))).toEqual([
      300, 600, 300,
    ]);
    const few = { ...scenario.measurement, forks: 2 };
    expect(timeOf(warming, LONGER_FORK, few)).toBe(300);
  });

  it('is not where waiting decides and a pilot said so', async () => {
    const scenario = await scenarioOf();
    const { warming } = planOf(scenario, computing(1), { ...pilotOf(1, 1, 0), waits: true });
    if (warming.kind !== 'time') throw new Error('not by time');
    expect(timeOf(warming, LONGER_FORK, scenario.measurement)).toBe(250);
  });

  it.each(['300ms', '300'])('leaves room in the budget for that fork: %s', async warmup => {
    // Without it: what is left of 60 s after 1 s, in five forks and one more.
    const { forkBudgetMs, steadiness } = await planAsked(warmup);
    expect(steadiness.state).toBe('as asked');
    // Two executors one after the other, or three isolates on two cores.
    const longerMs = warmup === '300' ? 450 : 600;
    expect(forkBudgetMs).toBeCloseTo((59_000 - longerMs) / 6);
    // However long: the other forks have half of what is left.
    expect((await planAsked(warmup === '300' ? '300000' : '300s')).forkBudgetMs).toBeCloseTo(59_000 / 2 / 6);
  });
});

/** A pilot as `runPilot` ends it: 4 s of CPU time at least, then a second more at a time until it is settled. */
function pilotUntilSettled(needMs: number, coldFactor: number, mostMs: number): Pilot {
  const changesMs = needMs / 1.5;
  for (let totalMs = Math.min(4_000, mostMs); ; totalMs += 1_000) {
    const pilot = pilotOf(coldFactor, 1, changesMs, Math.min(totalMs, mostMs));
    if (pilot.settling.settled || totalMs >= mostMs) return pilot;
  }
}

describe('a named budget gives the answer when it is followed', () => {
  const NEEDS_MS = [500, 1_000, 1_500, 2_000, 2_500, 2_850, 3_000, 3_500, 4_000];
  const atBudget = async (budgetMs: number, executors: readonly string[], needMs: number, factor: number) => {
    const scenario = await scenarioOf({ budgetMs, executors });
    const mostMs = pilotMs({ scenario, executors: scenario.executors, alone: computing(1), cores: 2 })!;
    const pilot = pilotUntilSettled(needMs, factor, mostMs);
    const spentMs = pilot.blocks.reduce((sum, { wallMs }) => sum + wallMs, 0);
    return planOf(scenario, computing(1), pilot, spentMs + 500).steadiness;
  };

  describe.each([
    ['six executors', ALL],
    ['two', ['limited', 'queue']],
  ])('%s', (_, executors) => {
    it.each([1_000, 2_000, 5_000, 10_000, 20_000])('after --budget %i ms', async budgetMs => {
      for (const factor of [1.3, 2])
        for (const needMs of NEEDS_MS) {
          const first = await atBudget(budgetMs, executors, needMs, factor);
          if (first.state === 'steady') continue;
          expect(first.state).toBe('not warm');
          const followed = await atBudget(first.budgetMs!, executors, needMs, factor);
          expect({ needMs, factor, ...followed }).toMatchObject({ needMs, factor, state: 'steady' });
        }
    });
  });
});

describe('a budget that has no room for it', () => {
  it('leaves the cold answer, and a budget that has room', async () => {
    const slow = pilotOf(2, 1, 1_900);
    const scenario = await scenarioOf({ budgetMs: 20_000 });
    const { warming, steadiness } = planOf(scenario, computing(1), slow);
    expect(warming).toEqual({ kind: 'none' });
    expect(steadiness).toMatchObject({ state: 'not warm', by: 'pilot' });
    expect(steadiness.budgetMs).toBeGreaterThan(20_000);
    expect(steadiness.budgetMs! % 5_000).toBe(0);
    expect(isWarmed(await scenarioOf({ budgetMs: steadiness.budgetMs! }), slow)).toBe(true);
  });

  it('names one that has room for whatever a pilot of that length finds', async () => {
    // Two pilots of the same code: in the second a neighbour disturbed all that came before the half.
    const quick = pilotOf(2, 1, 700);
    const late = pilotOf(2, 1, 1_900);
    const { steadiness } = planOf(
      await scenarioOf({ budgetMs: 20_000, executors: ALL }),
      computing(1),
      quick,
    );
    expect(steadiness.state).toBe('not warm');
    const { budgetMs } = steadiness;
    expect(isWarmed(await scenarioOf({ budgetMs: budgetMs!, executors: ALL }), late)).toBe(true);
  });

  it.each([1_600, 3_000])('that has no room for a pilot of 4 s: %i ms show nothing', async pilotedMs => {
    const cut = pilotOf(2, 1, 200, pilotedMs);
    expect(cut.settling.settled).toBe(false);
    const scenario = await scenarioOf({ budgetMs: pilotedMs * 5 });
    const { warming, steadiness } = planOf(scenario, computing(1), cut, pilotedMs + 500);
    expect(warming).toEqual({ kind: 'none' });
    expect(steadiness.state).toBe('not warm');
    const late = pilotOf(2, 1, 1_900);
    expect(isWarmed(await scenarioOf({ budgetMs: steadiness.budgetMs! }), late)).toBe(true);
  });

  it('says as much of a pilot that was lost, with its process, where computing decides', async () => {
    const { warming, steadiness } = planOf(await scenarioOf({ budgetMs: 120_000 }), computing(1), null);
    expect(warming).toMatchObject({ kind: 'need', byCpu: true, need: { cpuMs: 5_000 } });
    expect(steadiness).toMatchObject({ state: 'steady', by: 'lost pilot', neededTasks: null });
    expect(planOf(await scenarioOf({ budgetMs: 20_000 }), computing(1), null).steadiness).toMatchObject({
      state: 'not warm',
      by: 'lost pilot',
    });
  });

  it('grows to a minute where nobody said how long it may take', async () => {
    const slow = pilotOf(2, 1, 1_900);
    const plan = planOf(await scenarioOf(), computing(1), slow);
    expect(plan.steadiness.state).toBe('steady');
    expect(plan.budgetMs).toBeGreaterThan(20_000);
    expect(plan.budgetMs).toBeLessThanOrEqual(60_000);
  });

  it('that cut the pilot short: named so that a longer pilot and what it may find fit', async () => {
    const unsettled = pilotOf(2, 1, 3_000);
    expect(unsettled.settling.settled).toBe(false);
    const { steadiness } = planOf(await scenarioOf({ budgetMs: 20_000 }), computing(1), unsettled);
    expect(steadiness.state).toBe('not warm');
    expect(steadiness.budgetMs).toBeGreaterThanOrEqual(40_000);
    const longer = pilotOf(2, 1, 3_000, 8_000);
    expect(isWarmed(await scenarioOf({ budgetMs: steadiness.budgetMs! }), longer)).toBe(true);
  });

  it('is not to blame when the longest pilot never settles', async () => {
    const growing = pilotOf(1, 2, 15_000, 20_000);
    const { steadiness } = planOf(await scenarioOf({ budgetMs: 600_000 }), computing(1), growing, 21_000);
    expect(steadiness).toMatchObject({ state: 'no steady state', budgetMs: null });
  });
});
