import { expect, it } from 'vitest';
import type { ScenarioResult } from '../../src/schema/index.js';
import { measureResultOf } from '../../src/ui/server/measure-result.js';
import { makeComparison, makeExecutor, makeReport, makeScenario } from '../support/report-fixture.js';

const args = ['run', 'cpu', '--tasks', '100', '--budget', '10s'];
const command = { program: 'threads-vs-loop', args };
const said = (more: Partial<ScenarioResult>) => {
  const executors = [makeExecutor({ perSecond: 200 }), makeExecutor({ name: 'queue', perSecond: 224 })];
  const comparisons = [makeComparison('queue', 'limited', 1.12, 0.15, { forks: 5 })];
  const scenario = makeScenario({ executors, comparisons, winner: null, stoppedBy: 'budget', ...more });
  const report = makeReport({ scenarios: [scenario], command });
  const own = ['threads-vs-loop', ...args].join(' ');
  return measureResultOf(report, { saved: null, command: own, sections: {} }).groups[0]!;
};
const unwarm = (budgetMs: number) => ({
  steadiness: { ...makeScenario({}).steadiness, state: 'not warm' as const, neededMs: 900, budgetMs },
});

it('what was not warm is told the budget of the page that is enough, and no flag', () => {
  const { headline, notes } = said(unwarm(35_000));
  expect(headline).toMatch(/; a budget of 60 s gives the answer$/);
  expect(notes).toContain('try: Measure with a budget of 60 s');
  expect([headline, ...notes].join('\n')).not.toContain('--budget');
});

it('a longer one than the page offers is for a terminal', () => {
  const { headline, notes } = said(unwarm(600_000));
  expect(headline).toMatch(/; `--budget 10m` in a terminal gives the answer$/);
  expect(notes).toContain('in a terminal: threads-vs-loop run cpu --tasks 100 --budget 10m');
});

it('what the page has no field for is a command for a terminal', () => {
  const { notes } = said({ medianForkMs: 3_000, elapsedMs: 17_000 });
  const [hint] = notes.filter(note => note.includes('budget'));
  expect(hint).toBe('try: Measure with a budget of 60 s');
  const findings = [
    { code: 'still-warming', severity: 'weak', subjects: ['queue'], values: { by: 'rounds' } } as const,
  ];
  const steadiness = { ...makeScenario({}).steadiness, hadTasks: 1_200 };
  const longer = said({ medianForkMs: 3_000, elapsedMs: 17_000, findings, steadiness });
  expect(longer.notes.filter(note => note.includes('--warmup 2400'))).toEqual([
    'in a terminal: threads-vs-loop run cpu --tasks 100 --warmup 2400 --budget 35s',
  ]);
});
