import type { ExecutorResult, ScenarioResult } from '../../schema/index.js';
import { articleLines } from '../article-lines.js';
import { count, NONE } from '../format.js';
import type { Hints } from '../hints/hints.js';
import { ratioText } from '../pairs.js';
import {
  descriptionLines,
  INDENT,
  indented,
  type Layout,
  labelled,
  noteLines,
  titleLines,
} from '../terminal/layout.js';
import { type Column, renderTable } from '../terminal/table.js';
import { timelineLines } from '../terminal/timeline.js';
import { truncate, widthOf } from '../text.js';
import { axisLabel, axisValue, LONGEST_NAME, labelOf, namedAxis, rateText } from '../words/labels.js';
import { coldNotes, markIfCold } from '../words/marks.js';
import { concludeSweep, type SweepPoint, sweepPoints } from '../words/sweep-conclusion.js';
import { noteSummary, worstState } from '../words/sweep-notes.js';
import { natureText } from '../words/task-nature.js';
import { sweepChart } from './charts.js';
import { figureOf } from './figure.js';

/** Scenarios along an axis: where threads pay, and the figures at each place. */
export function sweepBlock(
  scenarios: readonly ScenarioResult[],
  axis: string,
  fixed: string,
  layout: Layout,
  hints: Hints,
): string[] {
  const { width, paint } = layout;
  const room = width - INDENT.length;
  const reasons = natureAlong(scenarios);
  return [
    ...titleLines(scenarios[0]!.scenario.title, concludeSweep(scenarios).headline, layout),
    ...descriptionLines(describe(scenarios, axis, fixed), worstState(scenarios), layout),
    ...indented(sweepTable(scenarios, axis, room, layout)),
    ...(reasons === null ? [] : labelled('why', reasons, width, text => text)),
    ...indented(sweepChart(scenarios, room, paint)),
    ...articleOnTheWay(scenarios, layout),
    ...timelineAtTheEnd(scenarios, layout),
    ...[...coldNotes(scenarios), ...noteSummary(scenarios), ...hints(scenarios)].flatMap(note =>
      noteLines(note, layout),
    ),
  ];
}

/** At the places that an article has figures of. */
function articleOnTheWay(scenarios: readonly ScenarioResult[], layout: Layout): string[] {
  return scenarios.flatMap(result => {
    const lines = articleLines(result, layout);
    if (lines.length === 0 || result.scenario.axis === null) return lines;
    return [...indented([layout.paint.quiet(`at ${namedAxis(result.scenario.axis)}:`)]), ...lines];
  });
}

/** Of all places the last: there is most to see. */
function timelineAtTheEnd(scenarios: readonly ScenarioResult[], { width, paint }: Layout): string[] {
  const last = scenarios.at(-1)!;
  const lines = timelineLines(last, width - INDENT.length, paint);
  const place = last.scenario.axis === null ? '' : `at ${namedAxis(last.scenario.axis)}:`;
  return lines.length === 0 ? [] : indented([paint.quiet(place), ...lines]);
}

function describe(scenarios: readonly ScenarioResult[], axis: string, fixed: string): string[] {
  const {
    scenario: { tasks, load },
  } = scenarios[0]!;
  const limits = scenarios.map(({ scenario: { inFlight } }) => inFlight);
  const [least, greatest] = [Math.min(...limits), Math.max(...limits)];
  const inFlight = least === greatest ? count(least) : `${count(least)} to ${count(greatest)}`;
  const workload = truncate(scenarios[0]!.scenario.workload.name, LONGEST_NAME);
  const forks = scenarios.flatMap(({ executors }) => executors.map(executor => executor.forks));
  const [fewest, most] = [Math.min(...forks), Math.max(...forks)];
  const rate = load.kind === 'rate' ? `, ${rateText(load.perSecond)}` : '';
  const many = axis === 'tasks' || tasks === null || rate !== '' ? '' : `${count(tasks)} `;
  const work = `${many}${workload} tasks${rate}`;
  const ends = [scenarios[0]!, scenarios.at(-1)!].map(one => one.scenario.axis);
  const [from, to] = ends.map(point => (point === null ? '' : namedAxis(point)));
  const along = `${from} to ${to!.slice(axisLabel(axis).length + 1)}`;
  const forkText = fewest === most ? String(most) : `${fewest} to ${most}`;
  const what = `${work}, ${inFlight} in flight, ${forkText} ${most === 1 ? 'fork' : 'forks'} each`;
  return [what, fixed, along, figureOf(scenarios).note ?? ''].filter(Boolean);
}

function sweepTable(
  scenarios: readonly ScenarioResult[],
  axis: string,
  width: number,
  { paint }: Layout,
): string[] {
  const points = sweepPoints(scenarios);
  const place: Column<SweepPoint> = {
    heading: axisLabel(axis),
    align: 'right',
    cell: point => axisValue(point.axis),
    importance: Number.POSITIVE_INFINITY,
  };
  const ratio: Column<SweepPoint> = {
    heading: `${poolsOf(scenarios)} ÷ loop`,
    align: 'left',
    cell: ({ pair }) => (pair === null ? NONE : ratioText(pair)),
    paint: (text, { pair }) => (pair?.significant === true ? paint.strong(text) : text),
    importance: 100,
  };
  const state: Column<SweepPoint> = {
    heading: 'validity',
    align: 'left',
    cell: ({ result }) => result.validity,
    paint: (text, { result }) => paint.state[result.validity](text),
    importance: 90,
  };
  const compared = points.some(({ pair }) => pair !== null);
  const columns = [place, ...executorColumns(scenarios), ...(compared ? [ratio] : []), state];
  return renderTable(columns, points, width, paint.quiet);
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
  return labels.map(label => ({
    heading: headingOf(label),
    align: 'right',
    cell: ({ result }) => {
      const executor = find(result, label);
      return executor === undefined ? NONE : markIfCold(executor.coldOnly, figure.text(executor));
    },
    importance: Math.max(
      ...scenarios.map(result => {
        const best = Math.max(1e-12, ...result.executors.map(merit));
        return merit(find(result, label)) / best;
      }),
    ),
  }));
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
  const pools = scenarios.flatMap(({ executors }) =>
    executors.filter(({ variant }) => variant.capabilities.workers),
  );
  return pools.length > 0 && pools.every(({ variant }) => !variant.capabilities.sharesMemory)
    ? 'processes'
    : 'threads';
}

/** What a task does at the two ends. */
function natureAlong(scenarios: readonly ScenarioResult[]): string | null {
  const parts = [scenarios[0]!, scenarios.at(-1)!].flatMap(result => {
    const nature = natureText(result);
    return nature === null || result.scenario.axis === null
      ? []
      : [`${nature} at ${namedAxis(result.scenario.axis)}`];
  });
  const [first, second] = parts;
  if (first === undefined) return null;
  // `is` stands once: `is 99 % waiting at …, 60 % computing at …`.
  const other = first.startsWith('is ') ? second?.replace(/^is /, '') : second;
  return `A task ${other === undefined ? first : `${first}, ${other}`}`;
}
