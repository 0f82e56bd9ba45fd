import { formatPredicate } from '../../predicate.js';
import type { Comparison, ExecutorResult, ScenarioResult } from '../../schema/index.js';
import { looksForMiss } from '../../stats/objective-outcome.js';
import { findPair, isInvalid, ratioText } from '../pairs.js';
import { sentenceOf, whyInvalid } from '../words/findings.js';
import { answerOf, figuresOf, type ObjectiveAnswer } from '../words/objectives.js';

/** `skipped`: undecided, or a miss that was looked for; `error`: what would decide must not be believed. */
export type CaseResult = 'passed' | 'failure' | 'skipped' | 'error';

export interface TestCase {
  /** The same from run to run. */
  readonly name: string;
  /** Whom or what it is about, under the scenario. */
  readonly about: string;
  readonly result: CaseResult;
  /** What was found, in words. */
  readonly message: string;
  /** Of a failure that is no missed objective. */
  readonly type?: string;
}

/** Whether the figures may be believed, then the objective of each executor, then each comparison. */
export function casesOf(result: ScenarioResult): TestCase[] {
  const { executors, comparisons } = result;
  return [
    validityCase(result),
    ...executors.filter(isInvalid).map(leftOutCase),
    ...executors.flatMap(executor => objectiveCases(result, executor)),
    ...comparisons.map(comparison => comparisonCase(result, comparison)),
  ];
}

function validityCase(result: ScenarioResult): TestCase {
  const { validity, findings } = result;
  const isBad = validity === 'INVALID';
  const grave = findings.filter(({ severity }) => severity === 'weak').map(sentenceOf);
  return {
    name: 'the figures may be believed',
    about: 'validity',
    result: isBad ? 'error' : 'passed',
    message: isBad ? `INVALID: ${whyInvalid(result)}` : [validity, ...grave].join('; '),
  };
}

function leftOutCase(executor: ExecutorResult): TestCase {
  const { id } = executor.variant;
  return {
    name: 'its figures may be believed',
    about: id,
    result: 'error',
    message: whyLeftOut(executor),
  };
}

function whyLeftOut({ findings }: ExecutorResult): string {
  const reasons = findings.filter(({ severity }) => severity === 'invalid').map(sentenceOf);
  return ['INVALID', ...reasons].join(': ');
}

const OBJECTIVE_RESULTS: Readonly<Record<ObjectiveAnswer, CaseResult>> = {
  met: 'passed',
  'not met': 'failure',
  'not shown': 'skipped',
  'not known': 'skipped',
};

const UNDECIDED: Readonly<Partial<Record<ObjectiveAnswer, string>>> = {
  'not shown': 'undecided, its interval reaches across: a longer run decides it',
  'not known': 'undecided, too few forks or tasks to say',
};

function objectiveCases(scenario: ScenarioResult, executor: ExecutorResult): TestCase[] {
  return scenario.scenario.slo.map((predicate, at) => {
    const about = { name: formatPredicate(predicate), about: executor.variant.id };
    if (scenario.validity === 'INVALID' || isInvalid(executor)) {
      const message = isInvalid(executor) ? whyLeftOut(executor) : `INVALID: ${whyInvalid(scenario)}`;
      return { ...about, result: 'error', message };
    }
    const answer = answerOf(executor, at);
    const message = `${UNDECIDED[answer] ?? answer}${figuresOf(executor, at)}`;
    // A search that succeeds would look broken.
    if (answer === 'not met' && looksForMiss(scenario.scenario))
      return { ...about, result: 'skipped', message: `a sweep over rates looks for a miss: ${message}` };
    return { ...about, result: OBJECTIVE_RESULTS[answer], message };
  });
}

/** Which of the two is faster is no fault of either: a comparison that has an answer passes. */
function comparisonCase(scenario: ScenarioResult, comparison: Comparison): TestCase {
  const { executor, baseline, of, verdict } = comparison;
  const about = { name: `${of} against ${baseline}`, about: executor };
  if (scenario.validity === 'INVALID')
    return { ...about, result: 'error', message: `INVALID: ${whyInvalid(scenario)}` };
  const pair = findPair([comparison], executor, baseline);
  const figures = pair === null ? '' : `, ${ratioText(pair)} times`;
  const isUndecided = verdict === 'no difference shown' || verdict === 'too few forks to say';
  const isApart = pair?.low != null && pair.high !== null && (pair.low > 1 || pair.high < 1);
  // By itself the interval leaves 1 out, and of so many comparisons one does by chance.
  const among =
    isUndecided && isApart ? `no difference shown among ${scenario.comparisons.length} comparisons` : verdict;
  return {
    ...about,
    result: isUndecided ? 'skipped' : 'passed',
    message: `${isUndecided ? 'undecided, ' : ''}${among}${figures}`,
  };
}
