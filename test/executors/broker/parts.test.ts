import { describe, expect, it } from 'vitest';
import { engineKindOf, isPrivate, socketOf, socketUrl } from '../../../src/executors/broker/address.js';
import { jobOptions, maxStalledOf } from '../../../src/executors/broker/attempts.js';
import { LockInterval, nextStreamId } from '../../../src/executors/broker/intervals.js';
import { connectionOptions as postgresOptions } from '../../../src/executors/broker/postgres/connection-options.js';
import { postgresNames } from '../../../src/executors/broker/postgres/names.js';
import { connectionOptions } from '../../../src/executors/broker/redis/connection-options.js';
import {
  engineOf,
  evictionPolicyOf,
  isBefore,
  settingsOf,
} from '../../../src/executors/broker/redis/facts.js';
import { cpuMsOf } from '../../../src/executors/broker/redis/usage.js';
import { callLoss } from '../../../src/executors/broker/refusals.js';
import { OpenTasks, ResultHashes, StartTally } from '../../../src/executors/broker/taken.js';

describe('a call that fails', () => {
  it('tells of a broker that is lost where its connection is gone', () => {
    const gone = Object.assign(new Error('write EPIPE'), { code: 'EPIPE' });
    expect(callLoss(gone)).toEqual({ code: 'broker-lost', message: 'write EPIPE' });
    const ends = Object.assign(new Error('terminating connection'), { code: '57P01' });
    for (const error of [ends, new Error('Connection terminated unexpectedly')])
      expect(callLoss(error).code).toBe('broker-lost');
    expect(callLoss(new Error('no'))).toMatchObject({ code: 'failed', message: 'no' });
    expect(callLoss(null).code).toBe('failed');
  });
});

describe('executions of a trial', () => {
  const tallied = (...notes: [index: number, starts: number, isFirst: boolean][]) => {
    const tally = new StartTally();
    for (const note of notes) tally.note(...note);
    return tally.total;
  };

  it('are one for each task that was taken once', () => {
    expect(tallied([0, 1, true], [1, 1, true])).toBe(2);
  });

  it('are all of a task whose result is that of the last who took it', () => {
    expect(tallied([0, 3, true])).toBe(3);
  });

  it('are no more where results come twice, or in another order', () => {
    // Taken by one who was given up for lost, and by another: both send a result.
    expect(tallied([0, 1, true], [0, 2, false])).toBe(2);
    expect(tallied([0, 2, true], [0, 1, false])).toBe(2);
    expect(tallied([0, 2, true], [0, 3, false], [0, 3, false])).toBe(3);
  });

  it('are none of a task that nobody has begun', () => {
    expect(tallied([0, 0, true])).toBe(0);
  });
});

describe('where a broker is', () => {
  const optionsOf = (url: string) => connectionOptions({ url, caFile: null });

  it.each([
    ['redis://localhost', { host: 'localhost', port: 6379 }],
    ['redis://10.0.0.7:7000/3', { host: '10.0.0.7', port: 7000, db: 3 }],
    ['redis://[::1]:7000', { host: '::1', port: 7000 }],
    ['redis://:a%40b@localhost', { host: 'localhost', port: 6379, password: 'a@b' }],
    ['redis://me:secret@localhost/', { host: 'localhost', port: 6379, username: 'me', password: 'secret' }],
    [
      'rediss://broker.example',
      { host: 'broker.example', port: 6379, tls: { servername: 'broker.example' } },
    ],
  ])('%s', (url, options) => {
    expect(optionsOf(url)).toEqual(options);
    expect(isPrivate({ url })).toBe(false);
  });

  it('is a socket where the run has started it', () => {
    const url = socketUrl('redis', '/tmp/x/broker.sock');
    expect(optionsOf(url)).toEqual({ path: '/tmp/x/broker.sock' });
    expect(isPrivate({ url })).toBe(true);
  });
});

describe('where a PostgreSQL is', () => {
  const optionsOf = (url: string) => postgresOptions({ url, caFile: null });

  it.each([
    ['postgres://localhost', { host: 'localhost', ssl: false }],
    ['postgresql://[::1]:7000/jobs', { host: '::1', port: 7000, database: 'jobs', ssl: false }],
    [
      'postgres://me:a%40b@localhost/jobs',
      { host: 'localhost', user: 'me', password: 'a@b', database: 'jobs', ssl: false },
    ],
    ['postgres://db.example?sslmode=require', { host: 'db.example', ssl: { rejectUnauthorized: false } }],
    ['postgres://db.example?sslmode=verify-full', { host: 'db.example', ssl: { rejectUnauthorized: true } }],
  ])('%s', (url, options) => {
    expect(optionsOf(url)).toEqual(options);
    expect([isPrivate({ url }), engineKindOf({ url })]).toEqual([false, 'postgres']);
  });

  it('is a socket where the run has started it, by its folder and its number', () => {
    const url = socketUrl('postgres', '/tmp/x/.s.PGSQL.5433');
    expect(optionsOf(url)).toEqual({ host: '/tmp/x', port: 5433, user: 'postgres', database: 'postgres' });
    expect([isPrivate({ url }), engineKindOf({ url })]).toEqual([true, 'postgres']);
    expect([socketOf(url), socketOf('postgres://x')]).toEqual(['/tmp/x/.s.PGSQL.5433', null]);
  });

  it('has all of a start of the executor in a schema of its own, whose name needs no quotes', () => {
    const names = postgresNames({ run: '0123456789abcdef' });
    expect(names.schema).toBe('threads_vs_loop_0123456789abcdef');
    for (const table of [names.trials, names.results])
      expect(table).toMatch(/^threads_vs_loop_0123456789abcdef\.[a-z_]+$/);
    for (const channel of [names.resultsChannel, names.abortsChannel])
      expect(channel).toMatch(/^[a-z][a-z\d_]{0,62}$/);
    expect(names.queue).toContain('0123456789abcdef');
  });
});

