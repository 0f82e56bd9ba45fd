import { describe, expect, it } from 'vitest';
import { groupScenarios } from '../../src/report/view/groups.js';
import { view } from '../../src/report/view/view.js';
import { conclude } from '../../src/report/words/conclusion.js';
import { sentenceOf } from '../../src/report/words/findings.js';
import { sweepHeadline } from '../../src/report/words/sweep-conclusion.js';
import type { ScenarioResult, Steadiness } from '../../src/schema/index.js';
import {
  compareAll,
  makeExecutor,
  makeMeasurement,
  makeReport,
  makeScenario,
  mixedSweep,
  PACER_LATE,
  STEADY,
  waitingScenario,
  withPlan,
} from '../support/report-fixture.js';

/** One scenario for each ratio of queue ÷ limited, at cpuMs 1, 2, 4, … */
function sweepOf(ratios: readonly number[], overrides: Parameters<typeof makeScenario>[0] = {}) {
  return ratios.map((ratio, at) =>
    makeScenario({
      name: 'mixed',
      id: `mixed cpuMs=${2 ** at}`,
      params: { cpuMs: 2 ** at },
      axis: { name: 'param.cpuMs', value: 2 ** at },
      executors: [
        makeExecutor({ perSecond: 1_000 }),
        makeExecutor({ name: 'queue', perSecond: 1_000 * ratio }),
      ],
      ...overrides,
    }),
  );
}

const onWords = (scenarios: ScenarioResult[]) =>
  scenarios.map((one, at) =>
    withPlan(one, { axis: { name: 'param.client', value: ['request', 'fetch', 'dispatch'][at]! } }),
  );
const invalid = { validity: 'INVALID', findings: [PACER_LATE] } as const;
const loops = [makeExecutor({ perSecond: 1_000 }), makeExecutor({ name: 'batched', perSecond: 700 })];
const twins = [makeExecutor({ perSecond: 1_000 }), makeExecutor({ name: 'batched', perSecond: 999 })];

const cases: readonly [what: string, headline: string, scenarios: ScenarioResult[]][] = [
  [
    'crossing',
    'Threads pay above about 3 ms of computing per task (2 to 4 ms)',
    sweepOf([0.7, 0.8, 1.25, 1.9]),
  ],
  [
    'crossing',
    'Threads pay below about 3 ms of computing per task (2 to 4 ms)',
    sweepOf([1.9, 1.25, 0.8, 0.7]),
  ],
  [
    'threads everywhere',
    'Threads pay everywhere from 1 to 4 ms of computing per task',
    sweepOf([1.2, 1.5, 1.9]),
  ],
  [
    'threads nowhere',
    'Use the loop: no gain from threads shown anywhere from 1 to 4 ms of computing per task',
    sweepOf([0.7, 0.9, 1.01]),
  ],
  [
    'little in it',
    'Little in it from 1 to 4 ms of computing per task: threads are at most 1.03× the loop, which is simpler',
    sweepOf([1.03, 1.025, 1.03], { halfWidth: 0.01 }),
  ],
  [
    'little in it',
    'Little in it from 1 to 4 ms of computing per task: threads are at most 1.03× the loop, which is simpler',
    sweepOf([0.7, 1.0, 1.03], { halfWidth: 0.01 }),
  ],
  [
    'crossing',
    'Threads pay above about 2 ms of computing per task (2 to 4 ms)',
    sweepOf([0.7, 1.03, 1.3], { halfWidth: 0.01 }),
  ],
  [
    'threads at some',
    'Threads are shown to pay at 1 and 4 ms, of 1 to 4 ms of computing per task',
    sweepOf([1.5, 0.8, 1.5]),
  ],
  [
    'threads at some',
    'Threads are shown to pay at dispatch, of client request to dispatch',
    onWords(sweepOf([0.7, 0.8, 1.5])),
  ],
  [
    'too few forks',
    'Too few forks to say where threads pay; the table has the ratios',
    sweepOf([0.7, 1.9], { halfWidth: null }),
  ],
  ['invalid', `No verdict: ${sentenceOf(PACER_LATE)}`, sweepOf([0.7, 1.9], invalid)],
  [
    'one kind only',
    '`limited` is fastest everywhere from 1 to 2 ms of computing per task',
    sweepOf([1, 1], { executors: loops }),
  ],
  [
    'one kind only',
    'No executor is shown to be fastest from 1 to 2 ms of computing per task',
    sweepOf([1, 1], { executors: twins }),
  ],
];

