import { findPair, forksOf, isMeasured, ranking } from '../../report/pairs.js';
import { harmlessData, truncate } from '../../report/text.js';
import type { GroupView, NoteView, Sections } from '../../report/view/types.js';
import { view } from '../../report/view/view.js';
import { LONGEST_NAME, labelOf } from '../../report/words/labels.js';
import type { ExecutorResult, Report, ScenarioResult } from '../../schema/index.js';
import type { MeasureProgress, MeasureResult, Standing } from '../protocol.js';

/** What a measurement came to, in the words of its report. Pure. */
export function measureResultOf(
  report: Report,
  { sections, ...rest }: Pick<MeasureResult, 'saved' | 'command'> & { readonly sections: Sections },
): MeasureResult {
  const { scenarios } = harmlessData(report);
  return {
    groups: view(report, { sections }).groups.map(group => groupOf(group, scenarios)),
    interrupted: report.interrupted,
    ...rest,
  };
}

function groupOf(group: GroupView, scenarios: readonly ScenarioResult[]): MeasureResult['groups'][number] {
  const { name, title, headline, validity, why, notes, places } = group;
  // Along an axis there is a standing for each place: the report has them.
  const result = places.length > 0 ? undefined : scenarios.find(({ scenario }) => scenario.name === name);
  return {
    title,
    headline,
    validity,
    why: why === null ? null : `${why}.`,
    notes: notes.map(noteText),
    standings: result === undefined ? [] : standingsOf(result),
    baseline: result === undefined ? null : labelOfId(result, result.baseline),
  };
}

function noteText({ label, text, words }: NoteView): string {
  return `${label}: ${words?.join(' ') ?? text}`;
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
