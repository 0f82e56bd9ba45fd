import { formatPredicates } from '../../predicate.js';
import type { ExecutorResult, Report, ScenarioResult, Tune } from '../../schema/index.js';
import { tasksForObjective } from '../../stats/objective-samples.js';
import { isInvalid, isOverloaded } from '../pairs.js';
import { rateText } from './labels.js';
import { answerOf, figuresOf } from './objectives.js';
import { type Answered, confirmedOf } from './tune-answered.js';

/** `holds p99 < 50 ms at 200/s`, `keeps up with 200/s`; null: as much as can be done was wanted. */
export function goalText(report: Report, ending = 's'): string | null {
  const { load, slo } = report.plan.scenarios[0]!;
  if (load.kind !== 'rate') return null;
  const rate = rateText(load.perSecond);
  return slo.length === 0
    ? `keep${ending} up with ${rate}`
    : `hold${ending} ${formatPredicates(slo)} at ${rate}`;
}

/** Of the confirmation, where tasks come at a rate: it holds, it does not, or neither is shown. */
function held(executor: ExecutorResult, { scenario }: ScenarioResult): 'yes' | 'no' | 'not shown' {
  if (isOverloaded(executor)) return 'no';
  if (isInvalid(executor)) return 'not shown';
  const answers = scenario.slo.map((_, at) => answerOf(executor, at));
  if (answers.includes('not met')) return 'no';
  return answers.every(answer => answer === 'met') ? 'yes' : 'not shown';
}

/** ` (26 ms, at most 27 ms)`: what was seen of the objective. */
export function heldFigures(said: Answered, id: string | null): string {
  const executor = confirmedOf(said, id);
  if (executor === undefined) return '';
  return executor.slo.map((_, at) => figuresOf(executor, at)).join('');
}

/** What was shown of the choice; earlier versions also recommended what was not. */
export function heldText(said: Answered): string | null {
  const { report, answer } = said;
  const [confirmed] = report.scenarios;
  const own = confirmedOf(said, answer.choice);
  const isShown = own !== undefined && confirmed !== undefined && held(own, confirmed) === 'yes';
  return isShown ? goalText(report) : `is not shown to ${goalText(report, '')}`;
}

/** Of the loop, where threads are recommended. */
export function loopHeldText(said: Answered): string | null {
  const { report, answer, choice } = said;
  const [confirmed] = report.scenarios;
  const loop = confirmedOf(said, answer.loop);
  if (goalText(report) === null || choice.workers === 0 || loop === undefined || confirmed === undefined)
    return null;
  const figures = heldFigures(said, answer.loop);
  const answers = { yes: 'does too', no: 'does not', 'not shown': 'is not shown to' };
  return `One loop ${answers[held(loop, confirmed)]}${figures}`;
}

/** Longer trials have narrower intervals, and percentiles at all. */
function moreText({ scenario: { tasks, slo, measurement } }: ScenarioResult): string {
  if (tasks === null) return '';
  const needed = Math.max(2 * tasks, tasksForObjective(slo, measurement.rounds));
  return `; longer trials tell more, --tasks ${needed}`;
}

/** Nothing can be recommended, at a rate, of what was confirmed; null: there is another reason. */
export function noneHoldsText(report: Report, { forks }: Tune): string | null {
  const [confirmed] = report.scenarios;
  const goal = goalText(report);
  const unmet = new Set(forks.flatMap(fork => fork.unmet ?? []));
  if (confirmed === undefined || goal === null || unmet.size === 0) return null;
  const isShown = confirmed.executors.every(executor => held(executor, confirmed) === 'no');
  return isShown
    ? `Nothing that was searched ${goal}: a lower rate or a wider objective is needed`
    : `No answer: nothing is shown to ${goalText(report, '')}${moreText(confirmed)}`;
}
