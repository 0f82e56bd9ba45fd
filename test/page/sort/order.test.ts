import fc from 'fast-check';
import { expect, it } from 'vitest';
import { nextDirection, orderOf, saidAt } from '../../../src/page/sort/order.js';

const sorted = (cells: readonly string[], direction: 'ascending' | 'descending' | 'none') =>
  orderOf(cells, direction).map(at => cells[at]);

it('figures are sorted by what they are, not by how they are written', () => {
  const cells = ['57 ms', '2.1 s', '900 µs', '1.2 s'];
  expect(sorted(cells, 'ascending')).toEqual(['900 µs', '57 ms', '1.2 s', '2.1 s']);
  expect(sorted(cells, 'descending')).toEqual(['2.1 s', '1.2 s', '57 ms', '900 µs']);
  expect(sorted(cells, 'none')).toEqual(cells);
});

it('what says no figure comes last either way', () => {
  const cells = ['–', '3', 'INVALID', '1', 'overloaded, +9'];
  expect(sorted(cells, 'ascending')).toEqual(['1', '3', '–', 'INVALID', 'overloaded, +9']);
  expect(sorted(cells, 'descending')).toEqual(['3', '1', '–', 'INVALID', 'overloaded, +9']);
});

it('words are sorted as people count', () => {
  expect(sorted(['queue ×10', 'limited', 'queue ×2', ''], 'ascending')).toEqual([
    'limited',
    'queue ×2',
    'queue ×10',
    '',
  ]);
});

it('what is alike stays in the order of the page, and nothing is lost', () => {
  const cells = fc.array(fc.constantFrom('1', '2', '–', '10 ms', 'x'), { maxLength: 30 });
  fc.assert(
    fc.property(cells, fc.constantFrom('ascending' as const, 'descending' as const), (all, direction) => {
      const order = orderOf(all, direction);
      expect(order.toSorted((a, b) => a - b)).toEqual(all.map((_, at) => at));
      order.slice(1).forEach((at, index) => {
        if (all[at] === all[order[index]!]) expect(at).toBeGreaterThan(order[index]!);
      });
    }),
  );
});

it('a heading goes up, down and back', () => {
  expect((['none', 'ascending', 'descending'] as const).map(nextDirection)).toEqual([
    'ascending',
    'descending',
    'none',
  ]);
});

it('an empty cell means what the one above it says', () => {
  expect(saidAt(['a', '', '', 'b', ''])).toEqual([0, 0, 0, 3, 3]);
});
