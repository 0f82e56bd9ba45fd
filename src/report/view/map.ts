import type { MapPlace, MapState, Report, ThreadsMap } from '../../schema/index.js';
import { exactNumber, fixed } from '../format.js';
import { mapWords, nearestWait, STATE_SYMBOLS, STATE_WORDS, taskSentence } from '../words/map.js';
import { mapPicture } from './map-picture.js';
import type { HeatCellView, HeatMapView, MapView, Tone } from './types.js';

/** Where threads pay, drawn and said. */
export function mapView(report: Report, map: ThreadsMap): MapView {
  const { headline, sentences } = mapWords(report, map);
  const heatMap = map.cells.length === 0 ? null : heatMapOf(map);
  const isOwn = report.tune == null;
  const task = taskSentence(map);
  // Beside a tune its task is what is asked about; the rest the map has said in its own report.
  const said = isOwn ? [...sentences, ...(task === null ? [] : [task])] : [];
  return {
    title: 'MAP',
    headline: isOwn ? headline : (task ?? headline),
    heatMap,
    picture: heatMap === null ? null : mapPicture(map, heatMap),
    sentences: said,
  };
}

const TASK_SYMBOL = '◆';
const TONES: Partial<Record<MapState, Tone>> = {
  threads: 'threads',
  loop: 'loop',
  filled: 'quiet',
  blank: 'quiet',
};
const ORDER: readonly MapState[] = ['threads', 'same', 'loop', 'undecided', 'filled', 'blank'];

function heatMapOf(map: ThreadsMap): HeatMapView {
  const { waitsMs, cpusMs, places, task } = map;
  const marked = task === null ? null : placeOf(map, task);
  const states = new Set(places.map(({ state }) => state));
  return {
    columnTitle: 'a task computes, ms',
    rowTitle: 'waits',
    columns: cpusMs.map(exactNumber),
    rows: waitsMs.map(waitMs => ({
      label: `${exactNumber(waitMs)} ms`,
      cells: places.filter(place => place.waitMs === waitMs).map(place => cellOf(place, place === marked)),
    })),
    legend: [
      ...ORDER.filter(state => states.has(state)).map(
        state => `${STATE_SYMBOLS[state]} ${STATE_WORDS[state]}`,
      ),
      ...(marked === null ? [] : [`${TASK_SYMBOL} ${task!.name}`]),
    ],
  };
}

function cellOf({ state, ratio }: MapPlace, isMarked: boolean): HeatCellView {
  return {
    symbol: isMarked ? TASK_SYMBOL : STATE_SYMBOLS[state],
    figure: ratio === null ? '' : ratioText(ratio),
    tone: isMarked ? 'strong' : (TONES[state] ?? null),
  };
}

/** In four columns. */
function ratioText(ratio: number): string {
  return fixed(ratio, ratio < 9.995 ? 2 : ratio < 99.95 ? 1 : 0);
}

/** The nearest one, on logarithmic axes. */
function placeOf({ places }: ThreadsMap, task: NonNullable<ThreadsMap['task']>): MapPlace {
  const { waitMs } = nearestWait(places, task.waitMs);
  const distance = ({ cpuMs }: MapPlace) =>
    Math.abs(Math.log(cpuMs / Math.max(task.cpuMs, Number.MIN_VALUE)));
  const row = places.filter(place => place.waitMs === waitMs);
  return row.reduce((a, b) => (distance(b) < distance(a) ? b : a));
}
