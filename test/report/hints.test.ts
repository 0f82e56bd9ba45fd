import { describe, expect, it } from 'vitest';
import { hintsOf } from '../../src/report/hints/hints.js';
import { view } from '../../src/report/view/view.js';
import { gateNotes } from '../../src/report/words/gates.js';
import type {
  Finding,
  GateFinding,
  GateVerdict,
  Report,
  Scenario,
  ScenarioResult,
} from '../../src/schema/index.js';
import {
  makeComparison,
  makeExecutor,
  makeReport,
  makeScenario,
  RESULTS_DIFFER,
  rateScenario,
  type ScenarioSpec,
  withPlan,
} from '../support/report-fixture.js';

const command = { program: 'threads-vs-loop', args: ['run', './x.mjs', '--executors', 'limited,queue'] };

function hint(
  scenario: ScenarioResult,
  more: Partial<Report> = {},
  measurement: Partial<Scenario['measurement']> = {},
): string | undefined {
  const planned = withPlan(scenario, {
    measurement: { ...scenario.scenario.measurement, ...measurement },
  });
  const report = makeReport({ scenarios: [planned], command, ...more });
  return hintsOf(report)([planned])[0]?.text;
}

/** Threads ÷ loop with an interval of ± that share, from so many forks of 3 s and 2 s before them. */
function measured(ratio: number, share: number, forks = 5, more: ScenarioSpec = {}) {
  const of = (name: string, perSecond: number) => makeExecutor({ name, perSecond, forks, rounds: forks * 5 });
  return makeScenario({
    executors: [of('limited', 1_000), of('queue', 1_000 * ratio)],
    comparisons: [makeComparison('queue', 'limited', ratio, share, { forks })],
    winner: null,
    stoppedBy: 'budget',
    medianForkMs: 3_000,
    elapsedMs: 2_000 + forks * 3_000,
    ...more,
  });
}

it('is the one command of a scenario: for its verdict, else for the precision that was missed', () => {
  const values = {
    wanted: 0.03,
    missed: 1,
    of: 1,
    widest: { executor: 'queue', baseline: 'limited', halfWidth: 0.15 },
    forksNeeded: 9,
    budgetMsNeeded: 55_000,
    byBudgetAlone: true,
  };
  const findings: Finding[] = [{ code: 'precision-missed', severity: 'note', subjects: [], values }];
  const notesOf = (ratio: number) =>
    view(makeReport({ scenarios: [measured(ratio, 0.15, 5, { findings })], command })).groups[0]!.notes;
  for (const [ratio, budget] of [
    [1.12, '35s'],
    [1.9, '55s'],
  ] as const) {
    const [missed, hinted, ...others] = notesOf(ratio);
    expect([missed!.label, hinted!.label, others]).toEqual(['note', 'try', []]);
    expect(missed!.text).toMatch(/\(`queue` ÷ `limited`\)$/);
    expect(hinted!.text).toMatch(new RegExp(`^threads-vs-loop run .* --budget ${budget}$`));
  }
});

it('is a longer warm-up where the code, or its workers, were not at their speed', () => {
  const findings: Finding[] = [
    { code: 'still-warming', severity: 'weak', subjects: ['queue'], values: { by: 'rounds' } },
  ];
  const steadiness = { ...measured(1.9, 0.03).steadiness, hadTasks: 1_200 };
  expect(hint(measured(1.9, 0.03, 5, { findings, steadiness }))).toMatch(/ --warmup 2400 --budget 35s$/);
});

it('is a longer one of the same kind where the warm-up was set by hand', () => {
  const findings: Finding[] = [
    { code: 'still-warming', severity: 'weak', subjects: ['queue'], values: { by: 'longer fork' } },
  ];
  const steadiness = { ...measured(1.9, 0.03).steadiness, state: 'as asked' } as const;
  const set = measured(1.9, 0.03, 5, { findings, steadiness });
  expect(hint(set, {}, { warmup: { kind: 'time', ms: 250 } })).toMatch(/ --warmup 500ms --budget 35s$/);
  const tasks = { ...set, steadiness: { ...steadiness, neededTasks: 300, hadTasks: 300 } };
  expect(hint(tasks, {}, { warmup: { kind: 'tasks', tasksPerWorker: 300 } })).toMatch(/ --warmup 600 /);
});

