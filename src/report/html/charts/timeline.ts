import { enlargedMs } from '../../../stats/timeline/enlarged.js';
import { AXIS_HEIGHT, type BlockGeometry, bandsOf, geometryOf } from '../../../stats/timeline/geometry.js';
import type { TrialLayout } from '../../../stats/timeline/layout.js';
import { ticksWithin } from '../../../stats/timeline/ticks.js';
import { blockSpecOf, type TrialPicture } from '../../../stats/timeline/trial.js';
import { duration, momentTick } from '../../format.js';
import { truncate } from '../../text.js';
import type { RecordingView } from '../../view/types.js';
import type { ExecutorFamily } from '../../words/labels.js';
import {
  busyWords,
  enlargedWords,
  sharedWords,
  trackWords,
  trialWords,
  waitingWords,
} from '../../words/timeline.js';
import type { Looks } from '../looks.js';
import { element, type Markup } from '../markup.js';
import { type Drawing, describe } from './frame.js';
import { symbolAt, textAt, toned } from './marks.js';
import { busySpells, hatchPattern, waitingArea } from './timeline-bands.js';
import { INNER_WIDTH, tracksMarks } from './timeline-tasks.js';

/** A trial that was recorded, and what is drawn of it. */
export interface DrawnTrial {
  readonly recording: RecordingView;
  readonly picture: TrialPicture;
}

const TICKS = 4;
const LONGEST_NAME = 20;
const ENLARGED_HEAD = 44;
const ENLARGED_BASELINE = 28;

/**
 * Every task of one trial of each executor, over the same time. As wide as there is room: times are shares of the width,
 * texts keep their size.
 *
 * @param id of the page, for the pattern
 */
export function drawTimeline(trials: readonly DrawnTrial[], looks: Looks, id: string): Drawing {
  const hatch = `${id}-hatch`;
  const wallsMs = trials.map(({ recording }) => recording.wallMs);
  const whole = drawPanel(trials, { longestMs: Math.max(...wallsMs), looks, hatch });
  const shortMs = enlargedMs(wallsMs);
  const short = trials.filter(({ recording }) => shortMs !== null && recording.wallMs <= shortMs);
  const closer = shortMs === null ? null : drawPanel(short, { longestMs: shortMs, looks, hatch });
  return {
    height: whole.height + (closer === null ? 0 : ENLARGED_HEAD + closer.height),
    isFluid: true,
    description: describe(trials.map(describeTrial)),
    content: [
      hatchPattern(hatch),
      whole.content,
      closer === null || shortMs === null
        ? null
        : [
            textAt(enlargedWords(shortMs), 0, whole.height + ENLARGED_BASELINE, { isStrong: true }),
            element('g', { transform: `translate(0 ${whole.height + ENLARGED_HEAD})` }, closer.content),
          ],
    ],
  };
}

function drawPanel(trials: readonly DrawnTrial[], setting: Setting): Pick<Drawing, 'height' | 'content'> {
  const { blocks, axisTop, height } = geometryOf(trials.map(({ picture }) => blockSpecOf(picture)));
  const content = trials.map((trial, at) => drawBlock(trial, blocks[at]!, setting));
  return { height, content: [axis(setting.longestMs, blocks, axisTop), content] };
}

function describeTrial({ recording, picture }: DrawnTrial): string {
  const { executor, family, wallMs } = recording;
  const { tracks } = picture.layout;
  const said = tracks
    .slice(0, 4)
    .map(({ worker, tasks, rows }) => trackWords(family, worker, tasks, rows))
    .join(', ');
  const more = tracks.length > 4 ? `, and ${tracks.length - 4} more` : '';
  return `${executor}, ${duration(wallMs)}: ${said}${more}`;
}

interface Setting {
  readonly longestMs: number;
  readonly looks: Looks;
  readonly hatch: string;
}

function drawBlock({ recording, picture }: DrawnTrial, block: BlockGeometry, setting: Setting): Markup[] {
  const { longestMs, looks, hatch } = setting;
  const { executor, executorName, family, wallMs } = recording;
  const { layout, waiting, busy } = picture;
  const look = looks(executorName);
  return [
    toned(look, symbolAt(look, 6, block.headBaseline - 4)),
    textAt(truncate(executor, LONGEST_NAME), 17, block.headBaseline, { isStrong: true }),
    textAt(trialWords(layout.table.outcome.length, wallMs), '100%', block.headBaseline, { anchor: 'end' }),
    ...(block.waiting === null
      ? []
      : [
          label(waitingWords(waiting.most), block.waiting.labelBaseline),
          toned(
            look,
            stretched(
              block.waiting.top,
              block.waiting.height,
              waitingArea(waiting, longestMs, block.waiting.height),
            ),
          ),
        ]),
    ...trackLabels(family, layout, block),
    toned(look, stretched(block.top, block.bottom - block.top, tracksMarks(layout, block, longestMs))),
    ...(block.busy === null || busy === null
      ? []
      : [
          label(busyWords(busy.sumMs / wallMs), block.busy.labelBaseline),
          ...busySpells(busy, longestMs, { ...block.busy, wallMs, hatch }),
        ]),
    ...throughBands(wallMs / longestMs, block, true),
  ];
}

/** What each track is; where they are too many, what all of them are. */
function trackLabels(family: ExecutorFamily, { tracks }: TrialLayout, block: BlockGeometry): Markup[] {
  if (block.sharedBaseline !== null) return [label(sharedWords(family, tracks.length), block.sharedBaseline)];
  return tracks.flatMap(({ worker, tasks, rows }, at) => {
    const { labelBaseline } = block.tracks[at]!;
    return labelBaseline === null ? [] : [label(trackWords(family, worker, tasks, rows), labelBaseline)];
  });
}

function label(text: string, baseline: number): Markup {
  return textAt(text, 0, baseline, { isQuiet: true, size: 12 });
}

/** A part of the picture that is as wide as there is room; what is in it has `INNER_WIDTH` across. */
function stretched(top: number, height: number, content: readonly Markup[]): Markup {
  return element(
    'svg',
    {
      x: 0,
      y: top,
      width: '100%',
      height,
      viewBox: `0 0 ${INNER_WIDTH} ${height}`,
      preserveAspectRatio: 'none',
      'aria-hidden': 'true',
    },
    content,
  );
}

function axis(longestMs: number, blocks: readonly BlockGeometry[], top: number): Markup[] {
  const { values, step } = ticksWithin(0, longestMs, TICKS);
  return values.flatMap(value => {
    const share = value / longestMs;
    const anchor = share < 0.04 ? 'start' : share > 0.96 ? 'end' : 'middle';
    return [
      ...blocks.flatMap(block => throughBands(share, block)),
      textAt(momentTick(value, step), percentOf(share), top + AXIS_HEIGHT - 8, {
        anchor,
        isQuiet: true,
        size: 12,
      }),
    ];
  });
}

/** Not through words. `isEnd`: where the trial was over. */
function throughBands(share: number, block: BlockGeometry, isEnd = false): Markup[] {
  return bandsOf(block).map(({ top, height }) => verticalRule(share, top - 2, top + height + 2, isEnd));
}

function verticalRule(share: number, from: number, to: number, isEnd: boolean): Markup {
  const x = percentOf(share);
  return element('line', {
    x1: x,
    x2: x,
    y1: from,
    y2: to,
    stroke: 'currentColor',
    'stroke-opacity': isEnd ? '0.7' : '0.16',
    'stroke-width': 1,
    'stroke-dasharray': isEnd ? '3 3' : null,
  });
}

function percentOf(share: number): string {
  return `${Number((100 * share).toFixed(2))}%`;
}
