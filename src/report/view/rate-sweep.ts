import { formatPredicate, isLatency } from '../../predicate.js';
import type { Capacity, ScenarioResult } from '../../schema/index.js';
import { duration } from '../format.js';
import type { Hints } from '../hints/hints.js';
import {
  descriptionLines,
  INDENT,
  indented,
  type Layout,
  noteLines,
  titleLines,
} from '../terminal/layout.js';
import { type Column, renderTable } from '../terminal/table.js';
import { truncate } from '../text.js';
import { answerAt, answerOf, rateHeadline, ratePerSecond } from '../words/capacity.js';
import { type ExecutorFamily, familyOf, LONGEST_NAME, labelOf, nameOf, rateText } from '../words/labels.js';
import type { Note } from '../words/notes.js';
import { noteSummary, worstState } from '../words/sweep-notes.js';
import { drawLines, type Line } from './charts.js';
import { figureOf } from './figure.js';
import { type LatencyRow, latencyColumns } from './latency-table.js';

/** A scenario at several rates: up to which each executor keeps its promise, and its latencies on the way there. */
export function rateSweepBlock(
  { scenarios, fixed }: { readonly scenarios: readonly ScenarioResult[]; readonly fixed: string },
  capacities: readonly Capacity[],
  confirmations: readonly ScenarioResult[],
  layout: Layout,
  hints: Hints,
): string[] {
  const room = layout.width - INDENT.length;
  const notes = [...confirmations.flatMap(confirmationNotes), ...noteSummary(scenarios), ...hints(scenarios)];
  return [
    ...titleLines(scenarios[0]!.scenario.title, rateHeadline(scenarios, capacities, confirmations), layout),
    ...descriptionLines(describe(scenarios, fixed), worstState(scenarios), layout),
    ...indented(rateTable(scenarios, confirmations, room, layout)),
    ...indented(rateChart(scenarios, room, layout)),
    ...notes.flatMap(note => noteLines(note, layout)),
  ];
}

function describe(scenarios: readonly ScenarioResult[], fixed: string): string[] {
  const [first, last] = [scenarios[0]!, scenarios.at(-1)!];
  const forks = scenarios.flatMap(({ executors }) => executors.map(executor => executor.forks));
  const [fewest, most] = [Math.min(...forks), Math.max(...forks)];
  const of = first.alone === null ? '' : ` of ${duration(first.alone.serviceMs)}`;
  const work = `${truncate(first.scenario.workload.name, LONGEST_NAME)} tasks${of}, ${rateText(ratePerSecond(first))} to ${rateText(ratePerSecond(last))}`;
  const forkText = fewest === most ? String(most) : `${fewest} to ${most}`;
  return [
    `${work}, ${first.scenario.inFlight} in flight, ${forkText} forks each`,
    fixed,
    'latency since due',
  ].filter(Boolean);
}

function rateTable(
  scenarios: readonly ScenarioResult[],
  confirmations: readonly ScenarioResult[],
  width: number,
  { paint }: Layout,
): string[] {
  const rows: LatencyRow[] = scenarios.flatMap(result =>
    result.executors.map(executor => ({ result, executor })),
  );
  const rate: Column<LatencyRow> = {
    heading: 'rate',
    align: 'right',
    // Once for all executors at that rate.
    cell: ({ result, executor }) => (executor === result.executors[0] ? rateText(ratePerSecond(result)) : ''),
    importance: Number.POSITIVE_INFINITY,
  };
  const label: Column<LatencyRow> = {
    heading: 'executor',
    align: 'left',
    cell: ({ executor }) => truncate(labelOf(executor), LONGEST_NAME),
    paint: (text, { executor }) => paint.family[familyOf(executor.variant)](text),
    importance: Number.POSITIVE_INFINITY,
  };
  const columns = [rate, label, ...latencyColumns(paint, rows)];
  const objective: Column<LatencyRow> = {
    heading: 'objective',
    align: 'left',
    cell: ({ result, executor }) => answerAt(result, executor, confirmations),
    importance: 8.5,
  };
  const hasObjective = scenarios.some(({ scenario: { slo } }) => slo.length > 0);
  return renderTable(hasObjective ? [...columns, objective] : columns, rows, width, paint.quiet);
}

/** Latency against rate, of those that keep up; the objective as a level line. */
function rateChart(scenarios: readonly ScenarioResult[], width: number, { paint }: Layout): string[] {
  const figure = figureOf(scenarios);
  const lines = new Map<string, { family: ExecutorFamily; points: { x: number; y: number }[] }>();
  for (const result of scenarios) {
    for (const executor of result.executors) {
      const latencyMs = figure.of(executor);
      if (latencyMs === null) continue;
      const line = lines.get(labelOf(executor)) ?? { family: familyOf(executor.variant), points: [] };
      line.points.push({ x: ratePerSecond(result), y: latencyMs });
      lines.set(labelOf(executor), line);
    }
  }
  const limit = scenarios[0]!.scenario.slo.find(
    ({ metric }) => isLatency(metric) && figure.title.startsWith(`${metric} `),
  );
  const limitLine: Line[] =
    limit === undefined
      ? []
      : [
          {
            label: formatPredicate(limit),
            family: null,
            points: [{ x: ratePerSecond(scenarios[0]!), y: limit.value }],
          },
        ];
  return drawLines({
    // A lone point is a point, not a level line: it is given twice.
    lines: [
      ...[...lines].map(([label, { family, points }]) => ({
        label,
        family,
        points: [...points, points.at(-1)!],
      })),
      ...limitLine,
    ],
    xTicks: scenarios.map(result => ({
      x: ratePerSecond(result),
      label: rateText(ratePerSecond(result)),
    })),
    title: `${figure.title} by rate`,
    yMarks: limit === undefined ? [] : [limit.value],
    width,
    paint,
    lessIsBetter: figure.lessIsBetter,
    logarithmic: true,
  });
}

function confirmationNotes(result: ScenarioResult): Note[] {
  const told = result.executors.map(executor => {
    const finding = executor.slo.find(({ bound }) => bound !== null);
    const figures =
      finding === undefined ? '' : ` ${duration(finding.value)}, at most ${duration(finding.bound)}`;
    return `${nameOf(executor)}${figures} (${answerOf(result, executor)})`;
  });
  return [
    { label: 'fresh forks', text: `at ${rateText(ratePerSecond(result))} once more: ${told.join(', ')}` },
  ];
}
