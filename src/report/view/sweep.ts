import type { ExecutorResult, ScenarioResult } from '../../schema/index.js';
import { count, NONE } from '../format.js';
import { isPool, ratioText } from '../pairs.js';
import { truncate, widthOf } from '../text.js';
import { alternativesAlong } from '../words/alternatives.js';
import { brokerNotesAlong } from '../words/broker-pays.js';
import {
  axisLabel,
  axisPhrase,
  axisValue,
  LONGEST_NAME,
  labelOf,
  namedAxis,
  rateText,
} from '../words/labels.js';
import { loadOf } from '../words/load.js';
import { coldNotes, markIfCold } from '../words/marks.js';
import type { Note } from '../words/notes.js';
import { setByHand } from '../words/steadiness.js';
import { type SweepPoint, sweepHeadline, sweepPoints } from '../words/sweep-conclusion.js';
import { noteSummary, worstState } from '../words/sweep-notes.js';
import { natureText } from '../words/task-nature.js';
import { hasAlternatives, verdictsAlong } from './alternatives.js';
import { sweepChart } from './charts.js';
import { figureOf } from './figure.js';
import type { PlaceResult, Sweep } from './groups.js';
import { noteView } from './notes.js';
import { type Remarks, scenarioView } from './scenario.js';
import { type Column, left, NEVER_DROPPED, right, tableOf } from './table.js';
import type { GroupView, TableView } from './types.js';

/** Scenarios along an axis: where threads pay, and the figures at each place. */
export function sweepView({ scenarios, axis, fixed }: Sweep, remarks: Remarks): GroupView {
  const isCompared = hasAlternatives(scenarios[0]!);
  const notes = [
    ...coldNotes(scenarios),
    ...brokerNotesAlong(scenarios, remarks.place),
    ...noteSummary(scenarios),
  ];
  const along = alongAxis(scenarios, notes, remarks);
  const said = along.places.map((view, at) => ({ ...view, place: placeOf(scenarios[at]!) }));
  // Of all places the last: there is most to see.
  const { timeline, place, isRecordedForPages } = said.findLast(one => one.timeline !== null) ?? said.at(-1)!;
  return {
    ...along,
    headline: isCompared ? alternativesAlong(scenarios) : sweepHeadline(scenarios),
    verdicts: isCompared ? verdictsAlong(scenarios) : [],
    description: describe(scenarios, axis, fixed),
    table: sweepTable(scenarios, axis),
    why: natureAlong(scenarios),
    chart: sweepChart(scenarios),
    sections: said.flatMap(({ sections, place }) => sections.map(section => ({ ...section, place }))),
    timeline: timeline === null ? null : { ...timeline, place },
    isRecordedForPages,
  };
}

const placeOf = ({ scenario: { axis } }: PlaceResult) => namedAxis(axis);

/** What every group of places has; of what a group of one kind alone has, that there is nothing. */
export function alongAxis(scenarios: readonly PlaceResult[], notes: readonly Note[], remarks: Remarks) {
  const { name, title } = scenarios[0]!.scenario;
  const ownHints = { ...remarks, hints: () => [] };
  return {
    name,
    title,
    validity: worstState(scenarios),
    parameters: [],
    verdicts: [],
    why: null,
    pictures: null,
    sections: [],
    timeline: null,
    results: null,
    isRecordedForPages: false,
    cost: null,
    notes: [...notes, ...remarks.hints(scenarios)].map(noteView),
    places: scenarios.map(result => ({
      ...scenarioView(result, '', ownHints),
      title: axisPhrase(result.scenario.axis),
    })),
  } satisfies Partial<GroupView>;
}

function describe(scenarios: readonly PlaceResult[], axis: string, fixed: string): string[] {
  const { scenario } = scenarios[0]!;
  const { batchTasks, perSecond } = loadOf(scenario);
  const inFlight = rangeText(scenarios.map(one => one.scenario.inFlight));
  const many = axis === 'tasks' || batchTasks === null ? '' : `${count(batchTasks)} `;
  const rate = perSecond === null ? '' : `, ${rateText(perSecond)}`;
  const work = `${many}${truncate(scenario.workload.name, LONGEST_NAME)} tasks${rate}`;
  const [from, to] = [scenarios[0]!, scenarios.at(-1)!].map(placeOf);
  const along = `${from} to ${to!.slice(axisLabel(axis).length + 1)}`;
  const what = `${work}, ${inFlight} in flight, ${forksText(scenarios)}`;
  return [what, fixed, along, figureOf(scenarios).note ?? '', setByHand(scenarios) ?? ''].filter(Boolean);
}

