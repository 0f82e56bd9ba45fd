import { expect, test } from 'vitest';
import { brokerSettings, findServer } from '../../src/hosts/broker-process.js';

test('where no server is on the PATH it is said how to get one', () => {
  expect(() => findServer('valkey', '/nowhere')).toThrow(
    /^bullmq: expected a broker \(valkey-server on the PATH\), got none\. Install one .*--broker redis:\/\/HOST:6379\.$/,
  );
});

test.each([
  ['none', 'no'],
  ['appendonly', 'yes'],
])('persistence %s is appendonly %s of a private broker, with no snapshots', (persistence, appendonly) => {
  const settings = brokerSettings('/run/s', '/run', persistence);
  const of = (name: string) => settings[settings.indexOf(`--${name}`) + 1];
  expect([of('appendonly'), of('appendfsync'), of('save'), of('port')]).toEqual([
    appendonly,
    'everysec',
    '',
    '0',
  ]);
});
