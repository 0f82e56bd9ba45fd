import type { ExecutorResult, Report, ScenarioResult } from '../../schema/index.js';
import { count, duration } from '../format.js';
import { truncate } from '../text.js';
import {
  answerAt,
  answerOf,
  capacitiesOf,
  confirmationsOf,
  rateHeadline,
  ratePerSecond,
} from '../words/capacity.js';
import { LONGEST_NAME, nameOf, rateText } from '../words/labels.js';
import type { Note } from '../words/notes.js';
import { setByHand } from '../words/steadiness.js';
import { noteSummary } from '../words/sweep-notes.js';
import { rateChart } from './charts.js';
import type { Sweep } from './groups.js';
import { latencyColumns } from './latency-table.js';
import type { Remarks } from './scenario.js';
import { alongAxis, forksText } from './sweep.js';
import { EXECUTOR_ROWS, left, NEVER_DROPPED, right, tableOf } from './table.js';
import type { GroupView, TableView } from './types.js';

/** A scenario at several rates: up to which each executor keeps its promise, and its latencies on the way there. */
export function rateSweepView({ scenarios, fixed }: Sweep, report: Report, remarks: Remarks): GroupView {
  const confirmations = confirmationsOf(scenarios[0]!, report);
  const capacities = capacitiesOf(scenarios[0]!, report);
  const notes = [...confirmations.map(confirmationNote), ...noteSummary(scenarios)];
  return {
    ...alongAxis(scenarios, notes, remarks),
    headline: rateHeadline(scenarios, capacities, confirmations),
    description: describe(scenarios, fixed),
    table: rateTable(scenarios, confirmations),
    chart: rateChart(scenarios),
  };
}

function describe(scenarios: readonly ScenarioResult[], fixed: string): string[] {
  const [first, last] = [scenarios[0]!, scenarios.at(-1)!];
  const of = first.alone === null ? '' : ` of ${duration(first.alone.serviceMs)}`;
  const { workload, inFlight } = first.scenario;
  const tasks = `${truncate(workload.name, LONGEST_NAME)} tasks${of}`;
  const rates = `${rateText(ratePerSecond(first))} to ${rateText(ratePerSecond(last))}`;
  const what = `${tasks}, ${rates}, ${count(inFlight)} in flight, ${forksText(scenarios)}`;
  return [what, fixed, 'latency since due', setByHand(scenarios) ?? ''].filter(Boolean);
}

function rateTable(
  scenarios: readonly ScenarioResult[],
  confirmations: readonly ScenarioResult[],
): TableView {
  const resultOf = new Map(
    scenarios.flatMap(result => result.executors.map(executor => [executor, result] as const)),
  );
  // Once for all executors at that rate.
  const rates = right('rate', NEVER_DROPPED, (executor: ExecutorResult) => {
    const result = resultOf.get(executor)!;
    return executor === result.executors[0] ? rateText(ratePerSecond(result)) : '';
  });
  const rate = { ...rates, isSaidOnce: true };
  const objective = left('objective', 8.5, (executor: ExecutorResult) =>
    answerAt(resultOf.get(executor)!, executor, confirmations),
  );
  const hasObjective = scenarios.some(({ scenario: { slo } }) => slo.length > 0);
  const rows = [...resultOf.keys()];
  const columns = [rate, ...latencyColumns(rows), ...(hasObjective ? [objective] : [])];
  return tableOf(columns, rows, EXECUTOR_ROWS);
}

function confirmationNote(result: ScenarioResult): Note {
  const said = result.executors.map(executor => {
    const finding = executor.slo.find(({ bound }) => bound !== null);
    const figures =
      finding === undefined ? '' : ` ${duration(finding.value)}, at most ${duration(finding.bound)}`;
    return `${nameOf(executor)}${figures} (${answerOf(result, executor)})`;
  });
  return {
    label: 'fresh forks',
    text: `at ${rateText(ratePerSecond(result))} once more: ${said.join(', ')}`,
  };
}
