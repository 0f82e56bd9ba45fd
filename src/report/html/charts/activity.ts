import { area, curveStepAfter } from 'd3-shape';
import { duration, durationTick } from '../../format.js';
import type { TimelineView, TrackView } from '../../view/types.js';
import type { Looks } from '../looks.js';
import { element, type Markup } from '../markup.js';
import { type Drawing, describe } from './frame.js';
import { rule, toned } from './marks.js';
import { EDGE, heightOf, ROW_HEIGHT, rowAxis, rowHead } from './rows.js';
import { lengthScale, type Scale } from './scales.js';

const TRACK = { top: 18, height: 14 } as const;

/** Tasks in flight over the time of one trial, for each loop, thread or process. */
export function drawActivity({ tracks, longestMs, mostInFlight }: TimelineView, looks: Looks): Drawing {
  const scale = lengthScale(longestMs, EDGE.left, EDGE.right, 4);
  return {
    height: heightOf(tracks.length),
    description: describe(
      tracks.map(
        ({ executor, worker, text, wallMs }) => `${executor}, ${worker}: ${text} in ${duration(wallMs)}`,
      ),
    ),
    content: [
      rowAxis(scale, 0, tracks.length, durationTick),
      tracks.map((track, row) => drawTrack(track, row * ROW_HEIGHT, { scale, mostInFlight, looks })),
    ],
  };
}

interface Setting {
  readonly scale: Scale;
  readonly mostInFlight: number;
  readonly looks: Looks;
}

function drawTrack(track: TrackView, top: number, { scale, mostInFlight, looks }: Setting): Markup[] {
  const look = looks(track.executorName);
  const bottom = top + TRACK.top + TRACK.height;
  const partMs = track.wallMs / track.inFlight.length;
  // The last part has an end of its own.
  const points = [...track.inFlight, track.inFlight.at(-1) ?? 0];
  const shape = area<number>()
    .x((_, at) => scale.of(at * partMs))
    .y0(bottom)
    .y1(value => bottom - (TRACK.height * value) / mostInFlight)
    .curve(curveStepAfter)
    .digits(1);
  return [
    ...rowHead(look, `${track.executor}, ${track.worker}`, track.text, top),
    toned(look, element('path', { d: shape(points) ?? '', fill: 'currentColor', 'fill-opacity': '0.75' })),
    rule(EDGE.left, bottom, scale.of(track.wallMs), bottom),
  ];
}
