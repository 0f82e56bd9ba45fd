import { expect, it, test } from 'vitest';
import { brokerName, brokerText } from '../../../src/report/words/brokers.js';
import type { Broker } from '../../../src/schema/index.js';

const BROKER: Broker = {
  backend: 'any',
  engine: 'redis',
  version: '7.0.15',
  url: null,
  roundTripMs: 0.0382,
  settings: { save: '', appendonly: 'no' },
  packages: { bullmq: '6.7.0' },
};
const FAR = { ...BROKER, rttMs: 1, roundTripMs: 1.23 };

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

it('the head of a report names that a broker is far away, beside that it saves', () => {
  const saving = { settings: { appendonly: 'yes' } };
  expect(brokerName(FAR)).toBe('Redis 7.0 (1 ms round trip)');
  expect(brokerName({ ...FAR, ...saving })).toBe('Redis 7.0 (appendonly, 1 ms round trip)');
});

it('the environment has the round trip that was measured, and what was added of it', () => {
  expect(brokerText(BROKER)).toBe(
    'Redis 7.0.15, started for this run on a private socket, round trip 38 µs, by bullmq 6.7.0 (save "", appendonly no)',
  );
  expect(brokerText(FAR)).toContain(', round trip 1.2 ms (1 ms of it added), by ');
  const { roundTripMs: _, ...untold } = BROKER;
  expect(brokerText(untold)).toContain('on a private socket, by bullmq');
});
