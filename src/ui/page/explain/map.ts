import { draw } from '../../../page/dom.js';
import { exactNumber, milliseconds, times } from '../../../report/format.js';
import { breakEvenMs, PAYS, ratioAt, type Setting } from './model.js';

const WIDTH = 480;
const HEIGHT = 380;
const [LEFT, RIGHT, TOP, BOTTOM] = [62, 468, 40, 318];
const [COLUMNS, ROWS] = [58, 40];
/** A logarithmic axis has no 0: what is less is at its edge. */
const WAITS = [0.1, 250] as const;
const COMPUTES = [0.01, 20] as const;
const FULL_RATIO = 4;

/** A task alone, as a place on the map. */
export interface PlacedTask {
  readonly waitMs: number;
  readonly computeMs: number;
}

/** Waiting to the right, computing upwards; where threads pay is filled, and the line is the break-even. */
export function drawMap(page: Document, setting: Setting, task: PlacedTask | null): SVGSVGElement {
  const svg = draw(page, 'svg', {
    class: 'drawing map-picture',
    viewBox: `0 0 ${WIDTH} ${HEIGHT}`,
    role: 'img',
    'aria-label': mapWords(setting, task),
    'font-size': 13,
  });
  const add = <Name extends keyof SVGElementTagNameMap>(
    name: Name,
    attributes: Readonly<Record<string, string | number>>,
    words?: string,
  ) => {
    const made = draw(page, name, attributes);
    if (words !== undefined) made.textContent = words;
    svg.append(made);
  };
  // Edges are shared, to the tenth of a pixel: fields that overlap would be darker there.
  const edgeX = (column: number) => Math.round(10 * (LEFT + (column * (RIGHT - LEFT)) / COLUMNS)) / 10;
  const edgeY = (row: number) => Math.round(10 * (BOTTOM - (row * (BOTTOM - TOP)) / ROWS)) / 10;
  for (let column = 0; column < COLUMNS; column++)
    for (let row = 0; row < ROWS; row++) {
      const [waitMs, computeMs] = [at(WAITS, (column + 0.5) / COLUMNS), at(COMPUTES, (row + 0.5) / ROWS)];
      const ratio = ratioAt(setting, waitMs, computeMs);
      if (ratio <= PAYS) continue;
      const strength = Math.min(1, Math.log(ratio) / Math.log(FULL_RATIO));
      add('rect', {
        class: 'tone-1',
        fill: 'currentColor',
        'shape-rendering': 'crispEdges',
        'fill-opacity': (0.12 + 0.4 * strength).toFixed(2),
        x: edgeX(column),
        y: edgeY(row + 1),
        width: (edgeX(column + 1) - edgeX(column)).toFixed(1),
        height: (edgeY(row) - edgeY(row + 1)).toFixed(1),
      });
    }
  add('rect', { class: 'arrow', x: LEFT, y: TOP, width: RIGHT - LEFT, height: BOTTOM - TOP });
  add('path', { class: 'border', d: borderPath(setting) });
  add('text', { x: LEFT + 10, y: TOP + 20, 'font-weight': 600 }, 'threads pay here');
  add(
    'text',
    { x: RIGHT - 10, y: BOTTOM - 12, 'text-anchor': 'end', 'font-weight': 600 },
    'the loop is as good here',
  );
  for (const tick of [0.1, 1, 10, 100]) {
    add(
      'text',
      { x: xOf(tick), y: BOTTOM + 18, 'text-anchor': 'middle', class: 'quiet', 'font-size': 12 },
      tick === 0.1 ? '≤ 0.1' : exactNumber(tick),
    );
  }
  for (const tick of [0.01, 0.1, 1, 10])
    add(
      'text',
      { x: LEFT - 8, y: yOf(tick) + 4, 'text-anchor': 'end', class: 'quiet', 'font-size': 12 },
      tick === 0.01 ? '≤ 0.01' : exactNumber(tick),
    );
  add('text', { x: (LEFT + RIGHT) / 2, y: BOTTOM + 38, 'text-anchor': 'middle' }, 'waiting per task, ms →');
  add('text', { x: 4, y: TOP - 14 }, '↑ computing per task, ms');
  if (task !== null) {
    const [x, y] = [xOf(task.waitMs), yOf(task.computeMs)];
    add('path', { class: 'task-halo', d: `M${x} ${y - 11}l11 11l-11 11l-11 -11z` });
    add('path', { class: 'task-mark', d: `M${x} ${y - 8}l8 8l-8 8l-8 -8z` });
    add(
      'text',
      { x: LEFT, y: HEIGHT - 6, 'font-weight': 600 },
      `◆ this task: ${times(ratioAt(setting, task.waitMs, task.computeMs))} with threads, says the model`,
    );
  }
  return svg;
}

function borderPath(setting: Setting): string {
  const [lowMs, highMs] = COMPUTES;
  let isDown = false;
  const steps = Array.from({ length: 81 }, (_, step) => {
    const waitMs = at(WAITS, step / 80);
    const computeMs = breakEvenMs(setting, waitMs, { lowMs, highMs });
    const command = isDown ? 'L' : 'M';
    isDown = computeMs !== null;
    return computeMs === null ? '' : `${command}${xOf(waitMs).toFixed(1)} ${yOf(computeMs).toFixed(1)}`;
  });
  return steps.join('');
}

export function mapWords(setting: Setting, task: PlacedTask | null): string {
  const [lowMs, highMs] = COMPUTES;
  const crossing = task === null ? null : breakEvenMs(setting, task.waitMs, { lowMs, highMs });
  const what = `A map of waiting and computing per task, by the ideals of ${setting.threads} threads, ${setting.cores} cores and ${setting.inFlight} in flight.`;
  if (task === null) return what;
  const here = `This task waits ${milliseconds(task.waitMs)} and computes ${milliseconds(task.computeMs)}.`;
  const line =
    crossing === null ? '' : ` Threads begin to pay from ${milliseconds(crossing)} of computing on.`;
  return `${what} ${here}${line}`;
}

function at([from, to]: readonly [number, number], share: number): number {
  return from * (to / from) ** share;
}

function shareOf([from, to]: readonly [number, number], value: number): number {
  return Math.min(1, Math.max(0, Math.log(Math.max(value, 1e-9) / from) / Math.log(to / from)));
}

function xOf(waitMs: number): number {
  return LEFT + shareOf(WAITS, waitMs) * (RIGHT - LEFT);
}

function yOf(computeMs: number): number {
  return BOTTOM - shareOf(COMPUTES, computeMs) * (BOTTOM - TOP);
}
