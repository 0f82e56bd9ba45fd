import { describe, expect, it } from 'vitest';
import { renderTerminal } from '../../src/report/terminal/terminal.js';
import { answerAt, answerOf, rateHeadline } from '../../src/report/words/capacity.js';
import type { ScenarioResult } from '../../src/schema/index.js';
import { capacityOf, makeReport, PACER_LATE, rateScenario, STEADY } from '../support/report-fixture.js';

const again = (perSecond: number, p99Ms: Record<string, number | null>) =>
  rateScenario(perSecond, p99Ms, { purpose: 'confirmation', id: 'service confirmation' });
const sweep = [rateScenario(300, { limited: 30 }), rateScenario(600, { limited: 90 })];
const none = [capacityOf('limited', null)];
const unfit = (scenario: ScenarioResult): ScenarioResult => ({
  ...scenario,
  executors: scenario.executors.map(one => ({
    ...one,
    validity: 'INVALID',
    findings: [PACER_LATE],
  })),
});

describe('the headline of a sweep over rates follows from its table', () => {
  it('what was met and not shown again was met', () => {
    const confirmations = [again(300, { limited: 52 })];
    expect(rateHeadline(sweep, none, confirmations)).toBe(
      'p99 < 50 ms: met once at 300/s with limited, not shown again in fresh forks',
    );
    const report = makeReport({ scenarios: [...sweep, ...confirmations], capacities: none });
    const text = renderTerminal(report, { width: 120, colour: false });
    expect(text).toMatch(/300\/s {2}limited .* not again$/m);
    expect(text).not.toMatch(/not (shown|met) even/);
  });

  it('what fails at the lowest rate is not met even there', () => {
    expect(rateHeadline([rateScenario(300, { limited: 90 })], none, [])).toBe(
      'p99 < 50 ms: not met even at 300/s with limited',
    );
  });

  it('figures that are not valid are not known, whatever they look like', () => {
    const [first, second] = sweep.map(unfit) as [ScenarioResult, ScenarioResult];
    expect(answerOf(first, first.executors[0]!)).toBe('not known');
    expect(rateHeadline([first, second], none, [])).toBe('p99 < 50 ms: not known at 300/s with limited');
  });

  it('some hold it, others not', () => {
    const both = [rateScenario(300, { limited: 30, queue: 90 })];
    const capacities = [capacityOf('limited', 300), capacityOf('queue', null)];
    const confirmations = [again(300, { limited: 30 })];
    expect(rateHeadline(both, capacities, confirmations)).toBe(
      'p99 < 50 ms holds up to 300/s with limited (confirmed); not met even at 300/s with queue',
    );
    expect(answerAt(both[0]!, both[0]!.executors[0]!, confirmations)).toBe('met');
  });
});

describe('without an objective', () => {
  const rates = (...limited: (number | null)[]) =>
    limited.map((ms, at) => rateScenario(100 * (at + 1), { limited: ms, queue: 30 }, { slo: [] }));

  it('a lucky rate above one that overloads an executor is not what it keeps up with', () => {
    const headline = 'Keeps up: queue with 300/s, limited with 100/s';
    expect(rateHeadline(rates(30, null, 30), [], [])).toBe(headline);
    expect(rateHeadline(rates(30, null, null), [], [])).toBe(headline);
    expect(rateHeadline(rates(30, 30, 30), [], [])).toBe('All keep up with 300/s');
  });

  it('a rate of which nothing can be said is passed over', () => {
    const [first, second, third] = rates(30, 30, 30) as [ScenarioResult, ScenarioResult, ScenarioResult];
    expect(rateHeadline([first, unfit(second), third], [], [])).toBe('All keep up with 300/s');
  });
});

describe('along rates whose isolates were not warm', () => {
  const capacities = [capacityOf('limited', 300)];
  const withState = (steadiness: Partial<ScenarioResult['steadiness']>) =>
    sweep.map((one, at) => (at === 1 ? { ...one, steadiness: { ...STEADY, ...steadiness } } : one));

  it('no promise is said to hold', () => {
    const unwarm = { state: 'not warm', neededTasks: 2_400, neededMs: 1_700, budgetMs: 90_000 } as const;
    for (const some of [capacities, []])
      expect(rateHeadline(withState(unwarm), some, [])).toMatch(
        /^Not warm at 600\/s: a process needs about 2,400 tasks .*--budget 90s gives the answer$/,
      );
  });

  it('or it is one of fresh processes', () => {
    const cold = sweep.map(one => ({ ...one, steadiness: { ...STEADY, state: 'cold' as const } }));
    expect(rateHeadline(cold, capacities, [])).toMatch(
      /^The first second of a fresh process: p99 < 50 ms holds up to 300\/s with limited/,
    );
  });
});
