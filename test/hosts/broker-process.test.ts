import { expect, test } from 'vitest';
import { requirePackages } from '../../src/hosts/brokers.js';
import { findPostgres, postgresSettings } from '../../src/hosts/postgres-server.js';
import { brokerSettings, findServer } from '../../src/hosts/redis-server.js';

test('where no server is on the PATH it is said how to get one', () => {
  expect(() => findServer('valkey', '/nowhere')).toThrow(
    /^bullmq: expected a broker \(valkey-server on the PATH\), got none\. Install one .*--broker redis:\/\/HOST:6379\.$/,
  );
});

test('packages that are missing are told with the command that installs them', () => {
  const only = (name: string) => (one: string) => one === name;
  expect(() => requirePackages('postgres', only('bullmq'))).toThrow(
    'bullmq: expected the optional package pg, got none. Run npm install pg.',
  );
  expect(() => requirePackages('redis', only('pg'))).toThrow(
    'expected the optional packages bullmq and ioredis, got none. Run npm install bullmq ioredis.',
  );
  expect(() => requirePackages('postgres', () => true)).not.toThrow();
});

test('where no PostgreSQL is found it is said how to get one', () => {
  expect(() => findPostgres('/nowhere', '/nowhere-else')).toThrow(
    /^bullmq: expected a PostgreSQL \(initdb and postgres on the PATH or in .*\), got none\. Install it .*--broker postgres:\/\/\S+\.$/,
  );
});

test.each([
  ['none', 'off', 'off'],
  ['appendonly', 'on', 'off'],
  ['durable', 'on', 'on'],
])(
  'persistence %s is fsync %s and synchronous_commit %s of a private PostgreSQL',
  (persistence, fsync, commit) => {
    const settings = postgresSettings('/run/p', persistence);
    for (const set of [`fsync=${fsync}`, `full_page_writes=${fsync}`, `synchronous_commit=${commit}`])
      expect(settings).toContain(set);
    for (const usual of [
      'listen_addresses=',
      'unix_socket_directories=/run/p',
      'unix_socket_permissions=0700',
    ])
      expect(settings).toContain(usual);
  },
);

test.each([
  ['none', 'no', 'everysec'],
  ['appendonly', 'yes', 'everysec'],
  ['durable', 'yes', 'always'],
])(
  'persistence %s is appendonly %s, appendfsync %s of a private broker, with no snapshots',
  (persistence, appendonly, appendfsync) => {
    const settings = brokerSettings('/run/s', '/run', persistence);
    const of = (name: string) => settings[settings.indexOf(`--${name}`) + 1];
    expect([of('appendonly'), of('appendfsync'), of('save'), of('port')]).toEqual([
      appendonly,
      appendfsync,
      '',
      '0',
    ]);
  },
);
