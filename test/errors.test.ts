import { expect, it } from 'vitest';
import { describeThrown, messageOf } from '../src/errors.js';

it('messageOf reads what another process made of an error', () => {
  expect(messageOf({ name: 'TypeError', message: 'no open' })).toBe('no open');
  expect(messageOf(new RangeError('far'))).toBe('far');
  expect(messageOf({ message: 5 })).toBe('[object Object]');
  expect(messageOf('text')).toBe('text');
});

it.each([
  ['an object without a prototype', Object.create(null)],
  [
    'an error that cannot be read',
    Object.defineProperty(new Error('x'), 'message', {
      get() {
        throw new Error('no');
      },
    }),
  ],
])('%s has no words', (_, thrown) => {
  for (const words of [describeThrown, messageOf])
    expect(words(thrown)).toBe('something that cannot be turned into text');
});
