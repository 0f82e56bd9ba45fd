import { describe, expect, it } from 'vitest';
import { TaskError } from '../../src/errors.js';
import { failureOf, timedOut } from '../../src/tasks/failure.js';

const evil = Object.defineProperty(new Error('x'), 'message', {
  get() {
    throw new Error('no');
  },
});

describe('failureOf', () => {
  it.each([
    ['an error', new TypeError('bad'), { kind: 'error', message: 'TypeError: bad' }],
    ['of a kind', new TaskError('http-503', 'busy'), { kind: 'http-503', message: 'busy' }],
    ['a known cause', timedOut(5), { kind: 'timeout', message: { code: 'timeout', limitMs: 5 } }],
    ['no error', 5, { kind: 'error', message: '5' }],
    [
      'a kind that is a property of every object',
      new TaskError('toString', 'm'),
      { kind: 'error', message: 'toString: m' },
    ],
    ['a kind that is none', new TaskError('__proto__', 'm'), { kind: 'error', message: '__proto__: m' }],
    ['a kind of several words', new TaskError('a b', 'm'), { kind: 'error', message: 'a b: m' }],
    [
      'an object without a prototype',
      Object.create(null),
      { kind: 'error', message: 'something that cannot be turned into text' },
    ],
    [
      'an error that cannot be read',
      evil,
      { kind: 'error', message: 'something that cannot be turned into text' },
    ],
  ])('%s', (_, thrown, failure) => {
    expect(failureOf(thrown)).toEqual(failure);
  });
});
