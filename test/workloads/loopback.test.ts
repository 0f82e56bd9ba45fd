import { expect, test } from 'vitest';
import { UsageError } from '../../src/errors.js';
import { parseLoopbackUrl } from '../../src/workloads/loopback.js';

test.each([
  ['http://localhost', 'localhost'],
  ['http://LOCALHOST:3000/api', 'localhost'],
  ['http://127.0.0.1:80', '127.0.0.1'],
  ['http://127.255.3.4', '127.255.3.4'],
  ['http://127.1:8080', '127.0.0.1'],
  ['http://0x7f.0.0.1', '127.0.0.1'],
  ['http://[::1]:8080', '[::1]'],
  ['http://[0:0:0:0:0:0:0:1]', '[::1]'],
])('%s is on loopback', (url, hostname) => {
  expect(parseLoopbackUrl('--param url', url).hostname).toBe(hostname);
});

test.each([
  '',
  'localhost:3000',
  '127.0.0.1',
  'https://localhost',
  'ftp://localhost',
  'file:///etc/hosts',
  'http://example.com',
  'http://0.0.0.0',
  'http://[::]',
  'http://[::ffff:8.8.8.8]',
  'http://192.168.0.1',
  'http://128.0.0.1',
  'http://126.255.255.255',
  'http://127.0.0.1.example.com',
  'http://127.0.0.1.nip.io',
  'http://localhost.example.com',
  'http://localhost@example.com',
  'http://127.0.0.1@example.com',
  'http://127.0.0.1:80@example.com',
  'http://example.com#localhost',
  'http://example.com\\@localhost',
  'http://user:secret@localhost',
  'http://localhost/?a=b',
  'http://localhost/#a',
])('%s is refused', url => {
  expect(() => parseLoopbackUrl('--param url', url)).toThrow(UsageError);
});
