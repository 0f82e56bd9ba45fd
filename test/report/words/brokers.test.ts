import { expect, test } from 'vitest';
import { brokerName } from '../../../src/report/words/brokers.js';

test.each([
  ['redis', '7.0.15', { appendonly: 'no', appendfsync: 'everysec' }, 'Redis 7.0'],
  ['valkey', '8.1.2', { appendonly: 'yes', appendfsync: 'everysec' }, 'Valkey 8.1 (appendonly)'],
  ['redis', '7.0.15', { appendonly: 'yes', appendfsync: 'always' }, 'Redis 7.0 (durable)'],
  ['postgres', '15.14', { fsync: 'off', synchronous_commit: 'off' }, 'PostgreSQL 15.14'],
  ['postgres', '15.14', { fsync: 'on', synchronous_commit: 'off' }, 'PostgreSQL 15.14 (appendonly)'],
  ['postgres', '17.2', { fsync: 'on', synchronous_commit: 'on' }, 'PostgreSQL 17.2 (durable)'],
] as const)('%s %s with %j is %s', (engine, version, settings, name) => {
  expect(brokerName({ backend: 'any', engine, version, url: null, settings, packages: {} })).toBe(name);
});
