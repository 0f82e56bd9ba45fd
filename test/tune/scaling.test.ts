import { expect, it } from 'vitest';
import { tuneWords } from '../../src/report/words/tune.js';
import type { TuneFork, TunePoint } from '../../src/schema/index.js';
import { scalingOf } from '../../src/tune/scaling.js';
import { ANSWER, tuneReport } from '../support/tune-fixture.js';

const SIZES = [1, 2, 3, 4, 6, 8, 12];
const idOf = (workers: number) => `piscina ${workers}`;
const POINTS = SIZES.map(
  (workers): TunePoint => ({
    ...{ id: idOf(workers), executor: 'piscina', workers, inFlightPerWorker: 1, uvThreads: null },
    ...{ setting: '', bound: null, tier: 0 },
  }),
);
/** Tasks of which a fifth is serial, in forks that differ by some percent. */
const fork = (sizes: readonly number[], at: number): TuneFork => ({
  phase: 'race',
  unfit: [],
  logs: Object.fromEntries(
    sizes.map(size => {
      const log = Math.log((100 * size) / (1 + 0.2 * (size - 1))) + 0.01 * Math.sin(7 * at + size);
      return [idOf(size), [log, log]];
    }),
  ),
});
const forksOf = (count: number, sizes: readonly number[]) =>
  Array.from({ length: count }, (_, at) => fork(sizes, at));

it('fits the law to what ran together in three forks, and says it', () => {
  const found = scalingOf(POINTS, [...forksOf(4, SIZES.slice(0, 6)), fork([4, 8], 9)], idOf(4));
  expect(found).toMatchObject({ series: 'piscina', sizes: [1, 2, 3, 4, 6, 8], why: null });
  expect(found!.law!.alpha.low).toBeLessThanOrEqual(0.2);
  expect(found!.law!.alpha.high).toBeGreaterThanOrEqual(0.2);
  const report = tuneReport({ answer: { ...ANSWER, scaling: found } });
  expect(tuneWords(report, report.tune!).sentences.join('\n')).toMatch(
    /^Scaling: piscina over 6 sizes from 1 to 8 threads: contention /m,
  );
});

it('says why there is no law where its space has the sizes, and what would fit one', () => {
  const said = (forks: readonly TuneFork[]) => {
    const scaling = scalingOf(POINTS, forks, idOf(4));
    const answer = {
      ...ANSWER,
      choice: idOf(4),
      standings: POINTS.map(({ id }) => ({ id, ratio: 1, state: 'as good' as const })),
      scaling,
    };
    const report = tuneReport({ points: POINTS, answer });
    return tuneWords(report, report.tune!).sentences.find(text => text.startsWith('Scaling'));
  };
  const remedy =
    '; a search runs no size longer than it has to: `run … --executors piscina --threads 1,2,3,4,6,8,12` runs all of them';
  // A thread alone was ruled out by its ideal.
  expect(said(forksOf(4, SIZES.slice(1, 6)))).toBe(
    `Scaling: piscina over 5 sizes from 2 to 8 threads: too few sizes for a scaling law, which takes six${remedy}`,
  );
  expect(said(forksOf(2, SIZES))).toBe(
    `Scaling: piscina over 7 sizes from 1 to 12 threads: too few forks for a scaling law, which takes three${remedy}`,
  );
});

it('says nothing of a space of fewer sizes, of a loop, or at a rate', () => {
  expect(scalingOf(POINTS.slice(0, 5), forksOf(4, SIZES.slice(0, 5)), idOf(4))).toBeNull();
  const loops = POINTS.map(point => ({ ...point, workers: 0 }));
  expect(scalingOf(loops, forksOf(4, SIZES), idOf(4))).toBeNull();
  const judged = forksOf(4, SIZES).map(one => ({ ...one, unmet: [] }));
  expect(scalingOf(POINTS, judged, idOf(4))).toBeNull();
});