describe('the verdict on a sweep', () => {
  it.each(cases)('%s: %s', (_, headline, scenarios) => {
    expect(sweepHeadline(scenarios)).toBe(headline);
  });

  it('takes no lead for one that Holm did not confirm', () => {
    const unconfirmed = sweepOf([0.7, 0.8, 1.25, 1.9]).map(scenario => ({
      ...scenario,
      comparisons: scenario.comparisons.map(comparison => ({ ...comparison, significant: false })),
    }));
    expect(sweepHeadline(unconfirmed)).toBe(
      'No gain from threads shown from 1 to 8 ms of computing per task; undecided at 4 and 8 ms',
    );
  });

  it('corrects over its places: what holds in each scenario by itself may not hold in the sweep', () => {
    const lucky = (p: number) =>
      sweepOf([1.01, 1.01, 1.01, 1.01, 1.01, 1.08]).map((scenario, at) => ({
        ...scenario,
        comparisons: scenario.comparisons.map(one =>
          at < 5 ? one : { ...one, p, low: 1.005, significant: true, verdict: 'faster' as const },
        ),
      }));
    const crosses = /^Threads pay above about .* \(16 to 32 ms\)$/;
    const paysNowhere = /^No gain from threads shown from 1 to 32 ms .*; undecided at 32 ms$/;
    // Six places of a pool and a loop: 0.03 ÷ 6.
    expect(sweepHeadline(lucky(0.0049))).toMatch(crosses);
    expect(sweepHeadline(lucky(0.0051))).toMatch(paysNowhere);
    // Fixed forks have the level of their own intervals: 0.05 ÷ 6.
    const fixed = (p: number) => lucky(p).map(one => ({ ...one, stoppedBy: 'fixed' as const }));
    expect(sweepHeadline(fixed(0.0083))).toMatch(crosses);
    expect(sweepHeadline(fixed(0.0084))).toMatch(paysNowhere);
  });

  it('says of the same figures what one scenario says', () => {
    const [one] = sweepOf([1.03], { halfWidth: 0.01 });
    expect(conclude(one!).kind).toBe('little in it');
    expect(sweepHeadline(sweepOf([1.03, 1.03], { halfWidth: 0.01 }))).toMatch(/^Little in it from /);
  });

  it('names no leader of a place that does not hold over all places', () => {
    const leading = (p: number) =>
      sweepOf([1, 1, 1, 1], { executors: loops }).map(scenario => ({
        ...scenario,
        comparisons: scenario.comparisons.map(one => ({ ...one, p })),
      }));
    // Two loops at four places: eight one-sided tests, 0.03 ÷ 8 for the first.
    expect(sweepHeadline(leading(0.0074))).toMatch(/^`limited` is fastest everywhere/);
    expect(sweepHeadline(leading(0.0076))).toMatch(/^No executor is shown to be fastest/);
  });

  it('takes a wide interval for no evidence that threads do not pay', () => {
    const headlineOf = (sweep: readonly ScenarioResult[], places: readonly number[]) =>
      sweepHeadline(
        sweep.map((one, at) =>
          places.includes(at) ? { ...one, ...compareAll(one.executors, 'limited', 0.6) } : one,
        ),
      );
    const unsure = (...places: number[]) => headlineOf(sweepOf([0.7, 0.9, 1.1]), places);
    const widened = (...places: number[]) => headlineOf(sweepOf([1.2, 1.5, 1.3]), places);
    expect(unsure(2)).toBe(
      'No gain from threads shown from 1 to 4 ms of computing per task; undecided at 4 ms',
    );
    expect(unsure(0, 1, 2)).toBe(
      'Undecided from 1 to 4 ms of computing per task: the intervals leave room for a gain',
    );
    expect(widened(2)).toBe('Threads pay up to 2 ms of computing per task; above it is undecided');
    expect(widened(0)).toBe('Threads pay from 2 ms of computing per task on; below it is undecided');
    expect(widened(1)).toBe('Threads are shown to pay at 1 and 4 ms, of 1 to 4 ms of computing per task');
    expect(widened(0, 2)).toBe('Threads are shown to pay at 2 ms, of 1 to 4 ms of computing per task');
  });

  it('leaves invalid places out', () => {
    const scenarios = sweepOf([0.7, 0.8, 1.25, 1.9]);
    const partly = scenarios.map((one, at) => (at === 0 ? { ...one, ...invalid } : one));
    expect(sweepHeadline(partly)).toBe(sweepHeadline(scenarios));
  });
});

