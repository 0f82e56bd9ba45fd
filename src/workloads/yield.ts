import { mix } from './kernel.js';
import { choice, number, wholeNumber } from './params.js';
import type { TaskSignal } from './task-signal.js';
import { defineWorkload } from './workload.js';

/** Work of one count: so little that yielding is what is seen. */
const ITERATIONS = 8;

interface Counters {
  readonly counts: number;
  readonly ratio: number;
  readonly yieldEvery: number;
  readonly turn: () => Promise<void>;
}

const nextImmediate = () => new Promise<void>(resolve => setImmediate(resolve));
const nextMicrotask = () => Promise.resolve();

function limitOf({ counts, ratio }: Counters, index: number): number {
  return Math.max(1, Math.round(counts * ratio ** index));
}

async function count(counters: Counters, index: number, signal: TaskSignal) {
  const limit = limitOf(counters, index);
  let digest = index;
  for (let counted = 1; counted <= limit; counted++) {
    digest = mix(ITERATIONS, digest);
    if (counted % counters.yieldEvery !== 0) continue;
    await counters.turn();
    signal.throwIfAborted();
  }
  return { index, counted: limit, digest };
}

function countAtOnce(counters: Counters, index: number) {
  const limit = limitOf(counters, index);
  let digest = index;
  for (let counted = 1; counted <= limit; counted++) digest = mix(ITERATIONS, digest);
  return { index, counted: limit, digest };
}

export default defineWorkload({
  name: 'yield',
  summary: 'counters that give others a turn every so often; each further one counts to less',
  kind: 'cpu',
  params: {
    counts: wholeNumber(20_000, [1, 100_000_000], 'what task 0 counts to'),
    ratio: number(0.5, [0.01, 1], 'each further task counts to this share of the one before, at least to 1'),
    yieldEvery: wholeNumber(1_000, [1, 100_000_000], 'counts between two turns that are given away'),
    by: choice(
      ['immediate', 'microtask'],
      'immediate: everything else of the loop gets a turn; microtask: only other promises',
    ),
  },
  defaults: { tasks: 2 },
  open: async ({ counts, ratio, yieldEvery, by }): Promise<Counters> => ({
    counts,
    ratio,
    yieldEvery,
    turn: by === 'immediate' ? nextImmediate : nextMicrotask,
  }),
  task: count,
  taskSync: countAtOnce,
});
