import { expect, it } from 'vitest';
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

it('the head of a report names what a broker costs besides: that it saves, that it is far away', () => {
  const saving = { settings: { appendonly: 'yes' } };
  expect(brokerName(BROKER)).toBe('Redis 7.0');
  expect(brokerName({ ...BROKER, ...saving })).toBe('Redis 7.0 (appendonly)');
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
