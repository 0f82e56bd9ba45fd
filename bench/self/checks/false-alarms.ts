import { reportOf } from '../../../src/measure/events.js';
import { measurePlan } from '../../../src/measure/measure.js';
import { makePlan } from '../../../src/plan/plan.js';
import type { FindingCode } from '../../../src/schema/index.js';
import type { Check } from '../support/check.js';
import { packageNames } from '../support/packages.js';

const WORK = new URL('../support/packages.js', import.meta.url).href;
const RUNS_OF_EACH = 2;
const MOST_SHARE = 1 / 20;

/** Reasons that the machine, the program and its tasks give no cause for; time that was too short (`not-warm`) is another matter. */
const RULES: Readonly<Record<string, readonly FindingCode[]>> = {
  'machine busy': ['machine-busy', 'load-average', 'taken-off-core'],
  'still warming': ['still-warming'],
  'dear workers': ['dear-workers'],
  drift: ['drift'],
  "libuv's pool": ['libuv-pool-limit'],
  'clock too coarse': ['short-trials', 'short-tasks'],
};

/** Ten real packages on a quiet machine, by default settings: how often each rule of validity raises an alarm. */
export const falseAlarms: Check = {
  name: 'false-alarms',
  summary:
    'WEAK reasons by rule, over runs of ten real packages; wants a quiet machine, takes a quarter of an hour',
  async run({ quick, report }) {
    const names = quick ? packageNames.slice(0, 1) : packageNames;
    const runs = names.flatMap(name => Array.from({ length: quick ? 1 : RUNS_OF_EACH }, () => name));
    const found: { readonly name: string; readonly codes: readonly FindingCode[] }[] = [];
    for (const name of runs) found.push({ name, codes: await codesOf(name, quick) });
    for (const [rule, codes] of Object.entries(RULES)) {
      // Two executors that drift are one alarm of a run.
      const raised = found.filter(run => codes.some(code => run.codes.includes(code))).map(run => run.name);
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

async function codesOf(name: string, quick: boolean): Promise<readonly FindingCode[]> {
  // A shorter budget than the usual has no room for a pilot and rounds enough, so that half of the rules could not fire.
  const limits = quick ? { forks: 1, rounds: 1, tasks: 10 } : {};
  const plan = await makePlan({ targets: [WORK], params: { name }, ...limits });
  const { scenarios } = await reportOf(measurePlan(plan));
  return scenarios.flatMap(({ findings }) => findings.map(({ code }) => code));
}
