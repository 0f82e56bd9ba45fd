import { count, duration, moment, percent } from '../format.js';
import { type ExecutorFamily, workerName } from './labels.js';

/** What to look for: read by those who never saw threads or a loop. */
export const TIMELINE_METHOD =
  'Each bar is one task, from its start to its end. Time runs to the right, by one clock for all: who ends first is fastest. Bars above each other are under way at the same moment. A loop can have many under way while they wait for answers, but computes only one at a time: tasks that compute begin one after the other on it, like stairs. Threads compute side by side.';

/** What is to be seen beside the bars, and what it is: numbers on a picture of it. */
export const TIMELINE_PARTS = {
  'a name': 'An executor. Who ends first is fastest.',
  '… tasks in …': 'How many tasks the trial had, and how long all of them took together.',
  'not started yet':
    'The area below it is how many tasks were there and had not started, from as many as are said down to none.',
  'the dotted line': 'The last result was there.',
  'a track':
    'A worker: a loop, a thread or a process, with a bar for each task. It has as many rows as it had tasks under way at one moment.',
  'main loop': 'Hatched where it was busy: nothing else got a turn on it.',
  time: 'Since the start of each trial: the same place is the same moment in all of them.',
  Enlarged: 'Who is short beside the longest, once more, larger.',
} as const;
export type TimelinePart = keyof typeof TIMELINE_PARTS;

export type MarkKind = 'waiting' | 'running' | 'delivery' | 'failed' | 'busy';

export const MARK_WORDS: Readonly<Record<MarkKind, string>> = {
  waiting: 'waits for its turn',
  running: 'under way: computes, or waits for an answer',
  delivery: 'done, but its result is not yet with the main thread',
  failed: 'failed or cancelled',
  busy: 'the main loop is busy for 1 ms or more: nothing else gets a turn on it',
};

/** `100 tasks in 57 ms`. */
export function trialWords(tasks: number, wallMs: number): string {
  return `${tasksWords(tasks)} in ${duration(wallMs)}`;
}

/** `thread 1: 50 tasks, 25 at once`. */
export function trackWords(family: ExecutorFamily, worker: number, tasks: number, rows: number): string {
  const together = rows > 1 ? `up to ${count(rows)} at once` : 'one at a time';
  return `${workerName(family, worker)}: ${tasksWords(tasks)}, ${together}`;
}

/** Of more workers than have room for a label: `32 threads, a row or more each`. */
export function sharedWords(family: ExecutorFamily, tracks: number): string {
  return `${count(tracks)} ${family === 'processes' ? 'processes' : 'threads'}, one below the other`;
}

/** Of those that are short beside the longest. */
export function enlargedWords(ms: number): string {
  return `Enlarged: the first ${duration(ms)}`;
}

/** Where only later times are shown. */
export function overWords(wallMs: number): string {
  return `over since ${duration(wallMs)}`;
}

export function waitingWords(most: number): string {
  return `not started yet: up to ${count(most)} at once`;
}

/** Of spells that were recorded: those of 1 ms or more. */
export function busyWords(share: number): string {
  return share > 0 ? `main loop: busy ${percent(share)} of the time` : 'main loop: never busy for 1 ms';
}

function tasksWords(tasks: number): string {
  return `${count(tasks)} ${tasks === 1 ? 'task' : 'tasks'}`;
}

/** What is known of one task. */
export interface TaskFacts {
  readonly index: number;
  readonly executor: string;
  readonly family: ExecutorFamily;
  readonly worker: number;
  /** `completed`, or what became of it instead. */
  readonly outcome: string;
  /** Its result or failure in a few words; null: not recorded. */
  readonly says: string | null;
  readonly queuedMs: number;
  readonly startedMs: number;
  readonly finishedMs: number;
  readonly deliveredMs: number;
}

/** In lines: whose it is, what became of it, and when. */
export function taskWords(facts: TaskFacts): string[] {
  const { index, executor, family, worker, outcome, says, queuedMs, startedMs, finishedMs, deliveredMs } =
    facts;
  const isOver = !Number.isNaN(finishedMs) && outcome !== 'running';
  return [
    `task ${index} · ${executor} · ${workerName(family, worker)}`,
    says === null || says === '' ? outcome : `${outcome}: ${says}`,
    `queued at ${moment(queuedMs)}, waited ${duration(startedMs - queuedMs)}`,
    `started at ${moment(startedMs)}`,
    ...(isOver ? [`finished at ${moment(finishedMs)}, ran ${duration(finishedMs - startedMs)}`] : []),
    ...(isOver && !Number.isNaN(deliveredMs)
      ? [`delivered at ${moment(deliveredMs)}, ${duration(deliveredMs - finishedMs)} later`]
      : []),
  ];
}
