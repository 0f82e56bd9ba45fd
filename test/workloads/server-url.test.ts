import { describe, expect, test } from 'vitest';
import { UsageError } from '../../src/errors.js';
import { isLoopback } from '../../src/loopback.js';
import { parseServerUrl } from '../../src/workloads/server-url.js';

const hostOf = (url: string) => parseServerUrl('--param url', url).hostname;

describe('this machine', () => {
  test.each([
    ['http://localhost', 'localhost'],
    ['https://localhost', 'localhost'],
    ['http://LOCALHOST:3000/api', 'localhost'],
    ['http://127.0.0.1:80', '127.0.0.1'],
    ['http://127.255.3.4', '127.255.3.4'],
    ['http://127.1:8080', '127.0.0.1'],
    ['http://0x7f.0.0.1', '127.0.0.1'],
    ['http://2130706433', '127.0.0.1'],
    ['http://[::1]:8080', '[::1]'],
    ['http://[0:0:0:0:0:0:0:1]', '[::1]'],
  ])('is %s', (url, hostname) => {
    expect(hostOf(url)).toBe(hostname);
    expect(isLoopback(hostname)).toBe(true);
  });

  test.each([
    'http://example.com',
    'http://0.0.0.0',
    'http://[::]',
    'http://[::ffff:8.8.8.8]',
    'http://[::ffff:127.0.0.1]',
    'http://192.168.0.1',
    'http://128.0.0.1',
    'http://126.255.255.255',
    'http://127.0.0.1.example.com',
    'http://127.0.0.1.nip.io',
    'http://localhost.example.com',
    'http://localhost.',
    'http://ip6-localhost',
    'http://example.com\\@localhost',
  ])('is not %s', url => {
    expect(isLoopback(hostOf(url))).toBe(false);
  });
});

test.each([
  '',
  'localhost:3000',
  '127.0.0.1',
  'ftp://localhost',
  'file:///etc/hosts',
  'http://localhost@example.com',
  'http://127.0.0.1@example.com',
  'http://127.0.0.1:80@example.com',
  'http://example.com#localhost',
  'http://user:secret@localhost',
  'http://localhost/?a=b',
  'http://localhost/#a',
])('%s is no base URL', url => {
  expect(() => hostOf(url)).toThrow(UsageError);
});

test('credentials in a URL are refused without being shown', () => {
  expect(() => hostOf('http://user:secret@localhost')).toThrow(/^(?!.*secret)/);
});
