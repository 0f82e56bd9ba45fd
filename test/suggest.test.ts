import { expect, test } from 'vitest';
import { closest, describe, unknownName } from '../src/suggest.js';

const names = ['sequential', 'promise-all', 'limited', 'batched', 'queue', 'piscina'];

test.each([
  ['quue', 'queue'],
  ['QUEUE', 'queue'],
  ['prom', 'promise-all'],
  ['promiseall', 'promise-all'],
  ['picsina', 'piscina'],
  ['x', undefined],
  ['', undefined],
  ['threads', undefined],
])('%j suggests %s', (typed, meant) => {
  expect(closest(typed, names)).toBe(meant);
});

test.each([
  [undefined, 'nothing'],
  ['', 'nothing'],
  [1.5, '1.5'],
  [Number.NaN, 'NaN'],
  ['\x1b[31m', '"\\u001b[31m"'],
  [{ a: 1 }, '{"a":1}'],
  [() => 1, 'a function'],
])('%j is shown as %s', (value, shown) => {
  expect(describe(value)).toBe(shown);
});

test('what was meant is read before the list, however long that is', () => {
  expect(unknownName('--executors', 'quue', names, 'See the list.').message).toBe(
    `--executors: got "quue". Did you mean queue? Expected one of ${names.join(', ')}.`,
  );
  expect(unknownName('--executors', 'x', ['queue'], 'See the list.').message).toBe(
    '--executors: expected one of queue, got "x". See the list.',
  );
});
