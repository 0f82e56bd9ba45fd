import { expect, it } from 'vitest';
import { view } from '../../../src/report/view/view.js';
import { tuneReport } from '../../support/tune-fixture.js';

it('a tune has a map of threads by tasks in flight, with what is as good and what is chosen', () => {
  const [map, ...more] = view(tuneReport()).answer!.maps;
  expect(more).toEqual([]);
  expect(map).toMatchObject({
    executor: 'piscina',
    columns: ['loop', '1', '2', '4', '8'],
    rows: ['1', '4', '16'],
  });
  expect(map!.cells.map(row => row.map(cell => cell?.mark ?? null))).toEqual([
    [null, null, null, 'chosen', 'as good'],
    [null, null, null, 'as good', null],
    [null, null, null, null, null],
  ]);
  expect(map!.cells[2]![0]).toMatchObject({ text: '27 %', state: 'its ideal is less' });
  expect(map!.cells[0]!.map(cell => cell?.text)).toEqual([undefined, '–', '52 %', '100 %', '99 %']);
  // Not searched, and so not even empty.
  expect(map!.cells[1]![4]).toBeNull();
});

it('without an answer there is none', () => {
  expect(view(tuneReport({ answer: null })).answer!.maps).toEqual([]);
});
