import { scaleLinear, scaleUtc } from 'd3-scale';
import { WIDTH } from './frame.js';

/** Pixels of the plot. */
export const SPAN = { left: 52, right: WIDTH - 12 } as const;
const [FROM, TO] = [SPAN.left + 8, SPAN.right - 4];
const TICKS = 4;
const HALF_A_DAY_MS = 43_200_000;
/** Nearer to each other symbols hide each other. */
const LEAST_APART = 4;

export interface TimeAxis {
  x(ms: number): number;
  readonly ticks: readonly { readonly at: number; readonly label: string }[];
  /** Runs stand in their order, as far from each other: in time most would lie on one place. */
  readonly isEven: boolean;
}

/** @param points in the order of time, at least one */
export function timeAxis(points: readonly { readonly atMs: number }[]): TimeAxis {
  const times = points.map(({ atMs }) => atMs);
  const [first, last] = [times[0]!, times.at(-1)!];
  const pad = first === last ? HALF_A_DAY_MS : 0;
  const time = scaleUtc([first - pad, last + pad], [FROM, TO]);
  const steps = times.slice(1).map((ms, at) => time(ms) - time(times[at]!));
  const near = steps.filter(step => step < Math.min(LEAST_APART, (TO - FROM) / times.length / 2));
  if (near.length > steps.length / 2) return evenAxis(times);
  const ticks = time.ticks(TICKS);
  const isDays = ticks.every(tick => tick.toISOString().endsWith('T00:00:00.000Z'));
  const isSeconds = ticks.some(tick => tick.getUTCSeconds() > 0);
  return {
    x: ms => time(ms),
    ticks: ticks.map(tick => ({
      at: time(tick),
      label: labelOf(tick.getTime(), isDays ? 'day' : isSeconds ? 'second' : 'minute'),
    })),
    isEven: false,
  };
}

function evenAxis(times: readonly number[]): TimeAxis {
  const place = scaleLinear([0, times.length - 1], [FROM, TO]);
  const shown = [
    ...new Set(Array.from({ length: TICKS }, (_, at) => Math.round((at / (TICKS - 1)) * (times.length - 1)))),
  ];
  return {
    x: ms => place(Math.max(0, times.indexOf(ms))),
    ticks: shown.map(at => ({ at: place(at), label: labelOf(times[at]!, 'minute') })),
    isEven: true,
  };
}

/** `2026-03-04`, `03-04 14:05`, `14:05:20`. */
function labelOf(ms: number, precision: 'day' | 'minute' | 'second'): string {
  const text = new Date(ms).toISOString();
  if (precision === 'second') return text.slice(11, 19);
  return precision === 'day' ? text.slice(0, 10) : text.slice(5, 16).replace('T', ' ');
}
