import type { ExecutorResult, ScenarioResult, Trace, TraceTrack } from '../../schema/index.js';
import { count, duration } from '../format.js';
import { failureText } from '../words/failures.js';
import { familyOf, plainNameOf, workerName } from '../words/labels.js';
import { notRecorded } from '../words/recordings.js';
import { left, NEVER_DROPPED, right, tableOf } from './table.js';
import type { RecordingView, TimelineView, TrackView } from './types.js';

const MOST_TRACKS = 8;

const COLUMNS = [
  left('executor', NEVER_DROPPED, ({ executor }: TrackView) => executor),
  left('worker', NEVER_DROPPED, ({ worker }: TrackView) => worker),
  left('ran', NEVER_DROPPED, ({ text }: TrackView) => text),
  right('took', NEVER_DROPPED, ({ wallMs }: TrackView) => duration(wallMs)),
];

/** Null where no trial was traced. */
export function timelineOf(result: ScenarioResult): TimelineView | null {
  const { executors } = result;
  const tracks = executors.flatMap(executor =>
    executor.trace === null ? [] : tracksOf(executor, executor.trace),
  );
  if (tracks.length === 0) return null;
  return {
    longestMs: Math.max(...tracks.map(({ wallMs }) => wallMs)),
    mostInFlight: Math.max(1, ...tracks.flatMap(({ inFlight }) => inFlight)),
    tracks,
    recordings: executors.flatMap(executor =>
      executor.trace === null ? [] : recordingsOf(executor, executor.trace),
    ),
    leftOut: notRecorded(result),
    table: tableOf(COLUMNS, tracks, {
      family: ({ family }) => family,
      executor: ({ executorName }) => executorName,
    }),
  };
}

function recordingsOf(executor: ExecutorResult, trace: Trace): RecordingView[] {
  const { all, wallMs, first, loopBusy } = trace;
  if (all === null || all.tasks === 0) return [];
  return [
    {
      executor: plainNameOf(executor),
      executorName: executor.variant.name,
      family: familyOf(executor.variant),
      wallMs,
      packed: all,
      loopBusyMs: loopBusy ?? null,
      firstTasks: first.map(({ index, outcome, says }) => ({ index, outcome, says: failureText(says) })),
    },
  ];
}

function tracksOf(executor: ExecutorResult, { tracks, wallMs }: Trace): TrackView[] {
  const { variant } = executor;
  const left = tracks.length - MOST_TRACKS;
  return tracks.slice(0, MOST_TRACKS).map((track, at) => {
    const more = at === MOST_TRACKS - 1 && left > 0 ? `, ${left} more alike` : '';
    const tasks = `${count(track.tasks)} ${track.tasks === 1 ? 'task' : 'tasks'}`;
    return {
      executor: plainNameOf(executor),
      executorName: variant.name,
      worker: workerName(familyOf(variant), track.worker),
      family: familyOf(variant),
      wallMs,
      inFlight: track.inFlight,
      text: `${tasks}, ${count(peakOf(track))} at once${more}`,
    };
  });
}

function peakOf({ inFlight }: TraceTrack): number {
  return Math.max(1, Math.round(Math.max(...inFlight)));
}
