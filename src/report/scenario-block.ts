import type { RateLoad, ScenarioResult } from '../schema/index.js';
import { articleLines } from './article-lines.js';
import { descriptionLines, INDENT, indented, type Layout, labelled, noteLines, titleLines } from './block.js';
import { coldNotes } from './cold.js';
import { type Conclusion, conclude } from './conclusion.js';
import { costTable, executorTable } from './executor-table.js';
import { bytes, count, duration, exactNumber } from './format.js';
import type { Hints } from './hints.js';
import { LONGEST_NAME, namedAxis, rateText } from './labels.js';
import { latencyTable, objectiveNotes } from './latency-table.js';
import { notesOf } from './notes.js';
import { rampText } from './ramp.js';
import { variantsChart } from './series.js';
import { settlingNotes } from './settling.js';
import { coldAnswer } from './steady-words.js';
import { truncate } from './text.js';
import { timelineLines } from './timeline.js';
import { traceTable } from './trace-table.js';
import { why } from './why.js';

/** One scenario: the verdict, the figures, the reasons, what restricts them. */
export function scenarioBlock(
  scenario: ScenarioResult,
  fixed: string,
  layout: Layout,
  hints: Hints,
): string[] {
  const { width, paint } = layout;
  const room = width - INDENT.length;
  const conclusion = conclude(scenario);
  const { reasons, notes } = groundsOf(scenario, conclusion, hints);
  return [
    ...titleLines(scenario.title, conclusion.headline, layout),
    ...descriptionLines(describe(scenario, fixed, conclusion), scenario.validity, layout),
    ...indented(
      scenario.load.kind === 'rate'
        ? latencyTable(scenario, room, paint)
        : executorTable(scenario, room, paint),
    ),
    ...(reasons === null ? [] : labelled('why', reasons, width, text => text)),
    ...indented(variantsChart(scenario, room, paint)),
    ...articleLines(scenario, layout),
    ...indented(timelineLines(scenario, room, paint)),
    ...indented(traceTable(scenario, room, paint)),
    ...indented(costTable(scenario, room, paint)),
    ...notes.flatMap(note => noteLines(note, layout)),
  ];
}

/** Why the verdict is what it is, and what restricts it; what the headline says itself is not said again. */
export function groundsOf(scenario: ScenarioResult, { kind, about }: Conclusion, hints: Hints) {
  const invalid = kind === 'invalid';
  // What a task allows is known of warm code: beside cold figures it would be exceeded.
  const isExplained = !invalid && kind !== 'not warm';
  return {
    reasons: isExplained ? why(scenario, about) : null,
    notes: [
      ...coldNotes([scenario]),
      ...settlingNotes([scenario]),
      ...objectiveNotes(scenario),
      ...notesOf(scenario).slice(invalid ? 1 : 0),
      ...hints([scenario]),
    ],
  };
}

function describe(scenario: ScenarioResult, fixed: string, { aside, about }: Conclusion): string[] {
  const { axis } = scenario;
  const place = axis === null ? '' : namedAxis(axis);
  const withPayload = axis?.name === 'payload' ? [] : payloadText(scenario);
  const where = [fixed, place].filter(Boolean).join(' ');
  const parts = [
    workText(scenario),
    ...rampText(scenario),
    where,
    aside ?? '',
    coldAnswer(scenario, about) ?? '',
    ...scaleText(scenario),
    ...withPayload,
  ];
  return parts.filter(part => part !== '');
}

export function scaleText({ timeScale }: ScenarioResult): string[] {
  return timeScale === 1 ? [] : [`waits × ${exactNumber(timeScale)}`];
}

export function payloadText({ payloadBytes }: ScenarioResult): string[] {
  return payloadBytes === 0 ? [] : [`${bytes(payloadBytes)} in and out`];
}

/** `200 http tasks of 51 ms, 64 in flight, 6 forks`; by rate `500/s for 1.0 s, http tasks of 51 ms, …`. */
export function workText({ tasks, workload, load, alone, inFlight, executors }: ScenarioResult): string {
  const of = alone === null ? '' : ` of ${duration(alone.serviceMs)}`;
  const forks = Math.max(0, ...executors.map(executor => executor.forks));
  const name = truncate(workload, LONGEST_NAME);
  const work = {
    batch: `${count(tasks ?? 0)} ${name} ${tasks === 1 ? 'task' : 'tasks'}${of}`,
    duration: `${name} tasks${of} for ${load.kind === 'duration' ? duration(load.durationMs) : ''}`,
    rate: load.kind === 'rate' ? `${arrivalsText(load, tasks)}, ${name} tasks${of}` : '',
  }[load.kind];
  return `${work}, ${count(inFlight)} in flight, ${forks} ${forks === 1 ? 'fork' : 'forks'}`;
}

/** `500/s for 1.0 s`, `500/s (Poisson) for 2.0 s`. */
function arrivalsText({ perSecond, arrivals }: RateLoad, tasks: number | null): string {
  const how = arrivals === 'poisson' ? ' (Poisson)' : '';
  return `${rateText(perSecond)}${how} for ${duration(((tasks ?? 0) / perSecond) * 1_000)}`;
}
