import { expect, it } from 'vitest';
import { renderTerminal } from '../../src/report/terminal/terminal.js';
import { scalingNotes } from '../../src/report/words/scaling.js';
import type { Scaling } from '../../src/schema/index.js';
import { makeReport, makeScenario } from '../support/report-fixture.js';

const SIZES = [1, 2, 3, 4, 6, 8];
const bounded = (value: number, low: number, high: number) => ({ value, low, high });
const LAW: Scaling = {
  series: 'queue',
  sizes: SIZES,
  leftOut: [],
  law: {
    gamma: 100,
    alpha: bounded(0.04, 0.02, 0.06),
    beta: bounded(0.002, 0, 0.004),
    peak: null,
    efficiency: 0.7,
    misfit: null,
  },
  why: null,
};
const textOf = (scaling: Scaling) => scalingNotes(makeScenario({ scaling: [scaling] }))[0]!.text;

it('says contention and coherency in words, with their intervals', () => {
  expect(textOf(LAW)).toBe(
    'queue over 6 sizes from 1 to 8 threads: contention 4.0 % [2.0 %, 6.0 %], what only one thread can do at a time, cores that threads have to share among it; ' +
      'coherency 0.2 % [0 %, 0.4 %], what threads cost each other; 8 threads do 70 % of as many times one; ' +
      'no peak is shown: the range is too short for one (the universal scalability law)',
  );
});

it('names a peak that was reached', () => {
  expect(textOf({ ...LAW, law: { ...LAW.law!, peak: 6.2 } })).toContain(
    'most at about 6 threads, less beyond',
  );
});

it('says that the law does not fit, and where', () => {
  const text = textOf({ ...LAW, law: { ...LAW.law!, misfit: { threads: 2, share: 0.124 } } });
  expect(text).toMatch(
    /^queue over 6 sizes from 1 to 8 threads: the universal scalability law does not fit, 2 threads do 12 % more than it says/,
  );
  expect(text).not.toContain('contention');
});

it('names the sizes that are no part of it', () => {
  const leftOut = [
    { threads: 4, why: 'cold' },
    { threads: 8, why: 'lost' },
    { threads: 12, why: 'lost' },
  ] as const;
  expect(textOf({ ...LAW, sizes: [1, 2, 3], leftOut, law: null, why: 'few sizes' })).toBe(
    'queue over 3 sizes from 1 to 3 threads (not 8 and 12 threads, whose trials were all lost; nor 4 threads, which had no warm trial): too few sizes for a scaling law, which takes six',
  );
});

it.each([
  ['few sizes', 'too few sizes'],
  ['few forks', 'too few forks'],
  ['short range', 'still grew'],
] as const)('says why there is no law: %s', (why, words) => {
  const text = textOf({ ...LAW, law: null, why });
  expect(text).toContain(words === 'still grew' ? 'throughput still grows' : words);
});

it('stands among the notes of a report', () => {
  const report = makeReport({ scenarios: [makeScenario({ scaling: [LAW] })] });
  expect(renderTerminal(report, { width: 80, colour: false, sections: {} })).toContain(
    '  scaling: queue over 6 sizes from 1 to 8 threads',
  );
});
