import { gunzipSync } from 'node:zlib';
import type { Looks } from '../../report/html/looks.js';
import { trialData } from '../../report/html/timeline-data.js';
import { harmlessData, truncate } from '../../report/text.js';
import { timelineOf } from '../../report/view/timeline.js';
import type { RecordingView } from '../../report/view/types.js';
import { conclude } from '../../report/words/conclusion.js';
import { sentenceOf } from '../../report/words/findings.js';
import { LONGEST_NAME, labelOf } from '../../report/words/labels.js';
import { lossReason, notesOf } from '../../report/words/notes.js';
import { why } from '../../report/words/why.js';
import type { ExecutorResult, Report, ScenarioResult } from '../../schema/index.js';
import { TASK_OUTCOMES, unpackTasks } from '../../stats/packed-tasks.js';
import type { Entrant, RaceResult } from '../protocol.js';

const CAVEAT =
  'One trial of each is no measurement: another race may come out otherwise. How sure a difference is, Measure tells.';
/** What restricts every race, and is said by the caveat. */
const OF_EVERY_RACE: readonly string[] = ['too-few-forks', 'too-few-tasks', 'once-a-fork', 'short-trials'];
/** Labels of notes that say why somebody is not where he was expected. */
const TELLING: readonly string[] = ['failed', 'expected', 'lost', 'left out', 'invalid'];

/** What a report of one recorded trial of each executor says of the race. Pure. */
export function raceResultOf(
  report: Report,
  asked: Pick<RaceResult, 'preset' | 'plan' | 'command'>,
  looks: Looks,
): RaceResult {
  const result = harmlessData(report).scenarios[0];
  if (result === undefined) return { ...asked, entrants: [], lost: [], why: [], task: null, caveat: CAVEAT };
  const entrants = entrantsOf(result, looks);
  const raced = new Set(entrants.map(({ id }) => id));
  return {
    ...asked,
    entrants: entrants.map(({ id: _id, ...entrant }) => entrant),
    lost: result.executors
      .filter(({ variant }) => !raced.has(variant.id))
      .map(executor => ({ label: shownLabel(executor), why: whyLost(executor, result) })),
    why: reasonsOf(result),
    task: taskOf(result),
    caveat: [CAVEAT, ...restrictions(result)].join(' '),
  };
}

type Identified = Entrant & { readonly id: string };

function entrantsOf(result: ScenarioResult, looks: Looks): Identified[] {
  const recordings = timelineOf(result)?.recordings ?? [];
  const traced = result.executors.filter(({ trace }) => trace?.all != null && trace.all.tasks > 0);
  const unranked = traced.map((executor, at) => entrantOf(executor, recordings[at]!, looks));
  const slowest = Math.min(...unranked.map(({ tasksPerSecond }) => tasksPerSecond));
  return unranked
    .map(one => ({ ...one, ratio: slowest > 0 ? one.tasksPerSecond / slowest : 1 }))
    .sort((a, b) => b.tasksPerSecond - a.tasksPerSecond);
}

function entrantOf(executor: ExecutorResult, recording: RecordingView, looks: Looks): Identified {
  const { variant, ideal, loop, cpuMsPerTask, coresUsed } = executor;
  return {
    ...trialData(recording, looks),
    id: variant.id,
    label: shownLabel(executor),
    name: variant.name,
    threads: variant.threads,
    // Of the trial that is drawn, so that the figure and the picture agree.
    tasksPerSecond: completedIn(recording) / (recording.wallMs / 1_000),
    ratio: 1,
    idealPerSecond: ideal?.perSecond ?? null,
    limitedBy: ideal?.limitedBy ?? null,
    bystanderMs: loop?.bystanderWaitMs ?? null,
    cpuMsPerTask,
    coresUsed,
  };
}

function completedIn({ packed: { data, tasks, unitMs } }: RecordingView): number {
  const table = unpackTasks(gunzipSync(Buffer.from(data, 'base64')), tasks, unitMs);
  return table.outcome.filter(outcome => TASK_OUTCOMES[outcome] === 'completed').length;
}

function shownLabel(executor: ExecutorResult): string {
  return truncate(labelOf(executor), LONGEST_NAME);
}

function whyLost(executor: ExecutorResult, { findings }: ScenarioResult): string {
  const leftOut = findings.find(
    ({ code, subjects }) => code === 'left-out' && subjects.includes(executor.variant.id),
  );
  return (
    lossReason([executor]) ??
    (leftOut === undefined ? 'no trial of it was recorded before the race ended' : sentenceOf(leftOut))
  );
}

/** In whole sentences: why, then whom what befell. */
function reasonsOf(result: ScenarioResult): string[] {
  const conclusion = conclude(result);
  const telling = notesOf(result).filter(({ label }) => TELLING.includes(label));
  const said = [...(why(result, conclusion) ?? []), ...telling.map(({ text }) => text)];
  return said.map(sentence);
}

/** Findings of this race alone, such as a machine that was busy. */
function restrictions(result: ScenarioResult): string[] {
  return notesOf(result)
    .filter(({ label, code }) => label === 'weak' && code !== undefined && !OF_EVERY_RACE.includes(code))
    .map(({ text }) => sentence(text));
}

function sentence(text: string): string {
  const whole = text.charAt(0).toUpperCase() + text.slice(1);
  return /[.!?]$/.test(whole) ? whole : `${whole}.`;
}

/** A part that the system does not tell of is what the clock and the CPU time leave. */
function taskOf({ alone }: ScenarioResult): RaceResult['task'] {
  if (alone === null) return null;
  const { parts, serviceMs, cpuMs } = alone;
  if (parts != null) {
    const { waitsMs, computesMs, offThreadMs, childrenMs, blocksMs } = parts;
    return { waitsMs, computesMs: computesMs + offThreadMs + childrenMs, blocksMs };
  }
  return { waitsMs: Math.max(0, serviceMs - cpuMs), computesMs: Math.min(cpuMs, serviceMs), blocksMs: 0 };
}
