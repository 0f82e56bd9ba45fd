import { describe, expect, it } from 'vitest';
import { makePlan } from '../../src/plan/plan.js';
import type { TuneFork, TunePoint } from '../../src/schema/index.js';
import { decide, USUAL_RULES } from '../../src/tune/decide.js';
import { confirmMs, type Effort, effortOf, forkMs } from '../../src/tune/effort.js';
import { expectedFinalists, leastTime } from '../../src/tune/least-time.js';
import { decideWithin } from '../../src/tune/within-budget.js';

const RULES = { ...USUAL_RULES, order: ['limited', 'piscina'] };
const CORES = 2;
const EFFORT: Effort = {
  trialMs: 250,
  confirmTrialMs: 250,
  confirmTasks: null,
  aroundMs: 25,
  warmUpMs: 1_000,
  warmUp: { kind: 'cpu', msPerWorker: 1_000 },
};

/** Tasks of 10 ms that compute, on two cores. */
const perSecond = (workers: number) => 100 * Math.min(CORES, Math.max(1, workers));
const point = (workers: number, inFlightPerWorker: number): TunePoint => ({
  id: `${workers}x${inFlightPerWorker}`,
  executor: workers === 0 ? 'limited' : 'piscina',
  workers,
  inFlightPerWorker,
  uvThreads: null,
  setting: '',
  bound: perSecond(workers),
  tier: 0,
});
const POINTS = [0, 1, 2, 4, 8].flatMap(workers => [1, 4, 16].map(inFlight => point(workers, inFlight)));
const fork = (phase: TuneFork['phase'], ids: readonly string[]): TuneFork => ({
  phase,
  unfit: [],
  logs: Object.fromEntries(
    ids.map(id => [id, [0, 0].map(() => Math.log(perSecond(Number.parseInt(id, 10))))]),
  ),
});
const KNEE = [fork('knee', ['0x1', '2x1'])];
const pace = { effort: EFFORT, cores: CORES, budgetMs: 90_000, elapsedMs: 10_000, slowness: 1 };
const known = { points: POINTS, forks: KNEE };

/** What a screen of all takes, and the confirmation after it. */
const screen = decide({ ...known, hurry: false }, RULES);
const screened = screen.kind === 'measure' ? screen.ids : [];
const screenMs = forkMs(
  screened.map(id => POINTS.find(one => one.id === id)!),
  EFFORT,
  { cores: CORES },
);
const keptMs = confirmMs(expectedFinalists({ ...known, rules: RULES, cores: CORES }), EFFORT, {
  forks: 6,
  cores: CORES,
});

describe('a step', () => {
  it('is run where there is time for it and for the confirmation', () => {
    const budgetMs = pace.elapsedMs + keptMs + screenMs;
    expect(decideWithin(known, RULES, { ...pace, budgetMs })).toEqual({
      decision: screen,
      unscreened: 0,
      isCutShort: false,
    });
  });

  it('is cut to the points that there is time for, the smaller first', () => {
    const budgetMs = pace.elapsedMs + keptMs + screenMs - 1;
    const { decision, unscreened } = decideWithin(known, RULES, { ...pace, budgetMs });
    expect(decision).toMatchObject({ phase: 'screen', ids: screened.slice(0, screened.length - unscreened) });
    expect(unscreened).toBeGreaterThan(0);
  });

  it('on a machine that is twice as slow takes twice the time', () => {
    const budgetMs = pace.elapsedMs + keptMs + screenMs;
    expect(decideWithin(known, RULES, { ...pace, budgetMs, slowness: 2 }).unscreened).toBeGreaterThan(0);
  });

  it('gives way to the confirmation where there is no time for it, and what is left out is told', () => {
    const budgetMs = pace.elapsedMs + keptMs;
    const { decision, unscreened } = decideWithin(known, RULES, { ...pace, budgetMs });
    expect(decision).toMatchObject({ phase: 'confirm', ids: ['2x1', '0x1'] });
    expect(unscreened).toBe(screened.length);
    const raced = { ...known, forks: [...KNEE, fork('screen', screened)] };
    expect(decideWithin(raced, RULES, pace).decision).toMatchObject({ phase: 'race' });
    expect(decideWithin(raced, RULES, { ...pace, budgetMs })).toMatchObject({
      decision: { phase: 'confirm' },
      unscreened: 0,
      isCutShort: true,
    });
  });
});

describe('the least time', () => {
  const asked = async (budgetMs: number) => {
    const plan = await makePlan({ targets: ['noop'], executors: ['limited'], durationMs: 300 });
    return {
      scenario: plan.scenarios[0]!,
      points: POINTS,
      forks: [],
      rules: RULES,
      cores: CORES,
      budgetMs,
      learned: null,
      elapsedMs: 0,
      forksLeft: 6,
      slowness: 1,
    };
  };

  it('is a range until it is known whether code has to be warmed up', async () => {
    const { leastMs, warmedMs, enoughMs } = leastTime(await asked(90_000));
    expect(leastMs).toBeGreaterThan(
      confirmMs(
        [point(0, 1), point(2, 1)],
        { ...EFFORT, warmUp: { kind: 'none' } },
        { forks: 6, cores: CORES },
      ),
    );
    expect(warmedMs).toBeGreaterThan(leastMs);
    expect(enoughMs).toBeNull();
  });

  it('names a budget that has room where the one given has not, which holds when it is given', async () => {
    for (const budgetMs of [1_000, 5_000, 15_000, 20_000]) {
      const { warmedMs, enoughMs } = leastTime(await asked(budgetMs));
      expect(warmedMs).toBeGreaterThan(budgetMs);
      const followed = leastTime(await asked(enoughMs!));
      expect(followed.enoughMs).toBeNull();
      expect(followed.warmedMs).toBeLessThan(enoughMs!);
    }
  });

  it('is what is left of it once a task is known and the knee has been measured', async () => {
    const given = await asked(90_000);
    const alone = { tasks: 9, serviceMs: 10, cpuMs: 10, parts: null, computes: true, lengths: null };
    const learned = { alone, allFail: false, pilot: null };
    const before = leastTime({ ...given, learned, elapsedMs: 3_000 });
    expect(before.warmedMs).toBe(before.leastMs);
    const kneeMs = before.leastMs - leastTime({ ...given, learned, elapsedMs: 3_000, forks: KNEE }).leastMs;
    expect(kneeMs).toBeCloseTo(
      forkMs([point(0, 1), point(2, 1)], effortOf(given.scenario, learned, 90_000), { cores: CORES }),
      6,
    );
    const slow = leastTime({ ...given, learned, elapsedMs: 3_000, forks: KNEE, slowness: 10 });
    expect(slow.leastMs).toBeGreaterThan(90_000);
    expect(slow.enoughMs).toBeGreaterThan(slow.leastMs);
  });
});
