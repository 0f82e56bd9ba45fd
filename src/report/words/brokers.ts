import type { Broker } from '../../schema/index.js';

const NAMES = { redis: 'Redis', valkey: 'Valkey' } as const;

/** `Redis 7.0`, or `Redis 7.0 (appendonly)`: what it costs to save each change is in the figures. */
export function brokerName({ engine, version, settings }: Broker): string {
  const saves = settings.appendonly === 'yes' ? ' (appendonly)' : '';
  return `${NAMES[engine]} ${version.split('.').slice(0, 2).join('.')}${saves}`;
}

/** `Redis 7.0.15, started for this run on a private socket, by bullmq 6.7.0, ioredis 6.0.0 (appendonly no, save "")`. */
export function brokerText({ engine, version, url, packages, settings }: Broker): string {
  const where = url === null ? 'started for this run on a private socket' : `at ${url}`;
  const by = Object.entries(packages).map(([name, one]) => `${name} ${one}`);
  const set = Object.entries(settings).map(([name, value]) => `${name} ${value === '' ? '""' : value}`);
  const how = set.length === 0 ? '' : ` (${set.join(', ')})`;
  return `${NAMES[engine]} ${version}, ${where}, by ${by.join(', ')}${how}`;
}
