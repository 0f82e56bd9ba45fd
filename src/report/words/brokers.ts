import type { Broker, RemoteWorkerFacts } from '../../schema/index.js';
import { duration, milliseconds } from '../format.js';

const NAMES = { redis: 'Redis', valkey: 'Valkey', postgres: 'PostgreSQL' } as const;

/** `Redis 7.0`, or `Redis 7.0 (appendonly, 1 ms round trip)`: what it costs to save each change, and to be far away, is in the figures. */
export function brokerName({ engine, version, settings, rttMs = 0 }: Broker): string {
  const saves = savingOf(settings);
  const how = [
    ...(saves === null ? [] : [saves]),
    ...(rttMs > 0 ? [`${milliseconds(rttMs)} round trip`] : []),
  ];
  const name = `${NAMES[engine]} ${version.split('.').slice(0, 2).join('.')}`;
  return how.length === 0 ? name : `${name} (${how.join(', ')})`;
}

/** In the words of the option `persistence`, by the settings of either engine. */
function savingOf({ appendonly, appendfsync, fsync, synchronous_commit }: Broker['settings']): string | null {
  if (appendonly !== 'yes' && fsync !== 'on') return null;
  const isSavedFirst = appendonly === 'yes' ? appendfsync === 'always' : synchronous_commit !== 'off';
  return isSavedFirst ? 'durable' : 'appendonly';
}

/** `Redis 7.0.15, started for this run on a private socket, round trip 32 µs, by bullmq 6.7.0, ioredis 6.0.0 (appendonly no, save "")`. */
export function brokerText(broker: Broker): string {
  const { engine, version, url, packages, settings, workers = [] } = broker;
  const where = url === null ? 'started for this run on a private socket' : `at ${url}`;
  const by = Object.entries(packages).map(([name, one]) => `${name} ${one}`);
  const set = Object.entries(settings).map(([name, value]) => `${name} ${value === '' ? '""' : value}`);
  const how = set.length === 0 ? '' : ` (${set.join(', ')})`;
  return `${NAMES[engine]} ${version}, ${where}${distanceText(broker)}, by ${by.join(', ')}${how}${workers.length === 0 ? '' : `, workers ${workers.map(workerText).join(', ')}`}`;
}

/** `, round trip 1.2 ms (1 ms of it added)` */
function distanceText({ roundTripMs, rttMs = 0 }: Broker): string {
  if (roundTripMs === undefined) return '';
  const added = rttMs === 0 ? '' : ` (${milliseconds(rttMs)} of it added)`;
  return `, round trip ${duration(roundTripMs)}${added}`;
}

/** `one (4 cores, Node v24.1.0, 2 × 16, clock +3.2 ms ± 0.1 ms)` */
function workerText(worker: RemoteWorkerFacts): string {
  const { host, cores, node, threads, concurrency, clockOffsetMs, clockErrorMs } = worker;
  const sign = clockOffsetMs !== null && clockOffsetMs >= 0 ? '+' : '';
  const clock =
    clockOffsetMs === null || clockErrorMs === null
      ? 'not known'
      : `${sign}${clockOffsetMs.toFixed(1)} ms ± ${clockErrorMs.toFixed(1)} ms`;
  return `${host} (${cores} cores, Node ${node}, ${threads} × ${concurrency}, clock ${clock})`;
}
