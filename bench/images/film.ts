import { gunzipSync } from 'node:zlib';
import { duration, times } from '../../src/report/format.js';
import { TONES } from '../../src/report/html/looks.js';
import { element } from '../../src/report/html/markup.js';
import { INK } from '../../src/report/html/style.js';
import { unpackTasks } from '../../src/stats/packed-tasks.js';
import { layTrial, type TrialLayout } from '../../src/stats/timeline/layout.js';
import { ticksWithin } from '../../src/stats/timeline/ticks.js';
import { type Course, courseOf, shareAt } from '../../src/ui/page/race/positions.js';
import type { Entrant } from '../../src/ui/protocol.js';

const WIDTH = 880;
const [LEFT, RIGHT] = [130, 690];
const [TRACKS_LEFT, TRACKS_RIGHT] = [20, 860];
const LANE = 36;
const TOP = 62;
/** Of the tracks of one executor. */
const BLOCK = 74;
const [FEWEST, MOST] = [12, 84];
const FILM_SECONDS = 12;
/** Of the film the race is so much; the rest shows how it ended. */
const RACE_SHARE = 0.8;
const POINTS = 30;

interface Runner {
  readonly entrant: Entrant;
  readonly course: Course;
  readonly layout: TrialLayout;
}

/**
 * A race as a film: an SVG that plays by its own style sheet, again and again. Who wants nothing to move sees its end.
 *
 * @param entrants in the order of their lanes
 */
export function raceFilm(entrants: readonly Entrant[], title: string): string {
  const runners = entrants.map(runnerOf);
  const wholeMs = Math.max(...entrants.map(({ wallMs }) => wallMs));
  const blocksTop = TOP + entrants.length * LANE + 26;
  const heights = runners.map(({ layout }) =>
    Math.min(MOST, Math.max(FEWEST, Math.min(BLOCK, 14 * layout.rows))),
  );
  const tops = heights.map(
    (_, at) => blocksTop + heights.slice(0, at).reduce((sum, height) => sum + height + 30, 0) + 20,
  );
  const axisY = tops.at(-1)! + heights.at(-1)! + 8;
  const height = axisY + 30;
  const parts = [
    `<rect class="paper" width="${WIDTH}" height="${height}" rx="6"/>`,
    text(title, TRACKS_LEFT, 34, 'title'),
    ...runners.flatMap((runner, at) => laneOf(runner, at, entrants)),
    ...axisOf(wholeMs, tops[0]! - 4, axisY),
    `<clipPath id="past"><rect class="past" x="${TRACKS_LEFT}" y="0" width="${TRACKS_RIGHT - TRACKS_LEFT}" height="${height}"/></clipPath>`,
    ...runners.flatMap((runner, at) => blockOf(runner, wholeMs, tops[at]!, heights[at]!)),
    `<rect class="now" x="${TRACKS_RIGHT - 1}" y="${tops[0]! - 4}" width="2" height="${axisY - tops[0]! + 4}"/>`,
  ];
  const words = `${title}: ${entrants.map(({ label, wallMs }) => `${label} ${duration(wallMs)}`).join(', ')}`;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" width="${WIDTH}" height="${height}" role="img">`,
    element('title', {}, words).markup,
    `<style>${styleOf(runners, wholeMs)}</style>`,
    ...parts,
    '</svg>\n',
  ].join('\n');
}

function runnerOf(entrant: Entrant): Runner {
  const { packed, tasks, unitMs, wallMs, idealPerSecond } = entrant;
  const table = unpackTasks(gunzipSync(Buffer.from(packed, 'base64')), tasks, unitMs);
  return { entrant, course: courseOf(table, wallMs, idealPerSecond), layout: layTrial(table, wallMs) };
}

/** How much is done, as a line with the executor's symbol at its end. */
function laneOf({ entrant }: Runner, at: number, all: readonly Entrant[]): string[] {
  const y = TOP + at * LANE + 10;
  const slowest = Math.max(...all.map(({ wallMs }) => wallMs));
  const ratio = slowest / entrant.wallMs;
  const result = ratio > 1.01 ? `${duration(entrant.wallMs)} · ${times(ratio)}` : duration(entrant.wallMs);
  return [
    text(entrant.label, TRACKS_LEFT, y + 5, 'name'),
    `<rect class="lane" x="${LEFT}" y="${y - 3.5}" width="${RIGHT - LEFT}" height="7" rx="3.5"/>`,
    `<g class="${entrant.tone}"><rect class="done-${at}" x="${LEFT}" y="${y - 3.5}" width="${RIGHT - LEFT}" height="7" rx="3.5" fill="currentColor"/>`,
    `<g class="at-${at}"><path d="${entrant.symbol}" transform="translate(${RIGHT} ${y}) scale(1.7)" fill="currentColor" class="edge"/></g></g>`,
    `<g class="result-${at}">${text(result, RIGHT + 22, y + 5, 'name').trim()}</g>`,
  ];
}

