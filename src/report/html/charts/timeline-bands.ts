import type { Spells } from '../../../stats/timeline/trial.js';
import { type Waiting, waitingAt } from '../../../stats/timeline/waiting.js';
import { element, type Markup } from '../markup.js';
import { INNER_WIDTH } from './timeline-tasks.js';

const SAMPLES = 400;
/** What is shorter is seen all the same, and not all of very many are drawn one by one. */
const LEAST_SHARE = 1 / 800;

/** How many were there and not started, over the time. */
export function waitingArea(waiting: Waiting, longestMs: number, height: number): Markup[] {
  let path = `M0 ${height}`;
  let last = -1;
  for (let at = 0; at <= SAMPLES; at++) {
    const tasks = waitingAt(waiting, (at * longestMs) / SAMPLES);
    const y = Number((height * (1 - tasks / waiting.most)).toFixed(1));
    if (y === last) continue;
    path += `H${Math.round((at * INNER_WIDTH) / SAMPLES)}V${y}`;
    last = y;
  }
  return [
    element('path', { d: `${path}H${INNER_WIDTH}V${height}z`, fill: 'currentColor', 'fill-opacity': '0.25' }),
  ];
}

/** Slanted lines: what is hatched is no task. */
export function hatchPattern(id: string): Markup {
  return element(
    'pattern',
    { id, width: 5, height: 5, patternUnits: 'userSpaceOnUse', patternTransform: 'rotate(45)' },
    element('rect', { x: 0, y: 0, width: 2.4, height: 5, fill: 'currentColor', 'fill-opacity': '0.75' }),
  );
}

interface Place {
  /** Of the trial. */
  readonly wallMs: number;
  readonly top: number;
  readonly height: number;
  readonly hatch: string;
}

export function busySpells(
  spells: Spells,
  longestMs: number,
  { wallMs, top, height, hatch }: Place,
): Markup[] {
  const frame = element('rect', {
    x: 0,
    y: top,
    width: `${Math.min(100, (100 * wallMs) / longestMs).toFixed(2)}%`,
    height,
    fill: 'currentColor',
    'fill-opacity': '0.06',
  });
  const drawn = joined(spells, LEAST_SHARE * longestMs).map(([from, to]) =>
    element('rect', {
      x: `${((100 * from) / longestMs).toFixed(2)}%`,
      y: top,
      width: `${((100 * (to - from)) / longestMs).toFixed(2)}%`,
      height,
      fill: `url(#${hatch})`,
    }),
  );
  return [frame, ...drawn];
}

/** Spells with less than that between them are one, and none is shorter. */
function joined({ fromMs, toMs }: Spells, leastMs: number): [number, number][] {
  const pieces: [number, number][] = [];
  fromMs.forEach((from, at) => {
    const to = Math.max(toMs[at]!, from + leastMs);
    const last = pieces.at(-1);
    if (last !== undefined && from - last[1] < leastMs) last[1] = Math.max(last[1], to);
    else pieces.push([from, to]);
  });
  return pieces;
}
