import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, test, vi } from 'vitest';
import { UsageError } from '../../src/errors.js';
import type { Params } from '../../src/schema/index.js';
import dns from '../../src/workloads/dns.js';
import fs from '../../src/workloads/fs.js';
import scrypt from '../../src/workloads/scrypt.js';
import { TaskSignal } from '../../src/workloads/task-signal.js';
import type { Workload } from '../../src/workloads/workload.js';
import zlib from '../../src/workloads/zlib.js';
import { ENV, paramsOf } from './support.js';

const INDEXES = [0, 1, 7, 64, 1_000];

/** What the tasks return by the asynchronous call, by the blocking one within a task, and by `taskSync`. */
async function resultsOf(workload: Workload, given: Params): Promise<unknown[][]> {
  const ways: unknown[][] = [];
  for (const api of ['async', 'sync']) {
    const context = await workload.open(paramsOf(workload, { ...given, api }), ENV);
    ways.push(await Promise.all(INDEXES.map(index => workload.task(context, index, new TaskSignal()))));
    if (api === 'async') ways.push(INDEXES.map(index => workload.taskSync!(context, index)));
    await workload.close(context);
  }
  return ways;
}

test.each([
  ['fs reading', fs, { operation: 'read', bytes: 1_000 }],
  ['fs reading nothing', fs, { operation: 'read', bytes: 0 }],
  ['fs writing', fs, { operation: 'write', bytes: 100 }],
  ['fs asking', fs, { operation: 'stat', bytes: 77 }],
  ['scrypt', scrypt, { cost: 2 }],
  ['zlib', zlib, { bytes: 3_000 }],
] as const)('%s: the same results on libuv, blocking, and without a promise', async (_, workload, given) => {
  const [first, ...others] = await resultsOf(workload, given);
  for (const other of others) expect(other).toEqual(first);
  const indexes = (first as { index: number }[]).map(({ index }) => index);
  expect(indexes).toEqual(INDEXES);
});

test.each([
  [fs, 'blocking'],
  [scrypt, 'cpu'],
  [zlib, 'cpu'],
] as const)('$0.name is of another kind when it blocks', (workload, blocking) => {
  expect(workload.kind).toBe('libuv');
  expect(workload.kindOf!(paramsOf(workload))).toBe('libuv');
  expect(workload.kindOf!(paramsOf(workload, { api: 'sync' }))).toBe(blocking);
});

describe('fs', () => {
  it('leaves nothing behind, whatever was written', async () => {
    // A temporary folder of its own: other tests and runs have files of theirs in the common one.
    const own = await mkdtemp(join(tmpdir(), 'fs-test-'));
    for (const name of ['TMPDIR', 'TMP', 'TEMP']) vi.stubEnv(name, own);
    try {
      const context = await fs.open(paramsOf(fs, { operation: 'write', bytes: 10 }), ENV);
      expect(await readdir(own)).toHaveLength(1);
      await Promise.all(INDEXES.map(index => fs.task(context, index, new TaskSignal())));
      await fs.close(context);
      expect(await readdir(own)).toEqual([]);
    } finally {
      vi.unstubAllEnvs();
      await rm(own, { recursive: true, force: true });
    }
  });

  it('knows how much it has read, and that it was the right content', async () => {
    const context = await fs.open(paramsOf(fs, { bytes: 5_000 }), ENV);
    const other = await fs.open(paramsOf(fs, { bytes: 5_001 }), ENV);
    const [one, two] = await Promise.all([context, other].map(one => fs.task(one, 3, new TaskSignal())));
    expect(one).toMatchObject({ index: 3, bytes: 5_000 });
    expect(two).toMatchObject({ index: 3, bytes: 5_001 });
    expect((one as { digest: number }).digest).toBeGreaterThan(0);
    await Promise.all([fs.close(context), fs.close(other)]);
  });
});

test('scrypt makes another key for each task, and refuses a cost that is no power of two', async () => {
  const [keys] = (await resultsOf(scrypt, { cost: 2 })) as { key: string }[][];
  expect(new Set(keys!.map(({ key }) => key)).size).toBe(INDEXES.length);
  expect(keys![0]!.key).toMatch(/^[0-9a-f]{64}$/);
  expect(() => scrypt.check!(paramsOf(scrypt, { cost: 16_384 }))).not.toThrow();
  const refused = () => scrypt.check!(paramsOf(scrypt, { cost: 10_000 }));
  expect(refused).toThrow(UsageError);
  expect(refused).toThrow('--param cost: expected a power of two, got 10000. Take 8192.');
});

test('zlib compresses, each task another text', async () => {
  const [packed] = (await resultsOf(zlib, { bytes: 10_000 })) as { bytes: number; digest: number }[][];
  for (const { bytes } of packed!) expect(bytes).toBeLessThan(5_000);
  expect(new Set(packed!.map(({ digest }) => digest)).size).toBe(INDEXES.length);
});

test('dns finds the loopback addresses, of one family too', async () => {
  const IPv4 = await dns.open(paramsOf(dns, { family: 'IPv4' }), ENV);
  expect(await dns.task(IPv4, 0, new TaskSignal())).toEqual({ index: 0, addresses: ['127.0.0.1'] });
  const context = await dns.open(paramsOf(dns), ENV);
  const found = (await dns.task(context, 4, new TaskSignal())) as { index: number; addresses: string[] };
  expect(found.index).toBe(4);
  expect(found.addresses.every(address => address === '::1' || address.startsWith('127.'))).toBe(true);
  expect(found.addresses.length).toBeGreaterThan(0);
  expect(dns.taskSync).toBeUndefined();
});