/** A bar for each task; what is ahead of the clock is cut off. */
function blockOf({ entrant, layout }: Runner, wholeMs: number, top: number, height: number): string[] {
  const scale = (TRACKS_RIGHT - TRACKS_LEFT) / wholeMs;
  const row = height / Math.max(1, layout.rows);
  const bars: string[] = [];
  for (let line = 0; line < layout.rows; line++)
    for (let place = layout.rowStart[line]!; place < layout.rowStart[line + 1]!; place++) {
      const x = TRACKS_LEFT + layout.startedMs[place]! * scale;
      const wide = Math.max(0.4, (layout.endedMs[place]! - layout.startedMs[place]!) * scale - 0.3);
      const tall = row > 3 ? row - 1 : row;
      bars.push(`M${short(x)} ${short(top + line * row)}h${short(wide)}v${short(tall)}h-${short(wide)}z`);
    }
  return [
    text(entrant.label, TRACKS_LEFT, top - 7, 'small'),
    `<rect class="lane" x="${TRACKS_LEFT}" y="${top}" width="${TRACKS_RIGHT - TRACKS_LEFT}" height="${height}"/>`,
    `<path class="${entrant.tone}" clip-path="url(#past)" fill="currentColor" d="${bars.join('')}"/>`,
  ];
}

function axisOf(wholeMs: number, top: number, y: number): string[] {
  return ticksWithin(0, wholeMs, 6).values.flatMap(ms => {
    const x = TRACKS_LEFT + (ms / wholeMs) * (TRACKS_RIGHT - TRACKS_LEFT);
    const words = ms === 0 ? '0' : duration(ms);
    return [
      `<rect class="tick" x="${short(x)}" y="${top}" width="1" height="${y - top}"/>`,
      text(words, Math.min(x, TRACKS_RIGHT - 26), y + 16, 'small'),
    ];
  });
}

function styleOf(runners: readonly Runner[], wholeMs: number): string {
  const colours = (theme: 'light' | 'dark') => {
    const tones = TONES.map((tone, at) => `.tone-${at}{color:${tone[theme]}}`).join('');
    const { paper, text: ink, quiet } = INK[theme];
    return `${tones}.paper{fill:${paper}}.edge{stroke:${paper};stroke-width:1}text,.now,.lane,.tick{fill:${ink}}.small{fill:${quiet}}`;
  };
  const plays = (name: string, more = '') => `animation:${name} ${FILM_SECONDS}s linear infinite;${more}`;
  const moves = runners.map(({ course }, at) => {
    const shares = Array.from({ length: POINTS + 1 }, (_, point) => ({
      time: point / POINTS,
      share: shareAt(course, (point / POINTS) * wholeMs),
    }));
    const end = course.wallMs / wholeMs;
    const steps = [
      ...shares.filter(({ time }) => time < end),
      { time: end, share: 1 },
      { time: 1 / RACE_SHARE, share: 1 },
    ];
    const frames = (of: (share: number) => string) =>
      steps.map(({ time, share }) => `${short(100 * RACE_SHARE * time)}%{${of(share)}}`).join('');
    const over = short(100 * RACE_SHARE * end);
    return [
      `@keyframes done-${at}{${frames(share => `transform:scaleX(${share.toFixed(3)})`)}}`,
      `@keyframes at-${at}{${frames(share => `transform:translateX(${short((share - 1) * (RIGHT - LEFT))}px)`)}}`,
      `@keyframes result-${at}{0%,${over}%{opacity:0}${short(over + 0.1)}%,100%{opacity:1}}`,
      `.done-${at}{${plays(`done-${at}`, `transform-origin:${LEFT}px 0`)}}.at-${at}{${plays(`at-${at}`)}}.result-${at}{${plays(`result-${at}`)}}`,
    ].join('');
  });
  const whole = TRACKS_RIGHT - TRACKS_LEFT;
  return [
    'text{font:14px system-ui,-apple-system,"Segoe UI",Roboto,Arial,sans-serif;font-variant-numeric:tabular-nums}',
    '.title{font-size:19px;font-weight:650}.name{font-weight:600}.small{font-size:12px}.lane{opacity:.07}.tick{opacity:.14}.now{opacity:.75}',
    colours('light'),
    `@media(prefers-color-scheme:dark){${colours('dark')}}`,
    `@keyframes past{0%{transform:scaleX(0)}${100 * RACE_SHARE}%,100%{transform:scaleX(1)}}`,
    `@keyframes now{0%{transform:translateX(-${whole}px)}${100 * RACE_SHARE}%,100%{transform:none}}`,
    `.past{${plays('past', `transform-origin:${TRACKS_LEFT}px 0`)}}.now{${plays('now')}}`,
    ...moves,
    '@media(prefers-reduced-motion:reduce){*{animation:none!important}}',
  ].join('\n');
}

function text(words: string, x: number, y: number, name: string): string {
  return element('text', { x, y, class: name }, words).markup;
}

function short(value: number): number {
  return Math.round(value * 100) / 100;
}
