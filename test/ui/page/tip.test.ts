import { describe, expect, it } from 'vitest';
import { ordinal, outcomeOf } from '../../../src/ui/page/tip.js';
import { raceOf } from '../../support/ui-server.js';

const { entrants } = raceOf({ kind: 'race', plan: { preset: 'waiting' } });

describe('a tip', () => {
  it('that names the winner is told so', () => {
    const outcome = outcomeOf({ winner: 'limited', ratio: null }, entrants);
    expect(outcome).toEqual({ isWinner: true, isClose: null, words: 'You tipped limited, and it won.' });
  });

  it('that names another one is told its place', () => {
    const { isWinner, words } = outcomeOf({ winner: 'queue', ratio: null }, entrants);
    expect(isWinner).toBe(false);
    expect(words).toBe('You tipped queue ×2, which came 2nd; limited won.');
  });

  it('of how much is close within a factor of 1.5', () => {
    const { ratio } = entrants[0]!;
    const close = (tipped: number) => outcomeOf({ winner: 'limited', ratio: tipped }, entrants);
    expect(close(1.4 * ratio)).toMatchObject({ isClose: true });
    expect(close(1.6 * ratio).words).toContain('less than you thought');
    expect(close(ratio / 1.6).words).toContain('more than you thought');
  });

  it('of somebody who has no trial to show is told that', () => {
    expect(outcomeOf({ winner: 'piscina', ratio: null }, entrants).words).toContain('has no trial to show');
  });
});

it.each([
  [1, '1st'],
  [2, '2nd'],
  [3, '3rd'],
  [4, '4th'],
  [11, '11th'],
  [12, '12th'],
  [22, '22nd'],
])('%d is %s', (place, words) => {
  expect(ordinal(place)).toBe(words);
});
