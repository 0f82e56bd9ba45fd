import { expect, test } from 'vitest';
import { TaskError } from '../../src/errors.js';
import { parseJson, toTaskError } from '../../src/workloads/http-errors.js';

const coded = (code: string) => Object.assign(new Error(`message of ${code}`), { code });

test.each([
  ['ECONNREFUSED', 'refused'],
  ['ECONNRESET', 'reset'],
  ['EPIPE', 'reset'],
  ['UND_ERR_SOCKET', 'reset'],
  ['ETIMEDOUT', 'timeout'],
  ['UND_ERR_CONNECT_TIMEOUT', 'timeout'],
  ['UND_ERR_HEADERS_TIMEOUT', 'timeout'],
  ['UND_ERR_BODY_TIMEOUT', 'timeout'],
  ['EMFILE', 'error'],
])('%s is %s, as it is and as the cause of a failed fetch', (code, kind) => {
  const error = coded(code);
  const expected = { kind, message: `message of ${code}` };
  expect(toTaskError(error)).toMatchObject(expected);
  expect(toTaskError(new TypeError('fetch failed', { cause: error }))).toMatchObject(expected);
});

test('localhost refused on both of its addresses is refused', () => {
  const error = Object.assign(new AggregateError([coded('ECONNREFUSED')]), { code: 'ECONNREFUSED' });
  expect(toTaskError(error)).toMatchObject({ kind: 'refused', message: 'ECONNREFUSED' });
});

test('a TaskError stays what it is, anything else is an error', () => {
  const error = new TaskError('http-500', 'x');
  expect(toTaskError(error)).toBe(error);
  expect(toTaskError('text')).toMatchObject({ kind: 'error', message: 'text' });
  expect(toTaskError(undefined)).toMatchObject({ kind: 'error', message: 'undefined' });
});

test('a certificate that is not trusted is named by its code', () => {
  const known = { code: 'certificate', errorCode: 'DEPTH_ZERO_SELF_SIGNED_CERT' };
  expect(toTaskError(coded(known.errorCode))).toMatchObject({ kind: 'certificate', known });
});

test('JSON that does not parse is bad-json', () => {
  expect(parseJson('{"a":[1]}')).toEqual({ a: [1] });
  for (const text of ['', '{"id":1,"title":"cut o', '<html>']) {
    expect(() => parseJson(text)).toThrow(expect.objectContaining({ name: 'TaskError', kind: 'bad-json' }));
  }
});
