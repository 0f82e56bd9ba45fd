import type { ScenarioResult } from '../model.js';
import { descriptionLines, INDENT, indented, type Layout, labelled, noteLines, titleLines } from './block.js';
import { type Conclusion, conclude } from './conclusion.js';
import { costTable, executorTable, ONCE_A_FORK } from './executor-table.js';
import { count, duration } from './format.js';
import { LONGEST_NAME, namedAxis } from './labels.js';
import { notesOf } from './notes.js';
import { variantsChart } from './series.js';
import { truncate } from './text.js';
import { why } from './why.js';

/** One scenario: the verdict, the figures, the reasons, what restricts them. */
export function scenarioBlock(scenario: ScenarioResult, fixed: string, layout: Layout): string[] {
  const { width, paint } = layout;
  const room = width - INDENT.length;
  const conclusion = conclude(scenario);
  const { reasons, notes } = groundsOf(scenario, conclusion);
  return [
    ...titleLines(scenario.title, conclusion.headline, layout),
    ...descriptionLines(describe(scenario, fixed, conclusion), scenario.validity.state, layout),
    ...indented(executorTable(scenario, room, paint)),
    ...(reasons === null ? [] : labelled('why', reasons, width, text => text)),
    ...indented(variantsChart(scenario, room, paint)),
    ...indented(costTable(scenario, room, paint)),
    ...onceAFork(scenario, layout),
    ...notes.flatMap(note => noteLines(note, layout)),
  ];
}

/** Why the verdict is what it is, and what restricts it; what the headline says itself is not said again. */
export function groundsOf(scenario: ScenarioResult, { kind, about }: Conclusion) {
  const notes = notesOf(scenario);
  return kind === 'invalid'
    ? { reasons: null, notes: notes.slice(1) }
    : { reasons: why(scenario, about), notes };
}

function describe(scenario: ScenarioResult, fixed: string, { aside }: Conclusion): string[] {
  const { axis } = scenario;
  const place = axis === null ? '' : namedAxis(axis);
  const parts = [workText(scenario), [fixed, place].filter(Boolean).join(' '), aside];
  return parts.filter(part => part !== null && part !== '') as string[];
}

/** `200 http tasks of 51 ms, 64 in flight, 6 forks`. */
export function workText({ tasks, workload, alone, inFlight, executors }: ScenarioResult): string {
  const of = alone === null ? '' : ` of ${duration(alone.serviceMs)}`;
  const forks = Math.max(0, ...executors.map(executor => executor.forks));
  const name = truncate(workload, LONGEST_NAME);
  const number = tasks === null ? '' : `${count(tasks)} `;
  const work = `${number}${name} ${tasks === 1 ? 'task' : 'tasks'}${of}`;
  return `${work}, ${count(inFlight)} in flight, ${forks} ${forks === 1 ? 'fork' : 'forks'}`;
}

function onceAFork({ executors }: ScenarioResult, { width, paint }: Layout): string[] {
  if (!executors.some(({ coldOnly }) => coldOnly)) return [];
  return labelled(
    `${ONCE_A_FORK} once a fork`,
    'too slow for warm rounds, so its trials are the cold ones',
    width,
    paint.quiet,
  );
}
