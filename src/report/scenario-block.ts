import type { ScenarioResult } from '../model.js';
import { descriptionLines, INDENT, indented, labelled, type Layout, noteLines, titleLines } from './block.js';
import { type Conclusion, conclude } from './conclusion.js';
import { costTable, executorTable, ONCE_A_FORK } from './executor-table.js';
import { count, duration } from './format.js';
import { axisLabel, axisValue } from './labels.js';
import { notesOf } from './notes.js';
import { variantsChart } from './series.js';
import { why } from './why.js';

/** One scenario: the verdict, the figures, the reasons, what restricts them. */
export function scenarioBlock(scenario: ScenarioResult, fixed: string, layout: Layout): string[] {
  const { width, paint } = layout;
  const room = width - INDENT.length;
  const conclusion = conclude(scenario);
  const reasons = why(scenario, conclusion.about);
  return [
    ...titleLines(scenario.title, conclusion.headline, layout),
    ...descriptionLines(describe(scenario, fixed, conclusion), scenario.validity.state, layout),
    ...indented(executorTable(scenario, room, paint)),
    ...(reasons === null ? [] : labelled('why', reasons, width, text => text)),
    ...indented(variantsChart(scenario, room, paint)),
    ...indented(costTable(scenario, room, paint)),
    ...onceAFork(scenario, layout),
    ...notesOf(scenario).flatMap(note => noteLines(note, layout)),
  ];
}

function describe(scenario: ScenarioResult, fixed: string, { aside }: Conclusion): string {
  const { axis } = scenario;
  const place = axis === null ? '' : `${axisLabel(axis.name)} ${axisValue(axis)}`;
  return [workText(scenario), [fixed, place].filter(Boolean).join(' '), aside].filter(Boolean).join(' · ');
}

/** `200 http tasks of 51 ms, 64 in flight, 6 forks`. */
export function workText({ tasks, workload, alone, inFlight, executors }: ScenarioResult): string {
  const of = alone === null ? '' : ` of ${duration(alone.serviceMs)}`;
  const forks = Math.max(0, ...executors.map(executor => executor.forks));
  const work = `${count(tasks)} ${workload} ${tasks === 1 ? 'task' : 'tasks'}${of}`;
  return `${work}, ${count(inFlight)} in flight, ${forks} ${forks === 1 ? 'fork' : 'forks'}`;
}

function onceAFork({ executors }: ScenarioResult, { width, paint }: Layout): string[] {
  if (!executors.some(({ coldOnly }) => coldOnly)) return [];
  return labelled(ONCE_A_FORK, 'once a fork, cold: too slow for warm rounds in the budget', width, paint.quiet);
}
