import { findPair, forksOf, isMeasured, ranking } from '../../report/pairs.js';
import { harmlessData, truncate } from '../../report/text.js';
import type { GroupView, NoteView, Sections } from '../../report/view/types.js';
import { view } from '../../report/view/view.js';
import { LONGEST_NAME, labelOf } from '../../report/words/labels.js';
import type { ExecutorResult, Report, ScenarioResult } from '../../schema/index.js';
import type { MeasureProgress, MeasureResult, Standing } from '../protocol.js';
import { budgetField, inFields } from './fields.js';

/** What a measurement came to, in the words of its report. Pure. */
export function measureResultOf(
  report: Report,
  { sections, ...rest }: Pick<MeasureResult, 'saved' | 'command'> & { readonly sections: Sections },
): MeasureResult {
  const { scenarios } = harmlessData(report);
  return {
    groups: view(report, { sections }).groups.map(group => groupOf(group, scenarios, rest.command)),
    interrupted: report.interrupted,
    ...rest,
  };
}

function groupOf(
  group: GroupView,
  scenarios: readonly ScenarioResult[],
  command: string,
): MeasureResult['groups'][number] {
  const { name, title, headline, validity, why, notes, places } = group;
  // Along an axis there is a standing for each place: the report has them.
  const result = places.length > 0 ? undefined : scenarios.find(({ scenario }) => scenario.name === name);
  return {
    title,
    headline: inFields(headline),
    validity,
    why: why === null ? null : `${inFields(why)}.`,
    notes: notes.map(note => noteText(note, command)),
    standings: result === undefined ? [] : standingsOf(result),
    baseline: result === undefined ? null : labelOfId(result, result.baseline),
  };
}

/** A command that differs from this one in its budget alone is a field of the page; others are for a terminal. */
function noteText({ label, text, words }: NoteView, command: string): string {
  if (words === undefined) return `${label}: ${inFields(text)}`;
  const own = command.split(' ');
  const at = words.indexOf('--budget') + 1;
  const budget = at === 0 ? null : budgetField(words[at]!);
  const isOther = words.some((word, place) => place !== at && word !== '--budget' && !own.includes(word));
  return budget === null || isOther
    ? `in a terminal: ${words.join(' ')}`
    : `${label}: Measure with ${budget}`;
}

/** What is known after a fork. */
export function measureProgressOf(
  result: ScenarioResult,
  place: Pick<MeasureProgress, 'scenarioNumber' | 'ofScenarios'>,
): MeasureProgress {
  const harmless = harmlessData(result);
  return {
    ...place,
    scenario: harmless.scenario.title,
    forks: forksOf(harmless),
    baseline: labelOfId(harmless, harmless.baseline),
    standings: standingsOf(harmless),
  };
}

/** The best first, then who has no figure yet. */
function standingsOf(result: ScenarioResult): Standing[] {
  const ranked = ranking(result);
  const others = result.executors.filter(executor => !ranked.includes(executor));
  return [...ranked, ...others].map(executor => standingOf(executor, result));
}

function standingOf(executor: ExecutorResult, { baseline, comparisons }: ScenarioResult): Standing {
  const { variant, tasksPerSecond } = executor;
  const isBaseline = variant.id === baseline;
  const pair = isBaseline ? null : findPair(comparisons, variant.id, baseline);
  return {
    label: shownLabel(executor),
    name: variant.name,
    tasksPerSecond: tasksPerSecond.median,
    ratio: isBaseline && isMeasured(executor) ? 1 : (pair?.ratio ?? null),
    low: pair?.low ?? null,
    high: pair?.high ?? null,
  };
}

function labelOfId({ executors }: ScenarioResult, id: string): string {
  const found = executors.find(({ variant }) => variant.id === id);
  return found === undefined ? id : shownLabel(found);
}

function shownLabel(executor: ExecutorResult): string {
  return truncate(labelOf(executor), LONGEST_NAME);
}
