import type { MeasureProgress, MeasureResult, RaceResult, UiMessage, UiRequest } from '../protocol.js';

/** What is under way, with the times of the page's own clock. */
export interface Running {
  readonly run: number;
  readonly request: UiRequest;
  readonly startedMs: number;
  /** When it ends at the latest; null: not known yet. */
  readonly endsMs: number | null;
  /** What it does; empty: nothing was told. */
  readonly text: string;
}

/** All forks of a measurement that were told, the latest last. */
export interface Measured {
  readonly run: number;
  readonly history: readonly MeasureProgress[];
  readonly result: MeasureResult | null;
}

/** What the page knows of the server. */
export interface Known {
  readonly running: Running | null;
  readonly race: { readonly run: number; readonly result: RaceResult } | null;
  readonly measured: Measured | null;
  readonly failed: { readonly run: number; readonly error: string } | null;
}

export const NOTHING: Known = { running: null, race: null, measured: null, failed: null };

/** @param nowMs of the page's own clock */
export function known(before: Known, message: UiMessage, nowMs: number): Known {
  switch (message.type) {
    case 'state':
      return message.state === 'idle'
        ? { ...before, running: null }
        : { ...before, failed: null, running: runningOf(before.running, message, nowMs) };
    case 'progress':
      return {
        ...before,
        running: ofRun(before.running, message.run, {
          endsMs: message.leftMs === null ? null : nowMs + message.leftMs,
          text: message.text,
        }),
      };
    case 'measure':
      return { ...before, measured: withFork(before.measured, message.run, message.progress) };
    case 'race-done':
      return {
        ...before,
        running: without(before.running, message.run),
        failed: ofThatRun(before.failed, message.run),
        race: { run: message.run, result: message.result },
      };
    case 'measure-done':
      return {
        ...before,
        running: without(before.running, message.run),
        failed: ofThatRun(before.failed, message.run),
        measured: {
          run: message.run,
          history: before.measured?.run === message.run ? before.measured.history : [],
          result: message.result,
        },
      };
    case 'failed':
      return {
        ...before,
        running: without(before.running, message.run),
        failed: { run: message.run, error: message.error },
      };
    case 'gap':
      return before;
  }
}

type RunningState = Extract<UiMessage, { readonly state: 'running' }>;

function runningOf(before: Running | null, state: RunningState, nowMs: number): Running {
  const { run, request, elapsedMs, leftMs } = state;
  return {
    run,
    request,
    startedMs: nowMs - elapsedMs,
    endsMs: leftMs === null ? null : nowMs + leftMs,
    text: before?.run === run ? before.text : '',
  };
}

function ofRun(running: Running | null, run: number, more: Partial<Running>): Running | null {
  return running?.run === run ? { ...running, ...more } : running;
}

function without(running: Running | null, run: number): Running | null {
  return running?.run === run ? null : running;
}

/** What went wrong in an earlier run is over. */
function ofThatRun(failed: Known['failed'], run: number): Known['failed'] {
  return failed?.run === run ? failed : null;
}

/** A fork that is told again, after the stream broke, is there once. */
function withFork(before: Measured | null, run: number, progress: MeasureProgress): Measured {
  if (before?.run !== run) return { run, history: [progress], result: null };
  const others = before.history.filter(
    ({ scenarioNumber, forks }) => scenarioNumber !== progress.scenarioNumber || forks !== progress.forks,
  );
  return { ...before, history: [...others, progress] };
}
