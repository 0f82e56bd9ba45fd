import { decide, type MapDecision, type MapSpace } from '../../src/map/decide.js';
import { addForks } from '../../src/map/history.js';
import { createRandom, hash32 } from '../../src/random.js';
import type { MapCell, MapFork } from '../../src/schema/index.js';

export type Step = Extract<MapDecision, { kind: 'measure' }>;

export const CPUS_MS = [0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 20];
export const WAITS_MS = [0, 1, 5, 25, 100];
const IN_FLIGHT = 64;
const ROUNDS = 2;

/** What a machine does, in other words than the model's: lanes that wait and compute in turn, without a soft edge. */
export interface Surface {
  readonly cores: number;
  /** Of a task, beside what it computes. */
  readonly loopMs: number;
  readonly threadsMs: number;
  readonly lateMs: number;
  /** Standard deviations of ln, of a fork and of a trial in it. */
  readonly forkNoise: number;
  readonly trialNoise: number;
}

export const TWO_CORES: Surface = {
  cores: 1.95,
  loopMs: 0.002,
  threadsMs: 0.004,
  lateMs: 0.6,
  forkNoise: 0.01,
  trialNoise: 0.015,
};

export function trueRatio(
  { cores, loopMs, threadsMs, lateMs }: Surface,
  waitMs: number,
  cpuMs: number,
): number {
  const serviceMs = waitMs === 0 ? 0 : waitMs + lateMs;
  const perMs = (of: number, overheadMs: number) =>
    Math.min(IN_FLIGHT / (serviceMs + cpuMs + overheadMs), of / (cpuMs + overheadMs));
  return perMs(cores, threadsMs) / perMs(1, loopMs);
}

/** Computing at which threads do 5 % more; null: nowhere between these. */
export function trueBoundaryMs(
  surface: Surface,
  waitMs: number,
  [from, to]: readonly [number, number],
): number | null {
  const pays = (cpuMs: number) => trueRatio(surface, waitMs, cpuMs) > 1.05;
  if (pays(from) || !pays(to)) return null;
  let [low, high] = [from, to];
  while (high / low > 1.0001) {
    const middle = Math.sqrt(low * high);
    if (pays(middle)) high = middle;
    else low = middle;
  }
  return high;
}

export function forksOn(surface: Surface, { waitMs, cpuMs, forks }: Step, seed: number): MapFork[] {
  const random = createRandom(hash32(seed, waitMs, cpuMs));
  const normal = () => Math.sqrt(-2 * Math.log(1 - random.next())) * Math.cos(2 * Math.PI * random.next());
  return Array.from({ length: forks }, () => {
    const level = Math.log(trueRatio(surface, waitMs, cpuMs)) + surface.forkNoise * normal();
    const loop = Array.from({ length: ROUNDS }, () => 5 + 0.05 * normal());
    return { loop, threads: loop.map(log => log + level + surface.trialNoise * normal()) };
  });
}

export const spaceFrom = (starts: readonly number[], waitsMs = WAITS_MS): MapSpace => ({
  waitsMs,
  cpusMs: CPUS_MS,
  starts,
});

/** Of two cores and 64 in flight. */
export const STARTS = [0, 0, 3, 5, 7];

export interface Mapped {
  readonly cells: readonly MapCell[];
  readonly steps: readonly Step[];
  /** Nothing was left to find out. */
  readonly isDone: boolean;
}

/** Runs a map on a surface, with room for so many steps. */
export function mapSurface(
  surface: Surface,
  seed: number,
  {
    space = spaceFrom(STARTS),
    most = 300,
    known = [],
  }: {
    readonly space?: MapSpace;
    readonly most?: number;
    readonly known?: readonly MapCell[];
  } = {},
): Mapped {
  let cells = known;
  const steps: Step[] = [];
  while (steps.length < most) {
    const step = decide(space, cells);
    if (step.kind === 'done') return { cells, steps, isDone: true };
    const done = cells.reduce((sum, { forks }) => sum + forks.length, 0);
    cells = addForks(cells, { ...step, busy: false, forks: forksOn(surface, step, hash32(seed, done)) });
    steps.push(step);
  }
  return { cells, steps, isDone: false };
}
