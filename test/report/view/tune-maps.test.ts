import { expect, it } from 'vitest';
import { view } from '../../../src/report/view/view.js';
import { tuneReport } from '../../support/tune-fixture.js';

it('a tune has a map of threads by tasks in flight, with what is as good and what is chosen', () => {
  const [map, ...more] = view(tuneReport()).answer!.maps;
  expect(more).toEqual([]);
  expect(map).toMatchObject({ executor: 'piscina', columns: ['1', '2', '4', '8'], rows: ['1', '4'] });
  expect(map!.cells.map(row => row.map(cell => cell?.mark ?? null))).toEqual([
    [null, null, 'chosen', 'as good'],
    [null, null, 'as good', null],
  ]);
  expect(map!.cells[0]!.map(cell => cell?.text)).toEqual(['–', '52 %', '100 %', '99 %']);
  // Not searched, and so not even empty.
  expect(map!.cells[1]![3]).toBeNull();
});

it('without an answer there is none', () => {
  expect(view(tuneReport({ answer: null })).answer!.maps).toEqual([]);
});