describe('a hint is a command that gives the answer', () => {
  it('is none where there is one', () => {
    expect(hint(measured(1.9, 0.03))).toBeUndefined();
    expect(hint(measured(1, 0.03))).toBeUndefined();
  });

  it('the budget whose forks make the interval narrow enough', () => {
    // ± 15 % of 5 forks: nine are told apart by 1.12, 2 s before them and a fifth of room.
    expect(hint(measured(1.12, 0.15))).toBe(
      'threads-vs-loop run ./x.mjs --executors limited,queue --budget 35s',
    );
  });

  it('is none where that was just done, and did not help', () => {
    const args = ['run', './x.mjs', '--budget', '35s'];
    expect(hint(measured(1.12, 0.15), { command: { ...command, args } })).toBeUndefined();
    const again = ['run', './x.mjs', '--budget=35s'];
    expect(hint(measured(1.12, 0.15), { command: { ...command, args: again } })).toBeUndefined();
    const less = ['run', './x.mjs', '--budget', '20s'];
    expect(hint(measured(1.12, 0.15), { command: { ...command, args: less } })).toMatch(/ --budget 35s$/);
  });

  it('forks as well, where the stopping rule would end before', () => {
    expect(hint(measured(1.3, 0.62))).toMatch(/ --forks (1[3-9]|2\d) --budget \d+[sm]$/);
  });

  it('a command that can be waited for, where the two look alike', () => {
    const [, forks] = /--forks (\d+)/.exec(hint(measured(1, 2))!) ?? [];
    expect(Number(forks)).toBeGreaterThan(12);
    expect(Number(forks)).toBeLessThan(400);
  });

  it('forks for an interval at all', () => {
    const once = measured(1.9, 0.02, 1, {
      comparisons: [makeComparison('queue', 'limited', 1.9, null, { forks: 1 })],
    });
    expect(hint(once)).toBe('threads-vs-loop run ./x.mjs --executors limited,queue --budget 20s');
    const fixed = { ...command, args: [...command.args, '--forks', '1'] };
    expect(hint(once, { command: fixed }, { forks: 1 })).toBe(
      'threads-vs-loop run ./x.mjs --executors limited,queue --forks 5 --budget 20s',
    );
  });

  it('warm trials of those that had cold ones only', () => {
    const cold = measured(1.9, 0.02);
    const [first, second] = cold.executors;
    const slow = { ...first!, coldOnly: true, coldWallMs: 4_000 };
    // A third of a fork's part of the budget, a sixth: 72 s and some room.
    expect(hint({ ...cold, executors: [slow, second!] })).toMatch(/--budget 90s$/);
  });

  it('is none for cold trials where nobody was to be warm', () => {
    const cold = measured(1.9, 0.02);
    const executors = cold.executors.map(one => ({ ...one, coldOnly: true, coldWallMs: 4_000 }));
    expect(hint({ ...cold, executors, steadiness: { ...cold.steadiness, state: 'cold' } })).toBeUndefined();
  });

  it('is none where numbers of tasks are what is compared, and more of them would do', () => {
    const few = measured(1.9, 0.02, 5, { tasks: 1, axis: { name: 'tasks', value: 1 } });
    const about = { severity: 'weak', subjects: ['queue'] } as const;
    const tooFew: Finding = { code: 'too-few-tasks', ...about, values: { tasks: 10, needed: 20 } };
    expect(hint({ ...few, findings: [tooFew] })).toBeUndefined();
  });

  it('more precision as far as somebody would wait for it at all places of a sweep', () => {
    const values = {
      wanted: 0.03,
      missed: 1,
      of: 1,
      widest: { executor: 'queue', baseline: 'limited', halfWidth: 0.15 },
      forksNeeded: 40,
      budgetMsNeeded: 250_000,
      byBudgetAlone: false,
    };
    const findings: Finding[] = [{ code: 'precision-missed', severity: 'note', subjects: [], values }];
    const places = (number: number) =>
      Array.from({ length: number }, (_, at) =>
        measured(1.9, 0.03, 5, { findings, axis: { name: 'param.cpuMs', value: at } }),
      );
    const notes = (number: number) =>
      view(makeReport({ scenarios: places(number), command })).groups[0]!.notes.map(({ text }) => text);
    expect(notes(2).at(-1)).toMatch(/ --forks 40 --budget 5m$/);
    expect(notes(3).at(-1)).toMatch(/\(`queue` ÷ `limited` at 0 ms\); that would take 1[23].* min here$/);
  });

  it('more tasks for a median, and where trials are shorter than the clock can tell', () => {
    const few = measured(1.9, 0.02, 5, { tasks: 1 });
    const about = { severity: 'weak', subjects: ['queue'] } as const;
    const tooFew: Finding = { code: 'too-few-tasks', ...about, values: { tasks: 10, needed: 20 } };
    expect(hint({ ...few, findings: [tooFew] })).toMatch(/--tasks 3 --budget 60s$/);
    const values = { steps: 100, clockStepNs: 40, trialMs: 0.002 };
    const short: Finding = { code: 'short-trials', ...about, values };
    expect(hint({ ...withPlan(few, { tasks: 100 }), findings: [short] })).toMatch(/--tasks 300 --budget/);
  });

  it('at a rate longer trials, or more tasks where these were asked for', () => {
    const tooFew: Finding = {
      code: 'too-few-for-p99',
      severity: 'weak',
      subjects: ['limited'],
      values: { neededInFork: 1_000 },
    };
    const rated = {
      ...rateScenario(100, { limited: 23, queue: 22 }),
      validity: 'WEAK',
      findings: [tooFew],
    } as const;
    expect(hint(rated)).toMatch(/--duration 3s --budget/);
    const tasks = { ...command, args: ['run', './x.mjs', '-n', '100'] };
    expect(hint(rated, { command: tasks })).toMatch(/run \.\/x\.mjs --tasks 300 --budget/);
  });

  it('for a program, settings', () => {
    expect(hint(measured(1.12, 0.15), { command: null })).toBe('run() with budgetMs: 35000');
  });

  it('none where the run was stopped, or is not valid', () => {
    expect(hint(measured(1.12, 0.15, 5, { stoppedBy: 'interrupted' }))).toBeUndefined();
    const invalid = { validity: 'INVALID', findings: [RESULTS_DIFFER] } as const;
    expect(hint(measured(1.12, 0.15, 5, invalid))).toBeUndefined();
  });

  it('of one scenario among several', () => {
    const one = measured(1.12, 0.15, 5, { name: 'waiting', id: 'waiting' });
    const other = makeScenario({ name: 'mixed', id: 'mixed' });
    const report = makeReport({
      scenarios: [one, other],
      command: { program: 'npm run bench --', args: ['--seed', '7'] },
    });
    expect(hintsOf(report)([one])[0]!.text).toBe('npm run bench -- waiting --seed 7 --budget 35s');
    // A scenario of a suite of one's own is found in its file only.
    const own = makeReport({ scenarios: [one, other], command });
    expect(hintsOf(own)([one])[0]!.text).toMatch(/^threads-vs-loop run \.\/x\.mjs /);
  });
});

