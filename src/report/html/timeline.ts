import { gunzipSync } from 'node:zlib';
import { unpackTasks } from '../../stats/packed-tasks.js';
import { hasFailed } from '../../stats/timeline/layout.js';
import { pictureOf } from '../../stats/timeline/trial.js';
import type { RecordingView, TimelineView } from '../view/types.js';
import { listed } from '../words/labels.js';
import { MARK_WORDS, type MarkKind, TIMELINE_METHOD } from '../words/timeline.js';
import { type Drawing, figure } from './charts/frame.js';
import { type DrawnTrial, drawTimeline } from './charts/timeline.js';
import { legendRows, swatchOf } from './charts/timeline-legend.js';
import type { PageContext } from './context.js';
import { element, type Markup } from './markup.js';
import type { Picture } from './pictures.js';
import { tableMarkup } from './table.js';
import { trialData } from './timeline-data.js';

const STANDALONE_WIDTH = 860;
const TITLE = 'Every task of one trial';

/** Every task of one trial of each executor: a picture, what its script draws it from, and the same as a table. */
export function timelineFigure(timeline: TimelineView, context: PageContext): Markup {
  const { recordings, table } = timeline;
  const trials = recordings.map(trialOf);
  const id = context.newId('timeline');
  const picture = figure({
    id: `${id}-picture`,
    title: TITLE,
    method: [TIMELINE_METHOD, ...remarkOn(timeline)].join(' '),
    legend: legendOf(trials, `${id}-key`),
    drawing: drawTimeline(trials, context.looks, id),
    table: tableMarkup(table, TITLE, context),
  });
  const data = JSON.stringify(recordings.map(recording => trialData(recording, context.looks)));
  return element('div', { id, class: 'timeline' }, picture, element('template', {}, data));
}

/** The same as one picture, for a file. */
export function timelinePicture(timeline: TimelineView, looks: PageContext['looks']): Picture {
  return {
    name: 'timeline',
    title: TITLE,
    method: [TIMELINE_METHOD, ...remarkOn(timeline)].join(' '),
    drawing: standaloneTimeline(timeline, looks),
    table: null,
  };
}

/** With its key and in a width of its own, for a file. */
export function standaloneTimeline({ recordings }: TimelineView, looks: PageContext['looks']): Drawing {
  const trials = recordings.map(trialOf);
  const { height, content, description } = drawTimeline(trials, looks, 'timeline');
  const legend = legendRows(markKinds(trials), 'key');
  const top = legend.height + 10;
  const picture = element(
    'svg',
    { x: 0, y: top, width: STANDALONE_WIDTH, height, 'aria-hidden': 'true' },
    content,
  );
  return { width: STANDALONE_WIDTH, height: top + height, description, content: [legend.content, picture] };
}

/** @throws RangeError for columns that are not those of its tasks */
function trialOf(recording: RecordingView): DrawnTrial {
  const { tasks, unitMs, data } = recording.packed;
  const table = unpackTasks(gunzipSync(Buffer.from(data, 'base64')), tasks, unitMs);
  return { recording, picture: pictureOf(table, recording.wallMs, recording.loopBusyMs) };
}

/** Who is missing, and that the trial is one of its own. */
function remarkOn({ tracks, recordings, leftOut }: TimelineView): string[] {
  const shown = new Set(recordings.map(({ executor }) => executor));
  const missing = new Set(tracks.map(({ executor }) => executor).filter(name => !shown.has(name)));
  return [
    ...(missing.size === 0
      ? []
      : [`Not recorded task by task, and in the table alone: ${listed([...missing])}.`]),
    ...(leftOut === null ? [] : [leftOut]),
  ];
}

/** Only what there is to be seen. */
function markKinds(trials: readonly DrawnTrial[]): MarkKind[] {
  const any = (has: (trial: DrawnTrial) => boolean) => trials.some(has);
  const seen: Readonly<Record<MarkKind, boolean>> = {
    waiting: true,
    running: true,
    delivery: true,
    failed: any(({ picture }) => {
      const { table } = picture.layout;
      return table.outcome.some((_, task) => hasFailed(table, task));
    }),
    busy: any(({ picture }) => picture.busy !== null),
  };
  const kinds: readonly MarkKind[] = ['waiting', 'running', 'delivery', 'failed', 'busy'];
  return kinds.filter(kind => seen[kind]);
}

function legendOf(trials: readonly DrawnTrial[], id: string): Markup {
  const entries = markKinds(trials).map(kind =>
    element('li', {}, swatchOf(kind, `${id}-${kind}`), MARK_WORDS[kind]),
  );
  return element('ul', { class: 'key' }, entries);
}
