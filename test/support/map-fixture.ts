import type { MapBoundary, MapPlace, MapState, ThreadsMap } from '../../src/schema/index.js';
import { makeReport } from './report-fixture.js';

const CPUS_MS = [0.02, 0.1, 0.5, 2, 10];

/** A row for each wait: `▲1.94` threads, `=1.00` the same, `▼0.71` the loop, `░1.05` undecided, `~1.90` filled, `·` blank. */
const ROWS: Readonly<Record<number, string>> = {
  0: '▼0.71 ░1.05 ▲1.62 ~1.90 ▲1.94',
  5: '=1.00 ▲1.09 ~1.85 · ▲1.93',
  100: '~1.00 · =1.00 ▲1.22 ▲10.4',
};
const STATES: Readonly<Record<string, MapState>> = {
  '▲': 'threads',
  '=': 'same',
  '▼': 'loop',
  '░': 'undecided',
  '~': 'filled',
  '·': 'blank',
};

function placesOf([wait, row]: [string, string]): MapPlace[] {
  return row.split(' ').map((text, at) => {
    const state = STATES[text[0]!]!;
    const ratio = state === 'blank' ? null : Number(text.slice(1));
    const isMeasured = ratio !== null && state !== 'filled';
    return {
      waitMs: Number(wait),
      cpuMs: CPUS_MS[at]!,
      state,
      ratio,
      low: isMeasured ? ratio * 0.97 : null,
      high: isMeasured ? ratio * 1.03 : null,
    };
  });
}

export const boundary = (waitMs: number, more: Partial<MapBoundary> = {}): MapBoundary => ({
  waitMs,
  kind: 'between',
  atMs: 0.16,
  lowMs: 0.1,
  highMs: 0.2,
  ...more,
});

/** As saved; everything in it fits together. */
export function makeMap(more: Partial<ThreadsMap> = {}): ThreadsMap {
  const places = Object.entries(ROWS).flatMap(placesOf);
  const measured = places.filter(({ low }) => low !== null);
  return {
    startedAt: '2025-11-20T20:00:00.000Z',
    loop: 'limited',
    threads: 'queue',
    threadCount: 2,
    inFlight: 64,
    pays: 0.05,
    waitsMs: [0, 5, 100],
    cpusMs: CPUS_MS,
    cells: measured.map(({ waitMs, cpuMs, ratio }) => ({
      waitMs,
      cpuMs,
      purpose: 'bisect',
      busy: false,
      forks: [0.97, 1, 1.03].map(level => ({ loop: [5, 5], threads: [5 + Math.log(ratio! * level), 5] })),
    })),
    places,
    boundaries: [
      boundary(0),
      boundary(5, { atMs: 0.078, lowMs: 0.02, highMs: 0.1 }),
      boundary(100, { atMs: 1.61, lowMs: 0.5, highMs: 2 }),
    ],
    model: {
      checks: measured.map(({ waitMs, cpuMs, ratio }, at) => ({
        waitMs,
        cpuMs,
        predicted: ratio! * (at === 2 ? 1.08 : 0.99),
        measured: ratio!,
      })),
    },
    trials: 120,
    elapsedMs: 174_000,
    budgetMs: 180_000,
    hurried: true,
    task: null,
    ...more,
  };
}

export function mapReport(more: Partial<ThreadsMap> = {}) {
  return makeReport({ scenarios: [], map: makeMap(more) });
}
