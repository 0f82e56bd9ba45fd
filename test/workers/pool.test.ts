import { readFileSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { executorChecks } from '../../src/contract/index.js';
import type { Pool, PoolOptions } from '../../workers/pool.js';
import executor from '../fixtures/written-pool.js';

const FILE = new URL('../../dist/workers/pool.js', import.meta.url);

describe('the written pool as an executor', async () => {
  for (const check of await executorChecks(executor)) it(check.name, () => check.run());
});

describe('the written pool', () => {
  let folder: string;
  let createPool: (options: PoolOptions) => Promise<Pool>;
  const pool = (more: Partial<PoolOptions> = {}) =>
    createPool({ filename: pathToFileURL(join(folder, 'tasks.mjs')).href, threads: 2, ...more });

  beforeAll(async () => {
    ({ createPool } = (await import(FILE.href)) as { createPool: typeof createPool });
    folder = await mkdtemp(join(tmpdir(), 'tvl-pool-'));
    await writeFile(
      join(folder, 'tasks.mjs'),
      `import { setTimeout as pause } from 'node:timers/promises';
       import { threadId, workerData } from 'node:worker_threads';
       let running = 0, most = 0;
       export default value => ({ value, threadId, data: workerData.data });
       export async function waits(ms) { most = Math.max(most, ++running); await pause(ms); running--; return most; }
       export function computes(ms) { for (const end = performance.now() + ms; performance.now() < end; ); return threadId; }
       export const fails = value => { throw new RangeError('no ' + value); };
       export const strange = kind => kind === 'function' ? () => {} : kind;
       export const dies = () => process.exit(3);
       export const hangs = ms => ms === 0 ? 'done' : new Promise(() => {});
       export const no = 1;`,
    );
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  it('is one file without dependencies, of at most 150 lines', () => {
    const text = readFileSync(FILE, 'utf8').replace(/\n\/\/# sourceMappingURL.*\s*$/, '');
    expect(text.split('\n').length).toBeLessThanOrEqual(150);
    const imports = [...text.matchAll(/from '([^']+)'/g)].map(([, name]) => name);
    expect(imports).toEqual(['node:worker_threads']);
  });

  it('gives each argument to the function, in all threads, and gives what comes back', async () => {
    const one = await pool({ data: 'shared' });
    const results = (await Promise.all(Array.from({ length: 40 }, (_, at) => one.run(at)))) as {
      value: number;
      threadId: number;
      data: string;
    }[];
    expect(results.map(({ value }) => value)).toEqual(Array.from({ length: 40 }, (_, at) => at));
    expect(new Set(results.map(({ threadId }) => threadId)).size).toBe(2);
    expect(results[0]!.data).toBe('shared');
    await one.close();
    await expect(one.run(1)).rejects.toThrow('closed');
  });

  it.each([1, 3])('keeps to %i in flight in each thread', async inFlightPerThread => {
    const one = await pool({ name: 'waits', inFlightPerThread });
    const most = (await Promise.all(Array.from({ length: 20 }, () => one.run(5)))) as number[];
    expect(Math.max(...most)).toBe(inFlightPerThread);
    await one.close();
  });

  it('close lets what was given end', async () => {
    const one = await pool({ name: 'waits' });
    const given = Promise.all(Array.from({ length: 8 }, () => one.run(3)));
    await one.close();
    expect(await given).toHaveLength(8);
  });

  it('a failure is the task’s own, with its kind', async () => {
    const one = await pool({ name: 'fails' });
    await expect(one.run('way')).rejects.toThrow(new RangeError('no way'));
    await one.close();
  });

  it('what cannot be sent, there or back, fails by itself', async () => {
    const one = await pool({ name: 'strange' });
    const all = await Promise.allSettled([
      one.run('a'),
      one.run(() => {}),
      one.run('function'),
      one.run('b'),
    ]);
    expect(all.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'rejected', 'fulfilled']);
    await one.close();
  });

  it('a thread that dies takes its tasks with it and is replaced', async () => {
    const one = await pool({ name: 'dies', threads: 1 });
    await expect(one.run(0)).rejects.toThrow('ended with code 3');
    await expect(one.run(0)).rejects.toThrow('ended with code 3');
    await one.close();
  });

  it('a task past its time fails, and the thread that it holds is replaced', async () => {
    const one = await pool({ name: 'hangs', threads: 1, taskTimeoutMs: 40 });
    await expect(one.run(1)).rejects.toThrow('did not end within 40 ms');
    // What is given meanwhile waits behind it, until it is replaced.
    await vi.waitFor(async () => expect(await one.run(0)).toBe('done'));
    await one.close();
  });

  it('a module without the function is refused', async () => {
    await expect(pool({ name: 'no' })).rejects.toThrow('has no function no');
    await expect(pool({ filename: 'file:///nowhere.mjs' })).rejects.toThrow(/nowhere/);
  });
});
