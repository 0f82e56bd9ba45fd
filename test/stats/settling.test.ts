import { expect, it } from 'vitest';
import { isStillFalling } from '../../src/stats/settling.js';

const forks = (of: (round: number, fork: number) => number | null, rounds = 6, number = 5) =>
  Array.from({ length: number }, (_, fork) => Array.from({ length: rounds }, (_, round) => of(round, fork)));

it.each([
  ['falling by a fifth within each fork', forks((round, fork) => 100 * 0.95 ** round + fork), true],
  ['steady', forks((round, fork) => 100 + ((round * 7 + fork * 3) % 5)), false],
  ['falling by less than a tenth', forks(round => 100 * 0.99 ** round), false],
  ['rising', forks(round => 100 * 1.1 ** round), false],
  ['falling in one fork of five', forks((round, fork) => (fork === 0 ? 100 * 0.5 ** round : 100)), false],
  ['in too few forks', forks(round => 100 * 0.5 ** round, 6, 2), false],
  [
    'falling by a fifth between the only two rounds',
    forks((round, fork) => 100 * 0.8 ** round + fork, 2),
    true,
  ],
  ['steady in two rounds', forks((round, fork) => 100 + ((round * 7 + fork * 3) % 5), 2), false],
  ['in too few rounds', forks(() => 100, 1), false],
  ['not known', forks(() => null), false],
])('a cost that is %s', (_, values, falling) => {
  expect(isStillFalling(values)).toBe(falling);
});