describe('along an axis whose isolates were not warm', () => {
  const paying = [1.2, 1.5, 1.9];
  const needs = { neededTasks: 2_400, neededMs: 1_700, hadTasks: 200 };
  const withStates = (...states: Partial<Steadiness>[]) =>
    sweepOf(paying).map((one, at) => ({ ...one, steadiness: { ...STEADY, ...(states[at] ?? states[0]) } }));

  it('makes no claim about steady speed, and names the largest budget that a place needs', () => {
    const state = 'not warm';
    const all = withStates(
      { ...needs, state, budgetMs: 45_000 },
      { ...needs, state, budgetMs: 90_000, neededTasks: 3_000 },
      { ...needs, state, budgetMs: 60_000 },
    );
    expect(sweepHeadline(all)).toBe(
      'Not warm: a thread needs about 3,000 tasks (1.7 s) and had 200; --budget 90s gives the answer',
    );
  });

  it('says where, if that is not everywhere', () => {
    const last = withStates({}, {}, { ...needs, state: 'not warm', budgetMs: 60_000 });
    expect(sweepHeadline(last)).toBe(
      'Not warm at 4 ms: a thread needs about 2,400 tasks (1.7 s) and had 200; --budget 60s gives the answer',
    );
    // A place that is not valid is left out, as ever.
    const partly = last.map((one, at) => (at === 2 ? { ...one, ...invalid } : one));
    expect(sweepHeadline(partly)).toBe('Threads pay everywhere from 1 to 2 ms of computing per task');
  });

  it('calls the cold answer what it is', () => {
    expect(sweepHeadline(withStates({ state: 'cold' }))).toBe(
      'First 200 tasks in a fresh process: threads pay everywhere from 1 to 4 ms of computing per task',
    );
    const growing = withStates({ state: 'cold' }).map((one, at) => withPlan(one, { tasks: 10 ** at }));
    expect(sweepHeadline(growing)).toMatch(/^First tasks in fresh processes: threads pay everywhere/);
  });

  it('does not mix places without a steady state with those that have one', () => {
    expect(sweepHeadline(withStates({}, {}, { state: 'no steady state' }))).toBe(
      'No steady state at 4 ms: the CPU time of a task goes on changing. Threads pay everywhere from 1 to 2 ms of computing per task',
    );
    expect(sweepHeadline(withStates({ state: 'no steady state' }))).toBe(
      'No steady state: the CPU time of a task goes on changing. First 200 tasks in a fresh process: threads pay everywhere from 1 to 4 ms of computing per task',
    );
  });

  it('says below it that warming was set by hand', () => {
    const measurement = makeMeasurement({ warmup: { kind: 'time', ms: 250 } });
    const set = withStates({ state: 'as asked' }).map(one => withPlan(one, { measurement }));
    const said = (scenarios: readonly ScenarioResult[]) =>
      view(makeReport({ scenarios })).groups[0]!.description.filter(text => text.startsWith('warmed'));
    expect(said(set)).toEqual(['warmed for 250 ms, as set']);
    expect(said(set.slice(0, 1).map(one => withPlan(one, { axis: null })))).toEqual([
      'warmed for 250 ms, as set',
    ]);
    expect(said(withStates({}))).toEqual([]);
  });
});

describe('grouping', () => {
  it('joins the places along an axis, in the order of their values', () => {
    const [first, ...rest] = mixedSweep();
    const groups = groupScenarios([waitingScenario(), ...rest, first!]);
    expect(groups.map(({ kind }) => kind)).toEqual(['single', 'sweep']);
    const values =
      groups[1]?.kind === 'sweep' ? groups[1].scenarios.map(({ scenario: { axis } }) => axis?.value) : [];
    expect(values).toEqual([0.5, 1, 2, 5, 10]);
  });

  it('keeps what also differs apart, and names it', () => {
    const slow = mixedSweep().map(one => withPlan(one, { params: { ...one.scenario.params, waitMs: 90 } }));
    const groups = groupScenarios([...mixedSweep(), ...slow]);
    expect(groups.map(({ fixed }) => fixed)).toEqual(['waitMs=20', 'waitMs=90']);
  });
});
