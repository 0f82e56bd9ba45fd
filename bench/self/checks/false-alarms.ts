import { makePlan } from '../../../src/plan/plan.js';
import { runSuite } from '../../../src/run/suite.js';
import type { Check } from '../support/check.js';
import { packageNames } from '../support/packages.js';

const WORK = new URL('../support/packages.js', import.meta.url).href;
const RUNS_OF_EACH = 2;
const MOST_SHARE = 1 / 20;

/** Reasons that the machine, the program and its tasks give no cause for; time that was too short is another matter. */
const RULES = ['machine busy', 'drift', "libuv's pool", 'clock too coarse'] as const;

/** Ten real packages on a quiet machine, by default settings: how often each rule of validity raises an alarm. */
export const falseAlarms: Check = {
  name: 'false-alarms',
  summary: 'WEAK reasons by rule, over runs of ten real packages; wants a quiet machine, takes some minutes',
  async run({ quick, report }) {
    const names = quick ? packageNames.slice(0, 1) : packageNames;
    const runs = names.flatMap(name => Array.from({ length: quick ? 1 : RUNS_OF_EACH }, () => name));
    const alarms = new Map<string, string[]>(RULES.map(rule => [rule, []]));
    for (const name of runs) {
      for (const reason of await reasonsOf(name, quick))
        for (const rule of RULES.filter(one => reason.startsWith(one))) alarms.get(rule)!.push(name);
    }
    for (const [rule, raised] of alarms) {
      const share = raised.length / runs.length;
      report({
        measured: `runs of real packages called WEAK: ${rule}`,
        baseline: `${runs.length} runs`,
        value: share,
        unit: '×',
        bound: quick ? null : { atMost: MOST_SHARE },
        note: raised.length === 0 ? 'none' : raised.join(', '),
      });
    }
  },
};

async function reasonsOf(name: string, quick: boolean): Promise<readonly string[]> {
  const limits = quick ? { forks: 1, rounds: 1, tasks: 10 } : { budgetMs: 10_000 };
  const plan = await makePlan({ targets: [WORK], params: { name }, ...limits });
  const { scenarios } = await runSuite(plan);
  const reasons = scenarios.flatMap(({ validity }) => validity.reasons);
  // One of each rule: two executors that drift are one alarm of a run.
  return RULES.flatMap(rule => reasons.find(reason => reason.startsWith(rule)) ?? []);
}