/** `6 forks each`, `3 to 6 forks each`. */
export function forksText(scenarios: readonly ScenarioResult[]): string {
  const forks = scenarios.flatMap(({ executors }) => executors.map(executor => executor.forks));
  return `${rangeText(forks)} ${Math.max(...forks) === 1 ? 'fork' : 'forks'} each`;
}

/** `64`, `16 to 64`. */
function rangeText(numbers: readonly number[]): string {
  const [least, most] = [Math.min(...numbers), Math.max(...numbers)];
  return least === most ? count(most) : `${count(least)} to ${count(most)}`;
}

function sweepTable(scenarios: readonly ScenarioResult[], axis: string): TableView {
  const points = sweepPoints(scenarios);
  const ratio: Column<SweepPoint> = {
    ...left(`${poolsOf(scenarios)} ÷ loop`, 100, ({ pair }) => (pair === null ? NONE : ratioText(pair))),
    tone: ({ pair }) => (pair?.significant === true ? 'strong' : null),
  };
  const state: Column<SweepPoint> = {
    ...left('validity', 90, ({ result }) => result.validity),
    tone: ({ result }) => result.validity,
  };
  const isCompared = points.some(({ pair }) => pair !== null);
  const columns = [
    right(axisLabel(axis), NEVER_DROPPED, (point: SweepPoint) => axisValue(point.axis)),
    ...executorColumns(scenarios),
    ...(isCompared ? [ratio] : []),
    state,
  ];
  return tableOf(columns, points);
}

/** A column for each executor, of the figure that they are compared by; the worst goes first when there is no room. */
function executorColumns(scenarios: readonly ScenarioResult[]): Column<SweepPoint>[] {
  const figure = figureOf(scenarios);
  const labels = [...new Set(scenarios.flatMap(({ executors }) => executors.map(labelOf)))];
  const find = ({ executors }: ScenarioResult, label: string) =>
    executors.find(one => labelOf(one) === label);
  const merit = (executor: ExecutorResult | undefined) => {
    const value = executor === undefined ? null : figure.of(executor);
    if (value === null) return 0;
    return figure.lessIsBetter ? 1 / value : value;
  };
  return labels.map(label => {
    const shares = scenarios.map(result => {
      const best = Math.max(1e-12, ...result.executors.map(merit));
      return merit(find(result, label)) / best;
    });
    return right(headingOf(label), Math.max(...shares), ({ result }) => {
      const executor = find(result, label);
      return executor === undefined ? NONE : markIfCold(executor.coldOnly, figure.text(executor));
    });
  });
}

const LONGEST_HEADING = 16;

/** `queue ×2` above `payloadBy=clone`: what tells variants apart is long, and its column narrow. */
function headingOf(label: string): string {
  const [name = '', ...rest] = label.split(' ');
  if (widthOf(label) <= LONGEST_HEADING || rest.length === 0) return label;
  const threads = rest.filter(word => word.startsWith('×'));
  const options = rest.filter(word => !word.startsWith('×'));
  return [[name, ...threads].join(' '), options.join(' ')].filter(line => line !== '').join('\n');
}

/** `processes` where all pools are, else `threads`. */
function poolsOf(scenarios: readonly ScenarioResult[]): string {
  const pools = scenarios.flatMap(({ executors }) => executors.filter(isPool));
  return pools.length > 0 && pools.every(({ variant }) => !variant.capabilities.sharesMemory)
    ? 'processes'
    : 'threads';
}

/** What a task does at the two ends. */
function natureAlong(scenarios: readonly PlaceResult[]): string | null {
  const [first, second] = [scenarios[0]!, scenarios.at(-1)!].flatMap(result => {
    const nature = natureText(result);
    return nature === null ? [] : [`${nature} at ${placeOf(result)}`];
  });
  if (first === undefined) return null;
  // `is` stands once: `is 99 % waiting at …, 60 % computing at …`.
  const other = first.startsWith('is ') ? second?.replace(/^is /, '') : second;
  return `A task ${other === undefined ? first : `${first}, ${other}`}`;
}
