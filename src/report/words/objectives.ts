import { formatPredicate } from '../../predicate.js';
import type { ExecutorResult, ObjectiveFinding, Predicate, ScenarioResult } from '../../schema/index.js';
import { nearBoundOf, objectiveOutcome } from '../../stats/objective-outcome.js';
import { amount, count, duration } from '../format.js';
import { isInvalid, isOverloaded } from '../pairs.js';
import { listed, nameOf } from './labels.js';
import type { Note } from './notes.js';

/** `p99 < 50 ms: yes limited (26 ms, at most 27 ms), no queue (60 ms, at most 64 ms)`: one for each part of the objective. */
export function objectiveNotes(result: ScenarioResult): Note[] {
  return result.scenario.slo.map((predicate, at) => {
    const answers = (['met', 'not met', 'not shown', 'not known'] as const).flatMap(answer => {
      const named = result.executors
        .filter(executor => answerOf(executor, at) === answer)
        .map(executor => `${nameOf(executor)}${figuresOf(executor, at)}`);
      return named.length === 0 ? [] : [`${answer}: ${listed(named)}`];
    });
    return { label: 'objective', text: `${formatPredicate(predicate)} is ${answers.join('; ')}` };
  });
}

/** `not shown`: the limit lies within the interval, on whichever side the figure is. */
export type ObjectiveAnswer = 'met' | 'not met' | 'not shown' | 'not known';

/** @param at place in the scenario's objective */
export function answerOf(executor: ExecutorResult, at: number): ObjectiveAnswer {
  if (isOverloaded(executor)) return 'not met';
  if (isInvalid(executor)) return 'not known';
  const finding = executor.slo[at];
  if (finding === undefined || finding.met === null) return 'not known';
  if (finding.met) return 'met';
  // A percentile among tasks that failed is worse than any limit.
  const isMissed =
    finding.value === null || objectiveOutcome(finding, nearBoundOf(executor, finding)) === 'fails';
  return isMissed ? 'not met' : 'not shown';
}

/** ` (26 ms, at most 27 ms)`; empty where there is no figure. */
export function figuresOf(executor: ExecutorResult, at: number): string {
  if (isOverloaded(executor)) return ' (overloaded)';
  const finding = executor.slo[at];
  if (finding === undefined) return '';
  if (finding.value === null) return finding.met === false ? ' (too many failed)' : '';
  const { metric, operator } = finding.predicate;
  const text = (value: number) => objectiveFigure(finding.predicate, value);
  if (metric === 'max') return maxText(executor, finding);
  const side = operator.startsWith('<') ? 'at most' : 'at least';
  return ` (${text(finding.value)}${finding.bound === null ? '' : `, ${side} ${text(finding.bound)}`})`;
}

/** In the unit of what the objective is about. */
export function objectiveFigure({ metric }: Predicate, value: number): string {
  if (metric === 'failed') return shareText(value);
  return metric === 'throughput' ? `${amount(value)}/s` : duration(value);
}

/** ` (48 ms in 6,000 tasks, so at most 0.1 % are above 50 ms)`: a maximum has no interval, only what it proves. */
function maxText({ latencyMs }: ExecutorResult, { value, predicate, beyondShare }: ObjectiveFinding): string {
  const proves =
    beyondShare === null
      ? ''
      : `, so at most ${shareText(beyondShare)} are above ${duration(predicate.value)}`;
  return ` (${duration(value)} in ${count(latencyMs.count)} tasks${proves})`;
}

/** An upper bound keeps its digits: `<0.1 %` would say less. */
function shareText(share: number): string {
  return `${Number((share * 100).toPrecision(2))} %`;
}
