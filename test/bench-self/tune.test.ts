import { describe, expect, test } from 'vitest';
import { GRID } from '../../bench/self/tune/grid.js';
import { bestOf, isSame, smallestWithin, stepsAbove } from '../../bench/self/tune/size.js';
import type { TunePoint } from '../../src/schema/index.js';

const at = (id: string): TunePoint => GRID.find(point => point.id === id)!;
const seen = (rates: Readonly<Record<string, number>>) =>
  Object.entries(rates).map(([id, tasksPerSecond]) => ({ point: at(id), tasksPerSecond }));

test('the grid has the loop and up to eight threads, each point once', () => {
  expect(new Set(GRID.map(({ id }) => id)).size).toBe(GRID.length);
  expect(GRID.filter(point => isSame(point, at('piscina 2x4')))).toHaveLength(1);
});

test('the smallest within a share of the best has fewer threads first, then less in flight', () => {
  const rates = seen({ 'limited 0x8': 50, 'piscina 8x1': 100, 'piscina 2x16': 98, 'piscina 2x4': 97.5 });
  expect(bestOf(rates).point.id).toBe('piscina 8x1');
  expect(smallestWithin(rates, 0.03, ['limited', 'piscina']).point.id).toBe('piscina 2x4');
  expect(smallestWithin(rates, 0.01, ['limited', 'piscina']).point.id).toBe('piscina 8x1');
});

describe('steps above another', () => {
  test.each([
    ['piscina 4x1', 'piscina 2x64', 1],
    ['piscina 8x1', 'piscina 2x1', 2],
    ['piscina 1x8', 'limited 0x8', 1],
    ['piscina 2x1', 'limited 0x8', 2],
    ['limited 0x8', 'piscina 2x1', -2],
    ['piscina 2x16', 'piscina 2x4', 2],
    ['limited 0x4', 'limited 0x8', -1],
  ] as const)('%s, of %s: %d', (point, other, steps) => {
    expect(stepsAbove(at(point), at(other))).toBe(steps);
  });
});