describe('with gates that are open', () => {
  const finding = (forks: number, budgetMs: number, more: Partial<GateFinding> = {}): GateFinding => ({
    ...{ scenario: '', executor: 'queue', against: 'limited', predicate: null, outcome: 'undecided' },
    ...{ value: 1.5, low: 1.4, high: 1.6, without: null },
    needed: { forks, budgetMs, inBoth: false },
    ...more,
  });
  const gatesOf = (one: GateFinding, id: string): GateVerdict[] => [
    {
      gate: { kind: 'ratio', subject: 'queue/limited', operator: '>', value: 1.5 },
      outcome: 'undecided',
      findings: [{ ...one, scenario: id }],
    },
  ];
  const notes = (result: ScenarioResult, one: GateFinding) => {
    const gates = gatesOf(one, result.scenario.id);
    const [group] = view(makeReport({ scenarios: [result], command }), { gates }).groups;
    const tries = group!.notes.filter(({ label }) => label === 'try').map(({ text }) => text);
    const advised = [result.scenario.id];
    return {
      tries,
      headline: group!.headline,
      told: gateNotes(gates[0]!, advised).map(({ label }) => label),
    };
  };

  it('names one command, by the larger of what the verdict and the gate need', () => {
    // By itself the verdict takes 35 s.
    expect(notes(measured(1.12, 0.15), finding(12, 52_000))).toMatchObject({
      tries: ['threads-vs-loop run ./x.mjs --executors limited,queue --forks 12 --budget 55s'],
      told: ['undecided'],
    });
    expect(notes(measured(1.12, 0.15), finding(6, 20_000)).tries).toEqual([
      'threads-vs-loop run ./x.mjs --executors limited,queue --forks 6 --budget 35s',
    ]);
    expect(notes(measured(1.9, 0.03), finding(8, 30_000)).tries).toEqual([
      'threads-vs-loop run ./x.mjs --executors limited,queue --forks 8 --budget 30s',
    ]);
  });

  it('names the same budget in a headline that has one', () => {
    const steadiness = {
      ...measured(1.9, 0.03).steadiness,
      state: 'not warm' as const,
      neededMs: 900,
      budgetMs: 60_000,
    };
    const cold = { ...measured(1.9, 0.03), steadiness };
    for (const [needed, budget] of [
      [20_000, '60s'],
      [81_000, '85s'],
    ] as const) {
      const { headline, tries } = notes(cold, finding(9, needed));
      expect(headline).toContain(`--budget ${budget} gives the answer`);
      expect(tries).toEqual([`threads-vs-loop run ./x.mjs --executors limited,queue --budget ${budget}`]);
    }
  });

  it('a gate that is decided needs nothing; one of two runs needs as much of both', () => {
    expect(notes(measured(1.9, 0.03), finding(9, 90_000, { outcome: 'passes' })).tries).toEqual([]);
    const needed = { forks: 9, budgetMs: 90_000, inBoth: true };
    expect(notes(measured(1.9, 0.03), finding(9, 90_000, { needed })).told).toEqual([
      'undecided',
      'for the gate',
    ]);
  });
});
