import { expect, it } from 'vitest';
import type { TuneFork, TunePoint } from '../../src/schema/index.js';
import { answerOf } from '../../src/tune/answer.js';
import { RULES } from './worlds.js';

const point = (id: string, workers: number): TunePoint => ({
  ...{ id, executor: workers === 0 ? 'limited' : 'piscina', workers, inFlightPerWorker: 1 },
  ...{ uvThreads: null, setting: '', bound: null, tier: 0 },
});
const POINTS = [point('loop', 0), point('one', 1), point('two', 2), point('four', 4)];

/** Two rounds of each, in logarithms of what is given. */
const fork = (phase: TuneFork['phase'], rates: Readonly<Record<string, readonly [number, number]>>) => ({
  phase,
  logs: Object.fromEntries(Object.entries(rates).map(([id, rounds]) => [id, rounds.map(Math.log)])),
  unfit: [],
});

it('tells apart what is behind, what is as good, and what nobody knows', () => {
  const forks: TuneFork[] = [
    fork('knee', { two: [190, 210], loop: [100, 100] }),
    fork('screen', { one: [150, 150], two: [170, 230], four: [195, 200] }),
    // On a machine that others keep busy.
    ...[110, 180, 220].map(rate => fork('race', { one: [rate, rate], two: [200, 200] })),
    ...Array.from({ length: 6 }, (_, at) =>
      fork('confirm', { two: [200 + at, 201], loop: [100, 101 + at], four: [199, 200 + at] }),
    ),
  ];
  const { standings, toLoop } = answerOf(POINTS, forks, RULES, 'two');
  expect(toLoop.low).toBeGreaterThan(1.8);
  expect(standings.map(({ id, state }) => [id, state])).toEqual([
    ['loop', 'behind'],
    ['one', 'not told apart'],
    ['two', 'choice'],
    ['four', 'as good'],
  ]);
});
