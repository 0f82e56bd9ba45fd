import { inspect } from 'node:util';
import type { FailureMessage, Trace, TracedTask, TraceTrack } from '../schema/index.js';
import { type Batch, LONGEST_SAMPLE } from '../tasks/batch.js';
import { CANCELLED, COMPLETED, STARTED } from '../tasks/recorder.js';
import type { BatchRun } from './loads/load.js';
import { isStarted, timesReader } from './task-times.js';

/** Equal parts of a trial's time: more than a terminal has columns, so that drawing need not invent any. */
const TRACE_INTERVALS = 240;
const LONGEST_SAYING = 80;

/** One trial, task by task: read from the ledger and the batch when the clock has stopped. Not of a duration load. */
export function traceOf(run: BatchRun): Trace {
  const { load, ledger, batch, wallMs } = run;
  const there = load.there(ledger);
  const timesOf = timesReader(run, 0);
  const tracks = new Map<number, TrackSum>();
  const first: TracedTask[] = [];
  for (let index = 0; index < there; index++) {
    // Started and never ended: it has no end to be drawn.
    if (!isStarted(ledger, index) || ledger.outcome[index] === STARTED) continue;
    const { startedMs, ranMs, waitMs, deliveredMs } = timesOf(index);
    const worker = ledger.worker[index]!;
    const track = tracks.get(worker) ?? new TrackSum(wallMs);
    tracks.set(worker, track);
    track.add(startedMs, startedMs + ranMs);
    if (index >= LONGEST_SAMPLE) continue;
    const outcome = outcomeOf(batch, ledger.outcome[index]!, index);
    first.push({
      index,
      worker,
      queuedMs: startedMs - waitMs,
      startedMs,
      finishedMs: startedMs + ranMs,
      deliveredMs,
      outcome,
      says: saying(batch, index),
    });
  }
  return {
    wallMs,
    tasks: there,
    tracks: [...tracks].sort(([a], [b]) => a - b).map(([worker, track]) => ({ worker, ...track.figures() })),
    first,
    arrived: batch.arrived,
    all: null,
  };
}

function outcomeOf(batch: Batch, outcome: number, index: number): string {
  if (outcome === COMPLETED) return 'completed';
  return outcome === CANCELLED ? 'cancelled' : (batch.firstFailures.get(index)?.kind ?? 'error');
}

function saying(batch: Batch, index: number): FailureMessage {
  const failure = batch.firstFailures.get(index);
  if (typeof failure?.message === 'object') return failure.message;
  const result = batch.results[index];
  const text =
    failure?.message ??
    (typeof result === 'string'
      ? result
      : inspect(result, { depth: 1, breakLength: Number.POSITIVE_INFINITY }));
  const line = text.replace(/\s+/g, ' ');
  return line.length > LONGEST_SAYING ? `${line.slice(0, LONGEST_SAYING - 1)}…` : line;
}

/** Mean tasks in flight of one worker, part by part. */
class TrackSum {
  readonly #partMs: number;
  /** Of parts that a task fills in part. */
  readonly #pieces = new Float64Array(TRACE_INTERVALS + 1);
  /** Of parts that it fills: +1 where they begin, −1 where they end. */
  readonly #steps = new Int32Array(TRACE_INTERVALS + 2);
  #tasks = 0;

  constructor(wallMs: number) {
    this.#partMs = wallMs / TRACE_INTERVALS;
  }

  add(startedMs: number, finishedMs: number): void {
    this.#tasks++;
    const from = this.#place(startedMs);
    const to = this.#place(finishedMs);
    const [first, last] = [Math.floor(from), Math.floor(to)];
    if (first === last) {
      this.#pieces[first]! += to - from;
      return;
    }
    this.#pieces[first]! += first + 1 - from;
    this.#pieces[last]! += to - last;
    this.#steps[first + 1]! += 1;
    this.#steps[last]! -= 1;
  }

  /** In parts from the start; nothing lies outside the trial. */
  #place(ms: number): number {
    return Math.min(TRACE_INTERVALS, Math.max(0, ms / this.#partMs));
  }

  figures(): Omit<TraceTrack, 'worker'> {
    let whole = 0;
    const inFlight = Array.from({ length: TRACE_INTERVALS }, (_, part) => {
      whole += this.#steps[part]!;
      return Number((whole + this.#pieces[part]!).toFixed(3));
    });
    return { tasks: this.#tasks, inFlight };
  }
}
