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
export function scenarioBlock(result: ScenarioResult, fixed: string, layout: Layout, hints: Hints): string[] {
  const { width, paint } = layout;
  const room = width - INDENT.length;
  const conclusion = conclude(result);
  const { reasons, notes } = groundsOf(result, conclusion, hints);
  return [
    ...titleLines(result.scenario.title, conclusion.headline, layout),
    ...descriptionLines(describe(result, fixed, conclusion), result.validity, layout),
    ...indented(
      result.scenario.load.kind === 'rate'
        ? latencyTable(result, room, paint)
        : executorTable(result, room, paint),
    ),
    ...(reasons === null ? [] : labelled('why', reasons, width, text => text)),
    ...indented(variantsChart(result, room, paint)),
    ...articleLines(result, layout),
    ...indented(timelineLines(result, room, paint)),
    ...indented(traceTable(result, room, paint)),
    ...indented(costTable(result, room, paint)),
    ...notes.flatMap(note => noteLines(note, layout)),
  ];
}

/** Why the verdict is what it is, and what restricts it; what the headline says itself is not said again. */
export function groundsOf(result: ScenarioResult, conclusion: Conclusion, hints: Hints) {
  return {
    reasons: why(result, conclusion)?.join('. ') ?? null,
    notes: [
      ...coldNotes([result]),
      ...settlingNotes([result]),
      ...objectiveNotes(result),
      ...notesOf(result).slice(conclusion.kind === 'invalid' ? 1 : 0),
      ...hints([result]),
    ],
  };
}

function describe(result: ScenarioResult, fixed: string, { aside, about }: Conclusion): string[] {
  const {
    scenario: { axis },
  } = result;
  const place = axis === null ? '' : namedAxis(axis);
  const withPayload = axis?.name === 'payload' ? [] : payloadText(result);
  const where = [fixed, place].filter(Boolean).join(' ');
  const parts = [
    workText(result),
    ...rampText(result),
    where,
    aside ?? '',
    coldAnswer(result, about) ?? '',
    ...scaleText(result),
    ...withPayload,
  ];
  return parts.filter(part => part !== '');
}

export function scaleText({ scenario: { timeScale } }: ScenarioResult): string[] {
  return timeScale === 1 ? [] : [`waits × ${exactNumber(timeScale)}`];
}

export function payloadText({ scenario: { payloadBytes } }: ScenarioResult): string[] {
  return payloadBytes === 0 ? [] : [`${bytes(payloadBytes)} in and out`];
}

/** `200 http tasks of 51 ms, 64 in flight, 6 forks`; by rate `500/s for 1.0 s, http tasks of 51 ms, …`. */
export function workText({
  scenario: {
    tasks,
    load,
    inFlight,
    workload: { name: workload },
  },
  alone,
  executors,
}: ScenarioResult): string {
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
