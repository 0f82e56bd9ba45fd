import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { targetsWith, withUrlFlags } from '../../src/cli/url-flags.js';
import { UsageError } from '../../src/errors.js';
import type { PlanInput } from '../../src/plan/plan.js';

let cwd: string;
beforeAll(() => {
  cwd = mkdtempSync(join(tmpdir(), 'tvl-url-'));
});
afterAll(() => rmSync(cwd, { recursive: true }));

const paramsOf = (flags: object, params: PlanInput['params'] = {}) =>
  withUrlFlags({ params }, { ...flags }, cwd).params;

test.each([
  ['http://localhost:3000', 'http://localhost:3000', '/'],
  ['https://h/items/{index}?a={b|c}&d=1,2', 'https://h', '/items/{index}?a={b|c}&d=1,2'],
  ['https://h?a=b', 'https://h', '/?a=b'],
  ['HTTP://H:1/', 'HTTP://H:1', '/'],
  ['http://[::1]:3000/a', 'http://[::1]:3000', '/a'],
])('--url %s', (given, url, path) => {
  expect(paramsOf({ url: given })).toEqual({ url, path });
});

test('--url without its beginning is told with it', () =>
  expect(() => paramsOf({ url: 'localhost:3000/a' })).toThrow('Write for example http://localhost:3000/a.'));

test.each(['localhost:3000', 'ftp://h/', 'https:h/a', 'https://', 'https://h/a#b', 'http://h\\@i/', ''])(
  '--url %j is refused',
  url => expect(() => paramsOf({ url })).toThrow(UsageError),
);

test('a URL is the target http, where none is named', () => {
  expect(targetsWith([], { url: 'http://localhost' })).toEqual(['http']);
  expect(targetsWith(['mine'], { url: 'http://localhost' })).toEqual(['mine']);
  expect(targetsWith([], {})).toEqual([]);
});

describe('--header', () => {
  test('is a name and a value', () => {
    const header = ['Accept: text/html', 'x-time:12:30', 'x-empty:'];
    expect(paramsOf({ header })).toEqual({
      headers: { Accept: 'text/html', 'x-time': '12:30', 'x-empty': '' },
    });
  });

  test.each([['no colon of secret'], [': secret']])('%j is refused without being shown', header => {
    expect(() => paramsOf({ header })).toThrow(/^--header: expected "NAME: VALUE"(?!.*secret)/);
  });

  test('twice is refused', () => {
    expect(() => paramsOf({ header: ['a: 1', 'A: 2'] })).toThrow('"A" twice');
  });
});

describe('--body', () => {
  test('is sent by POST, unless a method is said', () => {
    expect(paramsOf({ body: '{"id":{index}}' })).toEqual({ body: '{"id":{index}}', method: 'POST' });
    expect(paramsOf({ body: 'a', method: 'put' })).toEqual({ body: 'a', method: 'PUT' });
    expect(paramsOf({ body: 'a' }, { method: ['PATCH'] })).toEqual({ body: 'a', method: ['PATCH'] });
  });

  test('is what a file has', () => {
    writeFileSync(join(cwd, 'body.json'), '{"a":"ü"}\n');
    expect(paramsOf({ body: '@body.json' })).toMatchObject({ body: '{"a":"ü"}\n' });
    expect(() => paramsOf({ body: '@absent' })).toThrow(
      /^--body: expected a file that can be read, got ENOENT/,
    );
    expect(() => paramsOf({ body: 'x'.repeat(64_001) })).toThrow(/^--body: expected at most 64 kB/);
  });
});

test.each([
  [{ url: 'http://localhost' }, 'url', '--url'],
  [{ url: 'http://localhost' }, 'path', '--url'],
  [{ method: 'PUT' }, 'method', '--method'],
  [{ header: ['a: b'] }, 'headers', '--header'],
  [{ body: 'a', method: 'PUT' }, 'body', '--body'],
])('%j is not given by --param %s too', (flags, name, flag) => {
  expect(() => paramsOf(flags, { [name]: ['x'] })).toThrow(
    `${flag}: expected ${name} once, got it by --param ${name} too. Leave one of them out.`,
  );
});

test('without these flags nothing is changed', () => {
  const input = { params: { url: ['http://localhost'] } };
  expect(withUrlFlags(input, {}, cwd)).toBe(input);
});
