import type { ScenarioResult } from '../../schema/index.js';
import { bytes, count, duration } from '../format.js';
import type { Hints } from '../hints/hints.js';
import { forksOf } from '../pairs.js';
import { truncate } from '../text.js';
import { type BrokerPlace, brokerNotes } from '../words/broker-pays.js';
import { type Conclusion, conclude } from '../words/conclusion.js';
import { LONGEST_NAME, listed, namedAxis } from '../words/labels.js';
import { loadOf } from '../words/load.js';
import { coldNotes, settlingNotes } from '../words/marks.js';
import { notesOf } from '../words/notes.js';
import { objectiveNotes } from '../words/objectives.js';
import { rampText } from '../words/ramp-and-tail.js';
import { scalingNotes } from '../words/scaling.js';
import { coldAnswer, setByHand } from '../words/steadiness.js';
import { why } from '../words/why.js';
import { aloneByAlternative, parametersOf, verdictsByAlternative } from './alternatives.js';
import { variantsChart } from './charts.js';
import { costTable, executorTable } from './executor-table.js';
import { latencyTable } from './latency-table.js';
import { noteView } from './notes.js';
import { picturesOf } from './pictures/pictures.js';
import { resultsOf } from './results.js';
import { timelineOf } from './timeline.js';
import type { AttachmentView, GroupView, Sections } from './types.js';

/** What is said of scenarios beside their figures. */
export interface Remarks {
  readonly hints: Hints;
  readonly sections: Sections;
  readonly place: BrokerPlace;
}

const TABLES = { throughput: executorTable, latency: latencyTable };

/** One scenario: the verdict, the figures, the reasons, what restricts them. */
export function scenarioView(result: ScenarioResult, fixed: string, remarks: Remarks): GroupView {
  const { scenario, validity } = result;
  const conclusion = conclude(result);
  const { kind, headline } = conclusion;
  const isInvalid = kind === 'invalid';
  const hints = remarks.hints([result]);
  const { remark, section } = attachmentView(result, remarks.sections);
  const timeline = timelineOf(result);
  const notes = [
    ...coldNotes([result]),
    ...settlingNotes([result]),
    ...objectiveNotes(result),
    ...scalingNotes(result),
    ...brokerNotes(result, remarks.place),
    // What the headline says itself is not said again.
    ...notesOf(result).slice(isInvalid ? 1 : 0),
    ...hints,
  ];
  return {
    name: scenario.name,
    title: scenario.title,
    headline,
    validity,
    description: describe(result, fixed, conclusion, remark),
    parameters: parametersOf(result),
    verdicts: verdictsByAlternative(result),
    table: TABLES[loadOf(scenario).compares](result),
    why: why(result, conclusion)?.join('. ') ?? null,
    chart: variantsChart(result),
    pictures: picturesOf(result),
    sections: section === null ? [] : [{ ...section, place: null }],
    timeline: timeline === null ? null : { ...timeline, place: null },
    results: resultsOf(result),
    isRecordedForPages: scenario.recorded !== undefined,
    cost: costTable(result),
    notes: notes.map(noteView),
    places: [],
  };
}

function attachmentView(result: ScenarioResult, sections: Sections): AttachmentView {
  const { attachment } = result.scenario;
  if (attachment === null || !Object.hasOwn(sections, attachment.kind))
    return { remark: null, section: null };
  return sections[attachment.kind]!(attachment.data, result);
}

function describe(
  result: ScenarioResult,
  fixed: string,
  { aside, about }: Conclusion,
  remark: string | null,
): string[] {
  const { axis, payloadBytes } = result.scenario;
  const parts = [
    workText(result),
    ...rampText(result),
    [fixed, axis === null ? '' : namedAxis(axis)].filter(Boolean).join(' '),
    aloneByAlternative(result) ?? '',
    aside ?? '',
    coldAnswer(result, about) ?? '',
    axis === null ? (setByHand([result]) ?? '') : '',
    remark ?? '',
    payloadBytes === 0 || axis?.name === 'payload' ? '' : `${bytes(payloadBytes)} in and out`,
  ];
  return parts.filter(part => part !== '');
}

/** `200 http tasks of 51 ms, 64 in flight, 6 forks`. */
export function workText(result: ScenarioResult): string {
  const { scenario, alone, executors } = result;
  const of = alone === null ? '' : ` of ${duration(alone.serviceMs)}`;
  const forks = forksOf(result);
  const names = executors.map(({ variant }) => (variant.workload ?? scenario.workload).name);
  const name = names.length === 0 ? scenario.workload.name : listed([...new Set(names)]);
  const work = loadOf(scenario).workText(truncate(name, LONGEST_NAME), of);
  return `${work}, ${count(scenario.inFlight)} in flight, ${forks} ${forks === 1 ? 'fork' : 'forks'}`;
}