describe('what a broker says of itself', () => {
  it('is Redis, or Valkey where it says so', () => {
    const redis = '# Server\r\nredis_version:7.0.15\r\nredis_mode:standalone\r\n';
    expect(engineOf(redis)).toEqual({ engine: 'redis', version: '7.0.15' });
    const valkey = '# Server\r\nredis_version:7.2.4\r\nserver_name:valkey\r\nvalkey_version:8.0.1\r\n';
    expect(engineOf(valkey)).toEqual({ engine: 'valkey', version: '8.0.1' });
    expect(engineOf('')).toEqual({ engine: 'redis', version: '0' });
  });

  it('has settings in either form of a reply, and none in another', () => {
    expect(settingsOf(['save', '', 'appendonly', 'no'])).toEqual({ save: '', appendonly: 'no' });
    expect(settingsOf({ appendonly: 'no' })).toEqual({ appendonly: 'no' });
    for (const reply of [null, 'OK', ['save'], [1, 2]]) expect(settingsOf(reply)).toEqual({});
  });

  it('has a policy for when it is full', () => {
    expect(evictionPolicyOf('# Memory\r\nmaxmemory:0\r\nmaxmemory_policy:allkeys-lru\r\n')).toBe(
      'allkeys-lru',
    );
    expect(evictionPolicyOf('')).toBe(null);
  });

  it('has used CPU time', () => {
    expect(cpuMsOf('# CPU\r\nused_cpu_sys:1.5\r\nused_cpu_user:0.25\r\nused_cpu_sys_children:9\r\n')).toBe(
      1_750,
    );
    expect(cpuMsOf('')).toBe(0);
  });

  it.each([
    ['6.0.16', true],
    ['6.2.0', false],
    ['6.10', false],
    ['7', false],
    ['0', true],
  ])('%s is older than 6.2.0: %s', (version, isOlder) => {
    expect(isBefore(version, '6.2.0')).toBe(isOlder);
  });
});

describe('the lock of a job', () => {
  it('holds for 5 s, and for four times what 99 % of the tasks took where that is more', () => {
    const locks = new LockInterval();
    expect(locks.next()).toBe(5_000);
    for (let task = 0; task < 99; task++) locks.add(10);
    locks.add(60_000);
    expect(locks.next()).toBe(5_000);
    for (let task = 0; task < 100; task++) locks.add(2_000);
    expect(locks.next()).toBe(8_000);
  });

  it('may hold for less at first', () => {
    const locks = new LockInterval(1_000);
    expect(locks.next()).toBe(1_000);
    locks.add(500);
    expect(locks.next()).toBe(2_000);
  });

  it('is not shortened again, and forgets no more than it needs', () => {
    const locks = new LockInterval();
    locks.add(3_000);
    expect(locks.next()).toBe(12_000);
    for (let task = 0; task < 10_000; task++) locks.add(1);
    expect(locks.next()).toBe(12_000);
  });
});

describe('what becomes of jobs', () => {
  it('is that they are tried once, as long as nobody asks for more', () => {
    const once = { attempts: 1, removeOnComplete: true, removeOnFail: false };
    expect(jobOptions({})).toEqual(once);
    expect(jobOptions({ attempts: 1, backoff: 0 })).toEqual(once);
    expect(maxStalledOf({})).toBe(1);
  });

  it('is that they wait before they are tried again, twice as long each time', () => {
    expect(jobOptions({ attempts: 3, backoff: 200 })).toMatchObject({
      attempts: 3,
      backoff: { type: 'exponential', delay: 200 },
    });
    expect(maxStalledOf({ maxStalled: 0 })).toBe(0);
  });
});

it('the id that follows another in a stream', () => {
  expect(nextStreamId('1700000000000-0')).toBe('1700000000000-1');
  for (const id of ['', '*', '1-', '1-2-3', 'x-1']) expect(nextStreamId(id)).toBe(null);
});

describe('open tasks', () => {
  it('are taken once each, whatever the order', () => {
    const open = new OpenTasks();
    for (const index of [0, 1, 5]) open.add(index);
    expect([open.take(5), open.take(0), open.take(5), open.size]).toEqual([true, true, false, 1]);
  });

  it('are those that were asked for', () => {
    const open = new OpenTasks();
    open.add(3);
    expect(() => open.take(4)).toThrow('not-asked-for');
  });
});

describe('hashes of results', () => {
  it('tell a duplicate that differs from one that does not', () => {
    const hashes = new ResultHashes();
    hashes.remember(7, { list: [1, 2] });
    expect(hashes.isOther(7, { list: [1, 2] })).toBe(false);
    expect(hashes.isOther(7, { list: [2, 1] })).toBe(true);
  });

  it('say nothing of what they do not know, or know no longer', () => {
    const hashes = new ResultHashes();
    hashes.remember(7, 'a');
    hashes.remember(7 + 2 ** 17, 'b');
    expect(hashes.isOther(7, 'c')).toBe(false);
    hashes.forgetAll();
    expect(hashes.isOther(7 + 2 ** 17, 'c')).toBe(false);
  });
});
